//! Other versions of the specification as OpenAPI 3.0: `Swagger` 2.0, and 3.1 with all that JSON Schema brought.

mod hoist;
mod openapi_3_1;
mod schema;
mod swagger_2_0;
mod swagger_body;
mod swagger_parameter;
mod swagger_security;
mod walk;

use super::Change;
use crate::diagnostic::Diagnostic;
use crate::source::{Entry, Map, Node, Span, Text};

/// What a conversion did.
#[derive(Default)]
struct Log {
    changes: Vec<Change>,
    findings: Vec<Diagnostic>,
}

impl Log {
    fn change(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// The document as OpenAPI 3.0, every change, and what has no form there. A document that is 3.0 in fact, not only by
/// its version, comes back as it is; constructs of 3.1 in a document that says 3.0 are converted, too, because the
/// runtime cannot load them.
#[must_use]
pub fn upgrade(root: Node) -> (Node, Vec<Change>, Vec<Diagnostic>) {
    let mut log = Log::default();
    let mut root = root;
    if root.get("swagger").is_some() && root.get("openapi").is_none() {
        root = swagger_2_0::convert(&root, &mut log);
    }
    openapi_3_1::convert(&mut root, &mut log);
    (root, log.changes, log.findings)
}

/// An entry that keeps its place in the source.
fn entry(key: impl Into<Text>, key_span: Span, value: Node) -> Entry {
    Entry {
        key: key.into(),
        key_span,
        value,
    }
}

/// A reference to a component.
fn reference(section: &str, name: &str) -> Node {
    let text = format!("#/components/{section}/{}", crate::source::pointer::escape(name));
    let entries: Map = [("$ref", Node::string(text))].into_iter().collect();
    Node::map(entries)
}
