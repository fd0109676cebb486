//! Where the descriptions of a new configuration lie: copied beside it, or where they are.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::super::job;
use crate::diagnostic::Diagnostic;
use crate::output::FileTree;
use crate::source::Sources;

/// The folder for copies, below that of the configuration.
const FOLDER: &str = "openapi";

/// The descriptions as the configuration will name them.
pub(super) struct Kept {
    /// Paths of the sources, relative to the configuration, in order.
    pub(super) sources: Vec<String>,
    /// Files that stand for URLs.
    pub(super) references: BTreeMap<String, String>,
    /// The copies.
    pub(super) files: FileTree,
}

/// Why there is no plan.
pub(super) enum Trouble {
    Usage(String),
    Unreadable(Diagnostic),
}

/// Decides for each file that was read. A file below the configuration's folder stays; the others are copied with the
/// files that they refer to, unless that is not wanted.
pub(super) fn plan(
    specs: &[PathBuf],
    references: &BTreeMap<String, PathBuf>,
    out: &Path,
    no_copy: bool,
    read: &Sources,
) -> Result<Kept, Trouble> {
    let mut kept = Kept {
        sources: Vec::new(),
        references: BTreeMap::new(),
        files: FileTree::new(),
    };
    let out = absolute(out);
    for spec in specs {
        let real = absolute(spec);
        if no_copy || real.starts_with(&out) {
            kept.sources.push(relative(&out, &real));
            continue;
        }
        let name = file_name(&real);
        let folder = parent(&real);
        if kept.files.contains(&format!("{FOLDER}/{name}")) {
            return Err(Trouble::Usage(format!(
                "two of the files are called `{name}`, and services are named after files: rename one, or use `--no-copy`"
            )));
        }
        // What the description refers to keeps its place beside it.
        for file in read.iter().map(|file| absolute(Path::new(&file.name))) {
            let stands_for_url = references.values().any(|path| absolute(path) == file);
            let is_other_spec = specs.iter().any(|other| absolute(other) == file) && file != real;
            if let Ok(inside) = file.strip_prefix(&folder)
                && !stands_for_url
                && !is_other_spec
            {
                copy(&file, &format!("{FOLDER}/{}", with_slashes(inside)), &mut kept.files)?;
            }
        }
        kept.sources.push(format!("{FOLDER}/{name}"));
    }
    for (url, path) in references {
        let real = absolute(path);
        let place = if no_copy || real.starts_with(&out) || real.is_dir() {
            relative(&out, &real)
        } else {
            let place = format!("{FOLDER}/references/{}", file_name(&real));
            copy(&real, &place, &mut kept.files)?;
            place
        };
        kept.references.insert(url.clone(), place);
    }
    Ok(kept)
}

fn copy(file: &Path, place: &str, files: &mut FileTree) -> Result<(), Trouble> {
    let bytes = std::fs::read(file).map_err(|error| Trouble::Unreadable(job::cannot_read(file, &error)))?;
    files.insert_shared(place, bytes);
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

/// The real path; of a path that does not exist yet the deepest folder that does, and the rest.
fn absolute(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    let mut there = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    loop {
        if let Ok(real) = there.canonicalize() {
            return rest.iter().rev().fold(real, |path: PathBuf, part| path.join(part));
        }
        match (there.parent().map(Path::to_owned), there.components().next_back()) {
            (Some(parent), Some(Component::Normal(name))) => {
                rest.push(PathBuf::from(name));
                there = parent;
            }
            _ => return path.to_owned(),
        }
    }
}

/// The way from a folder to a file.
fn relative(folder: &Path, file: &Path) -> String {
    let shared = folder
        .components()
        .zip(file.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = file
        .components()
        .skip(shared)
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn with_slashes(path: &Path) -> String {
    relative(Path::new(""), path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn paths_are_seen_from_the_configuration() {
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/b/c/d.yaml")), "c/d.yaml");
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/x.yaml")), "../x.yaml");
    }
}
