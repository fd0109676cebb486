//! Other versions of the specification as OpenAPI 3.0: `Swagger` 2.0, and 3.1 with all that JSON Schema brought.

mod hoist;
mod ms_paths;
mod openapi_3_1;
mod schema;
mod swagger_2_0;
mod swagger_body;
mod swagger_parameter;
mod swagger_security;
mod walk;

use std::collections::BTreeSet;

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

/// A conversion from another form of description.
#[derive(Debug, Clone, Copy)]
pub struct Conversion {
    /// Its name in kebab case, under which its changes are reported.
    pub id: &'static str,
    /// What it does, as Markdown.
    pub page: &'static str,
}

/// All conversions, in the order in which they run.
pub static CONVERSIONS: &[Conversion] = &[
    Conversion {
        id: ms_paths::PASS,
        page: "Moves the operations of `x-ms-paths` to `paths`.\n\n\
               They are told apart by their query, which the runtime sends as written.",
    },
    Conversion {
        id: swagger_2_0::PASS,
        page: "Converts Swagger 2.0 to OpenAPI 3.0: parameters in body and form become request bodies, `host`, `basePath` \
               and\n`schemes` servers, `definitions` components, `collectionFormat` styles.\n\n\
               The runtime reads OpenAPI 3.0 only.",
    },
    Conversion {
        id: openapi_3_1::PASS,
        page: "Converts OpenAPI 3.1 to 3.0: lists of types, `null`, `const`, `examples`, `prefixItems`, `$defs`, numeric \
               exclusive\nbounds and siblings of `$ref` in the forms that 3.0 has for them.\n\n\
               One of them is enough to make a service unusable. `webhooks` are reported as unsupported.",
    },
];

/// The document as OpenAPI 3.0, every change, and what has no form there. A document that is 3.0 in fact, not only by
/// its version, comes back as it is; constructs of 3.1 in a document that says 3.0 are converted, too, because the
/// runtime cannot load them.
#[must_use]
pub fn upgrade(root: Node) -> (Node, Vec<Change>, Vec<Diagnostic>) {
    upgrade_without(root, &BTreeSet::new())
}

/// [`upgrade`] without the conversions of these ids.
#[must_use]
pub fn upgrade_without(root: Node, disabled: &BTreeSet<String>) -> (Node, Vec<Change>, Vec<Diagnostic>) {
    let mut log = Log::default();
    let mut root = root;
    let is_on = |id: &str| !disabled.contains(id);
    if is_on(ms_paths::PASS) {
        ms_paths::lift(&mut root, &mut log);
    }
    if is_on(swagger_2_0::PASS) && root.get("swagger").is_some() && root.get("openapi").is_none() {
        root = swagger_2_0::convert(&root, &mut log);
    }
    if is_on(openapi_3_1::PASS) {
        openapi_3_1::convert(&mut root, &mut log);
    }
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
