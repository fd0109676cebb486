//! The overlay of a job: read, and applied to its sources.

use std::path::Path;

use super::job::SourceDocument;
use crate::diagnostic::Diagnostic;
use crate::openapi::{self, Change};
use crate::source::{Node, Sources, load};

/// Applies an overlay file to the documents. What it changed, and the actions that do not work.
///
/// # Errors
/// Findings about a file that cannot be read or is no overlay.
pub fn apply(
    file: &Path,
    documents: &mut [SourceDocument],
    sources: &mut Sources,
) -> Result<(Vec<Change>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let document = load(file, sources).map_err(|finding| vec![*finding])?;
    let overlay = openapi::read_overlay(&document)?;
    let mut roots: Vec<(&str, &mut Node)> = documents
        .iter_mut()
        .map(|document| (document.name.as_str(), &mut document.root))
        .collect();
    Ok(openapi::apply_overlay(&overlay, &mut roots))
}
