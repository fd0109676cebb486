use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::{Map, Node};

/// ## What it finds
/// A service document without `components.x-stackQL-resources`.
/// ## Why it matters
/// There is nothing to query: the service has no tables, and using it is an error.
/// ## Example
/// A vendor's description used as it is
/// ## Instead
/// Map its operations to resources: `spgen build` does so.
pub(super) static RULE: Rule = Rule {
    id: "missing-resources",
    severity: Severity::Error,
    check: Check::Document(On::Service, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    let resources = document
        .service
        .spec
        .root
        .get("components")
        .and_then(|components| components.get("x-stackQL-resources"));
    if resources.and_then(Node::as_map).is_none_or(Map::is_empty) {
        let span = resources.map_or(document.start(), |resources| resources.span);
        out.add(
            span,
            "/components/x-stackQL-resources",
            "the document declares no resources",
        );
    }
}
