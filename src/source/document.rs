//! A file as a tree.

use super::{FileId, Node, Span, json, yaml};
use crate::diagnostic::Diagnostic;

/// Deepest nesting of collections that is read: what works on trees may recurse.
pub(super) const MAX_DEPTH: usize = 512;

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
    /// The JSON pointer of the place that had been reached.
    pub pointer: String,
    /// How to mend it, where that is known.
    pub help: Option<String>,
}

/// Reads YAML or JSON (which is YAML in flow style). Of several YAML documents the first one counts, as in the runtime.
///
/// # Errors
/// Broken syntax, with its position.
pub fn read(file: FileId, text: &str) -> Result<Document, ReadError> {
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return yaml::load(file, text);
    }
    // Flow style: nearly always JSON. What JSON forbids and YAML allows (a comma at the end, a comment) is read, too.
    let error = match json::load(file, text) {
        Ok(document) => return Ok(document),
        Err(error) => error,
    };
    match yaml::load(file, text) {
        Ok(document) => Ok(document),
        Err(of_yaml) if starts_unlike_json(text, &error) => Err(of_yaml),
        Err(_) => Err(error),
    }
}

/// Whether already the first key or value is none of JSON: then people meant YAML.
fn starts_unlike_json(text: &str, error: &ReadError) -> bool {
    let before = text.get(..error.span.start as usize).unwrap_or_default();
    before.trim_start_matches(['{', '[']).trim().is_empty()
}

pub(super) fn too_deep(span: Span) -> ReadError {
    ReadError {
        message: format!("nested more than {MAX_DEPTH} levels deep"),
        span,
        pointer: String::new(),
        help: Some("split the value, or use `$ref`".into()),
    }
}
