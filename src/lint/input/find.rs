//! Telling apart what lies at a path, by names and folders; the rest is decided by content when it is read.

use std::path::{Path, PathBuf};

use super::IGNORE_FILE;
use crate::provider::PROVIDER_DOCUMENT;

/// What a file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Kind {
    /// `provider.yaml`
    Provider,
    /// A document below a folder with a `provider.yaml`.
    Service,
    /// YAML or JSON that may be an OpenAPI document.
    MaybeSpec,
    /// A mapping, or another CSV file.
    Csv,
    /// Markdown that may be a page.
    Markdown,
    /// `spgen.yaml`
    Config,
    /// A list of exceptions.
    Ignore,
}

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) struct Found {
    /// Where it is.
    pub(in crate::lint) path: PathBuf,
    /// What it is taken for.
    pub(in crate::lint) kind: Kind,
    /// Whether it was named by the user: then it is an error when no rule knows it.
    pub(in crate::lint) is_named: bool,
    /// The path that the user gave and that led here.
    pub(in crate::lint) base: PathBuf,
}

/// All files that rules may look at, sorted, each once.
///
/// # Errors
/// The path that is not there or cannot be listed.
pub(in crate::lint) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, (PathBuf, std::io::Error)> {
    let mut found = Vec::new();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| (path.clone(), error))?;
        if metadata.is_dir() {
            let is_tree = path.join(PROVIDER_DOCUMENT).is_file();
            walk(path, path, is_tree, &mut found)?;
        } else {
            found.push(Found {
                path: path.clone(),
                kind: kind_of(path, false).unwrap_or(Kind::MaybeSpec),
                is_named: true,
                base: path.parent().unwrap_or(Path::new("")).to_owned(),
            });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found.dedup_by(|one, other| one.path == other.path);
    Ok(found)
}

fn walk(folder: &Path, base: &Path, in_tree: bool, found: &mut Vec<Found>) -> Result<(), (PathBuf, std::io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != IGNORE_FILE && (name.starts_with('.') || name == "node_modules" || name == "target") {
            continue;
        }
        // A link to a folder could lead in a circle.
        if path.is_dir() && !path.is_symlink() {
            let in_tree = in_tree || path.join(PROVIDER_DOCUMENT).is_file();
            walk(&path, base, in_tree, found)?;
        } else if let Some(kind) = kind_of(&path, in_tree) {
            found.push(Found {
                path,
                kind,
                is_named: false,
                base: base.to_owned(),
            });
        }
    }
    Ok(())
}

fn kind_of(path: &Path, in_tree: bool) -> Option<Kind> {
    let name = path.file_name()?.to_str()?;
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    match (name, extension) {
        (PROVIDER_DOCUMENT, _) => Some(Kind::Provider),
        ("spgen.yaml", _) => Some(Kind::Config),
        (IGNORE_FILE, _) => Some(Kind::Ignore),
        (_, "yaml" | "yml" | "json") if in_tree => Some(Kind::Service),
        (_, "yaml" | "yml" | "json") => Some(Kind::MaybeSpec),
        (_, "csv") => Some(Kind::Csv),
        (_, "md" | "mdx") => Some(Kind::Markdown),
        _ => None,
    }
}
