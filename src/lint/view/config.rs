//! `spgen.yaml` and lists of exceptions.

use std::path::PathBuf;

use crate::source::Node;

/// A configuration.
#[derive(Debug)]
pub(in crate::lint) struct ConfigFile {
    /// The tree.
    pub(in crate::lint) root: Node,
    /// The folder that its paths are relative to.
    pub(in crate::lint) folder: PathBuf,
}

/// A list of exceptions.
#[derive(Debug)]
pub(in crate::lint) struct IgnoreFile {
    /// The tree.
    pub(in crate::lint) root: Node,
    /// The folder that its places are relative to.
    pub(in crate::lint) folder: PathBuf,
}
