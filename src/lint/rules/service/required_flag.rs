use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A schema with `required: true` or `required: false`.
/// ## Why it matters
/// `required` of a schema is a list of names; the runtime refuses the whole document.
/// ## Example
/// `name: {type: string, required: true}`
/// ## Instead
/// `required: [name]` beside `properties`
pub(super) static RULE: Rule = Rule {
    id: "required-flag",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    if let Some((value, _)) = place.entry("required").filter(|(value, _)| value.as_list().is_none()) {
        out.add(
            value.span,
            place.pointer_of("required"),
            format!("`required` is {}", value.kind()),
        )
        .note("the runtime refuses the whole document")
        .help("list the names under `required` of the object");
    }
}
