//! A file as a tree.

use super::{FileId, Node, Span, yaml};
use crate::diagnostic::Diagnostic;

/// A file that was read: its tree and what was noticed on the way.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file that the spans refer to.
    pub file: FileId,
    /// The root of the tree.
    pub root: Node,
    /// Duplicate keys, and scalars that YAML 1.1 readers take for something else.
    pub findings: Vec<Diagnostic>,
}

/// Why a text could not be read at all.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// What is wrong, without position.
    pub message: String,
    /// Where.
    pub span: Span,
    /// How to mend it, where that is known.
    pub help: Option<String>,
}

/// Reads YAML or JSON (which is YAML in flow style). Of several YAML documents the first one counts, as in the runtime.
///
/// # Errors
/// Broken syntax, with its position.
pub fn read(file: FileId, text: &str) -> Result<Document, ReadError> {
    yaml::load(file, text)
}
