use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};

/// ## What it finds
/// A schema that is `true`, `false` or another scalar.
/// ## Why it matters
/// OpenAPI 3.0 has only objects as schemas (and a boolean for `additionalProperties`); the runtime refuses the whole
/// document.
/// ## Example
/// `properties: {anything: true}`
/// ## Instead
/// `properties: {anything: {}}`
pub(super) static RULE: Rule = Rule {
    id: "boolean-schema",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.position != Position::Object(Kind::Schema) || place.at.node.as_map().is_some() {
        return;
    }
    let key = place.at.own_key().map(|(key, _)| key);
    let is_list = place.at.node.as_list().is_some();
    let is_property = matches!(place.parent, Position::Map(_));
    let may_be_flag = !is_property && matches!(key, Some("additionalProperties"));
    let is_flag = place.at.node.as_bool().is_some();
    // Lists are the business of `items-list`, and unknown keywords that of nobody.
    let is_known = is_property || !matches!(key, Some("unevaluatedProperties" | "unevaluatedItems" | "contains"));
    if !is_list && is_known && !(may_be_flag && is_flag) {
        out.add(
            place.at.node.span,
            place.pointer(),
            format!("this schema is {}", place.at.node.kind()),
        )
        .note("the runtime refuses the whole document")
        .help("write `{}` for a schema that allows anything");
    }
}
