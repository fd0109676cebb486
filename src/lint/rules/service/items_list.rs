use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A schema whose `items` is a list of schemas.
/// ## Why it matters
/// OpenAPI 3.0 has one schema for all items; the runtime refuses the whole document.
/// ## Example
/// `items: [{type: string}, {type: integer}]`
/// ## Instead
/// `items: {}`
pub(super) static RULE: Rule = Rule {
    id: "items-list",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    if let Some((value, _)) = place.entry("items").filter(|(value, _)| value.as_list().is_some()) {
        out.add(value.span, place.pointer_of("items"), "`items` is a list")
            .note("the runtime refuses the whole document")
            .help("write one schema that fits all items");
    }
}
