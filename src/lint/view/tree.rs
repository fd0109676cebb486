//! A provider tree: `provider.yaml` and the names of what lies around it.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::source::{Map, Node};

/// A provider tree.
#[derive(Debug)]
pub(in crate::lint) struct Tree {
    /// `provider.yaml`.
    pub(in crate::lint) root: Node,
    /// What the reader noticed in it.
    pub(in crate::lint) reader_findings: Vec<Diagnostic>,
    /// Name of the folder that should be the provider's name; empty when the tree lies at the root of a disk.
    pub(in crate::lint) provider_folder: String,
    /// Name of the folder that should be a version.
    pub(in crate::lint) version_folder: String,
    /// Names of the folders beside the version folder, and itself, sorted.
    pub(in crate::lint) versions: Vec<String>,
    /// Files below the version folder, relative with `/`, sorted.
    pub(in crate::lint) files: Vec<String>,
}

/// The tree around a `provider.yaml`.
pub(in crate::lint) fn tree(path: &Path, root: Node, reader_findings: Vec<Diagnostic>) -> Tree {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let version = absolute.parent();
    let provider = version.and_then(Path::parent);
    let mut files = Vec::new();
    if let Some(version) = version {
        list_files(version, "", 0, &mut files);
    }
    files.sort();
    Tree {
        root,
        reader_findings,
        provider_folder: name_of(provider),
        version_folder: name_of(version),
        versions: provider.map(folders_in).unwrap_or_default(),
        files,
    }
}

impl Tree {
    /// The entries of `providerServices`.
    pub(in crate::lint) fn services(&self) -> impl Iterator<Item = &crate::source::Entry> {
        let services = self.root.get("providerServices").and_then(Node::as_map);
        services.map(Map::iter).into_iter().flatten()
    }

    /// `config.auth`
    pub(in crate::lint) fn auth(&self) -> Option<&Node> {
        self.root.get("config")?.get("auth")
    }
}

fn name_of(path: Option<&Path>) -> String {
    path.and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn folders_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .map(|path| name_of(Some(&path)))
        .collect();
    names.sort();
    names
}

/// Deepest folder that is listed; services lie one or two levels deep.
const MAX_DEPTH: usize = 8;

fn list_files(folder: &Path, prefix: &str, depth: usize, files: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    for path in std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        let name = format!("{prefix}{}", name_of(Some(&path)));
        if path.is_dir() {
            list_files(&path, &format!("{name}/"), depth + 1, files);
        } else {
            files.push(name);
        }
    }
}
