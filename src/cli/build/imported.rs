//! Sources that are no OpenAPI, as documents.

use std::path::Path;

use super::super::config::Level;
use super::super::job::SourceDocument;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ingest::archive;
use crate::ingest::databricks_sdk::{self, Strictness};
use crate::source::{Sources, Span};

/// The documents of one level of a `databricks-sdk` package, one a service.
///
/// # Errors
/// Findings about a package that cannot be read, or that holds a method that is not understood.
pub(in crate::cli) fn databricks(
    file: &Path,
    level: Option<Level>,
) -> Result<(Vec<SourceDocument>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let files = archive::read(file, databricks_sdk::is_needed)
        .map_err(|error| vec![Diagnostic::error("unreadable", chain(&error))])?;
    let level = match level {
        Some(Level::Account) => databricks_sdk::Level::Account,
        Some(Level::Workspace) | None => databricks_sdk::Level::Workspace,
    };
    let (services, _, findings) = databricks_sdk::import(&files, level, Strictness::Strict);
    let findings: Vec<Diagnostic> = findings.into_iter().map(|finding| placed(finding, &files)).collect();
    if services.is_empty() && findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(findings);
    }
    let documents = services.into_iter().map(|service| SourceDocument {
        name: format!("{}.yaml", service.name),
        root: service.document,
    });
    Ok((documents.collect(), findings))
}

/// The finding with its place in words: its file lies in an archive, not among the sources of the job.
fn placed(mut finding: Diagnostic, files: &Sources) -> Diagnostic {
    if let (Some(file), Some(position)) = (files.get(finding.span.file), files.position(finding.span)) {
        finding
            .notes
            .insert(0, format!("at {}:{}:{}", file.name, position.line, position.column));
    }
    finding.span = Span::NONE;
    finding.labels.clear();
    finding
}

/// An error with its causes.
pub(in crate::cli) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
