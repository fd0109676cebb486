//! Files in memory.

use std::collections::{BTreeMap, BTreeSet};

/// Relative paths (with `/`) and their contents, in path order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, Vec<u8>>,
    shared: BTreeSet<String>,
}

impl FileTree {
    /// An empty tree.
    #[must_use]
    pub fn new() -> Self {
        FileTree::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// Adds or replaces a file that people edit too (a mapping, say): it is written like the others, but never removed
    /// when it is no longer made.
    pub fn insert_shared(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        let path = path.into();
        self.shared.insert(path.clone());
        self.files.insert(path, content.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
        self.shared.remove(path);
    }

    /// Whether people edit this file too.
    #[must_use]
    pub fn is_shared(&self, path: &str) -> bool {
        self.shared.contains(path)
    }

    /// Adds all files of another tree below a folder (empty for the root).
    pub fn graft(&mut self, folder: &str, other: FileTree) {
        let below = |path: String| {
            if folder.is_empty() {
                path
            } else {
                format!("{folder}/{path}")
            }
        };
        self.shared.extend(other.shared.into_iter().map(below));
        self.files
            .extend(other.files.into_iter().map(|(path, content)| (below(path), content)));
    }

    /// A file's content.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// The paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a file at this path.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
