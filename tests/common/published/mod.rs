//! Published providers as input and answer: their plain OpenAPI documents, and what their authors decided.

pub mod guarantees;
pub mod strip;
pub mod truth;

use std::path::{Path, PathBuf};

use spgen::openapi::{self, Service};
use spgen::source::{self, Node, Sources};
use truth::Truth;

/// The service documents of a folder with their names, as published.
pub fn documents(folder: &Path) -> anyhow::Result<Vec<(String, Node)>> {
    let mut sources = Sources::default();
    let mut documents = Vec::new();
    for path in sorted(folder)? {
        let name = file_name(&path);
        let Some(service) = name.strip_suffix(".yaml") else {
            continue;
        };
        let text = std::fs::read_to_string(&path)?;
        let file = sources.add(name.clone(), text.as_str());
        documents.push((service.to_owned(), source::read(file, &text)?.root));
    }
    Ok(documents)
}

/// The services of a folder, stripped of everything that exists only for StackQL, with the decisions of their authors.
pub fn load(folder: &Path) -> anyhow::Result<(Vec<Service>, Truth)> {
    let mut services = Vec::new();
    let mut truth = Truth::default();
    for (name, root) in documents(folder)? {
        truth.add(&format!("{name}.yaml"), &root);
        services.push(service(&name, strip::strip(&root)));
    }
    Ok((services, truth))
}

/// A service that is one document, of its name.
pub fn service(name: &str, root: Node) -> Service {
    let (spec, _) = openapi::read(root);
    Service {
        name: name.into(),
        file_name: format!("{name}.yaml").into(),
        title: name.into(),
        description: name.into(),
        spec,
    }
}

/// What is in a folder, in order of names.
pub fn sorted(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
