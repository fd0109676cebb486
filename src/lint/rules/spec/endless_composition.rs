use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position, Spec};
use crate::source::Node;

/// ## What it finds
/// A schema whose `allOf`, `oneOf` or `anyOf` leads back to itself.
/// ## Why it matters
/// The runtime follows compositions without end: DESCRIBE and SELECT end in a stack overflow.
/// ## Example
/// `Node: {allOf: [{$ref: '#/components/schemas/Node'}]}`
/// ## Instead
/// Refer to the schema from a property, where recursion is harmless.
pub(super) static RULE: Rule = Rule {
    id: "endless-composition",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

/// Longest circle that is looked for.
const MAX_DEPTH: usize = 24;

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    // A circle goes through references, and those lead to components.
    let Some(schema) = place.schema() else { return };
    if place.parent != Position::Map(Kind::Schema) || !has_parts(schema) {
        return;
    }
    if leads_back(&place.document.service.spec, schema, schema, 0) {
        out.add(
            place.span(),
            place.pointer(),
            "the composition of this schema contains the schema itself",
        )
        .help("refer to it from a property instead");
    }
}

fn has_parts(schema: &Node) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
}

fn leads_back(spec: &Spec, schema: &Node, start: &Node, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let parts = ["allOf", "oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema.get(keyword)?.as_list())
        .flatten();
    let mut resolved = parts.filter_map(|part| spec.resolve(part));
    resolved.any(|part| std::ptr::eq(part, start) || (has_parts(part) && leads_back(spec, part, start, depth + 1)))
}
