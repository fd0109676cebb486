//! Reading a published provider tree from a folder. The only file of this module that touches the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Provider;
use super::from_documents::{Part, from_documents, service_files};
use crate::diagnostic::Diagnostic;
use crate::source::{self, Document, FileId, Sources, Text};

/// The name of the document that makes a folder a provider.
pub const PROVIDER_DOCUMENT: &str = "provider.yaml";

/// A provider tree that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The provider.
    pub provider: Provider,
    /// The files that the spans of the findings and nodes refer to.
    pub sources: Sources,
    /// What is wrong with the tree. Whatever can be understood is in the provider all the same.
    pub findings: Vec<Diagnostic>,
}

/// Why a tree could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder is no provider.
    #[error("`{}` holds no `{PROVIDER_DOCUMENT}`", folder.display())]
    NoProvider {
        /// The folder.
        folder: PathBuf,
    },
    /// A file or folder could not be read.
    #[error("`{}` could not be read: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// `provider.yaml` is no YAML.
    #[error("`{}` cannot be parsed: {error}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: source::ReadError,
    },
}

/// Reads `…/NAME/VERSION` with its `provider.yaml` and service documents, the latter in parallel.
///
/// # Errors
/// No readable `provider.yaml`. Broken service documents are findings.
pub fn load(folder: &Path) -> Result<Loaded, LoadError> {
    let path = folder.join(PROVIDER_DOCUMENT);
    if !path.is_file() {
        return Err(LoadError::NoProvider {
            folder: folder.to_owned(),
        });
    }
    let mut sources = Sources::default();
    let text = read_text(&path)?;
    let id = sources.add(display(&path), text.as_str());
    let document = source::read(id, &text).map_err(|error| LoadError::Broken { path, error })?;

    let names = file_names(folder)?;
    let mut wanted = Vec::new();
    for file in service_files(&document.root, &names) {
        let path = folder.join(file.as_str());
        let text = read_text(&path)?;
        let id = sources.add(display(&path), text.as_str());
        wanted.push((file, id, text));
    }
    let parts: BTreeMap<Text, Part> = wanted
        .into_par_iter()
        .map(|(file, id, text)| (file, read_part(id, &text)))
        .collect();
    let (provider, findings) = from_documents(&document, &folder_names(folder), &names, &parts);
    Ok(Loaded {
        provider,
        sources,
        findings,
    })
}

/// The version folder of a provider in a registry root (`ROOT/src/NAME/VERSION`; `ROOT/NAME/VERSION` is accepted): the
/// highest version, as the runtime chooses.
///
/// # Errors
/// No version folder with a `provider.yaml`.
pub fn version_folder(root: &Path, name: &str) -> Result<PathBuf, LoadError> {
    let candidates = [root.join("src").join(name), root.join(name)];
    let Some(folder) = candidates.into_iter().find(|folder| folder.is_dir()) else {
        return Err(LoadError::NoProvider {
            folder: root.join("src").join(name),
        });
    };
    let mut versions: Vec<(Vec<u64>, PathBuf)> = sorted_entries(&folder)?
        .into_iter()
        .filter(|path| path.join(PROVIDER_DOCUMENT).is_file())
        .map(|path| (version_numbers(&last_name(&path)), path))
        .collect();
    versions.sort();
    versions
        .pop()
        .map(|(_, path)| path)
        .ok_or(LoadError::NoProvider { folder })
}

/// The names of the providers in a registry root, sorted; those that `version_folder` finds.
#[must_use]
pub fn provider_names(root: &Path) -> Vec<String> {
    let inner = root.join("src");
    let folder = if inner.is_dir() { inner.as_path() } else { root };
    let entries = sorted_entries(folder).unwrap_or_default();
    let names = entries.iter().map(|path| last_name(path));
    names.filter(|name| version_folder(root, name).is_ok()).collect()
}

/// The numbers of a version (`v24.12.00001`), which compare as versions do.
fn version_numbers(name: &str) -> Vec<u64> {
    name.trim_start_matches('v')
        .split(['.', '-', '+'])
        .map_while(|part| part.parse().ok())
        .collect()
}

fn read_part(id: FileId, text: &str) -> Part {
    match source::read(id, text) {
        Ok(Document { root, findings, .. }) => Part::Read { root, findings },
        Err(error) => Part::Broken(error),
    }
}

/// The names of the two innermost folders: provider and version.
fn folder_names(folder: &Path) -> [Text; 2] {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let version = last_name(&absolute);
    let provider = absolute.parent().map(last_name).unwrap_or_default();
    [provider.into(), version.into()]
}

fn last_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// All files below a folder as relative paths with `/`, sorted.
fn file_names(folder: &Path) -> Result<Vec<Text>, LoadError> {
    let mut names = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = open.pop() {
        for entry in sorted_entries(&path)? {
            let name = format!("{prefix}{}", last_name(&entry));
            if entry.is_dir() {
                open.push((entry, format!("{name}/")));
            } else {
                names.push(name.into());
            }
        }
    }
    names.sort();
    Ok(names)
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let failed = |error| LoadError::Io {
        path: folder.to_owned(),
        error,
    };
    let mut entries = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .map_err(failed)?;
    entries.sort();
    Ok(entries)
}

fn read_text(path: &Path) -> Result<String, LoadError> {
    let bytes = std::fs::read(path).map_err(|error| LoadError::Io {
        path: path.to_owned(),
        error,
    })?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn display(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::version_numbers;

    #[test]
    fn versions_compare_by_number() {
        assert!(version_numbers("v0.10.0") > version_numbers("v0.9.0"));
        assert!(version_numbers("v24.12.00001") > version_numbers("v24.11.00300"));
        assert_eq!(version_numbers("v00.00.00000"), [0, 0, 0]);
    }
}
