//! What applying a tree did, or would do.

/// The differences between a tree and the disk; paths are relative to the root and sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that spgen had written and whose content differs.
    pub changed: Vec<String>,
    /// Files that somebody else had written (or spgen before it kept a manifest) and that were replaced.
    pub replaced: Vec<String>,
    /// Files that spgen had written and no longer makes.
    pub removed: Vec<String>,
    /// Number of files that are as they should be.
    pub unchanged: usize,
}

impl Report {
    /// Whether the disk holds exactly the tree.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.replaced.is_empty() && self.removed.is_empty()
    }

    /// Every difference with a word on it (`missing`, `differs`, `stale`), sorted by path: for `--check`.
    #[must_use]
    pub fn differences(&self) -> Vec<(&str, &'static str)> {
        let kinds = [
            (&self.created, "missing"),
            (&self.changed, "differs"),
            (&self.replaced, "differs"),
            (&self.removed, "stale"),
        ];
        let mut differences: Vec<_> = kinds
            .into_iter()
            .flat_map(|(paths, word)| paths.iter().map(move |path| (path.as_str(), word)))
            .collect();
        differences.sort_unstable();
        differences
    }
}
