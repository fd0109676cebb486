//! An OpenAPI document.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::provider::Service;
use crate::source::{FileId, Span};

/// An OpenAPI document: a vendor's description, or a service document of a provider.
#[derive(Debug)]
pub(in crate::lint) struct Document {
    /// Its file.
    pub(in crate::lint) file: FileId,
    /// Its text.
    pub(in crate::lint) text: Arc<str>,
    /// The typed view, with its resources when the runtime reads it.
    pub(in crate::lint) service: Service,
    /// What the reader noticed.
    pub(in crate::lint) reader_findings: Vec<Diagnostic>,
    /// Whether the runtime reads it: it has resources, or lies in a provider tree.
    pub(in crate::lint) is_service: bool,
}

impl Document {
    /// Whether the text at a place is in quotes.
    pub(in crate::lint) fn is_quoted(&self, span: Span) -> bool {
        matches!(self.text.as_bytes().get(span.start as usize), Some(b'"' | b'\''))
    }

    /// Whether it says to be OpenAPI 3.0.
    pub(in crate::lint) fn is_3_0(&self) -> bool {
        self.version().starts_with("3.0")
    }

    fn version(&self) -> String {
        let declared = self
            .service
            .spec
            .root
            .get("openapi")
            .and_then(crate::source::Node::scalar_text);
        declared.map_or_else(String::new, |text| text.to_string())
    }

    /// The start of the file, for findings about all of it.
    pub(in crate::lint) fn start(&self) -> Span {
        Span {
            file: self.file,
            start: 0,
            end: 0,
        }
    }
}
