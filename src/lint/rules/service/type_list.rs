use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A schema whose `type` is a list, as OpenAPI 3.1 allows.
/// ## Why it matters
/// The runtime knows OpenAPI 3.0 only: one such list makes every resource of the service unusable.
/// ## Example
/// `type: [string, 'null']`
/// ## Instead
/// `type: string` and `nullable: true`
pub(super) static RULE: Rule = Rule {
    id: "type-list",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    if let Some((value, _)) = place.entry("type").filter(|(value, _)| value.as_str().is_none()) {
        out.add(
            value.span,
            place.pointer_of("type"),
            format!("`type` is {}", value.kind()),
        )
        .note("the runtime refuses the whole document")
        .help("write one type, and `nullable: true` where null is allowed");
    }
}
