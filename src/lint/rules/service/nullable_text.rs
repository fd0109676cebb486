use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A flag of a schema (`nullable`, `readOnly`, `writeOnly`, `deprecated`, `uniqueItems`) that is no boolean.
/// ## Why it matters
/// The runtime refuses the whole document.
/// ## Example
/// `nullable: 'true'`
/// ## Instead
/// `nullable: true`
pub(super) static RULE: Rule = Rule {
    id: "nullable-text",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    for key in ["nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"] {
        let Some((value, _)) = place.entry(key) else { continue };
        if value.as_bool().is_none() && !value.is_null() {
            out.add(
                value.span,
                place.pointer_of(key),
                format!("`{key}` is {}", value.kind()),
            )
            .note("the runtime refuses the whole document")
            .help("write `true` or `false` without quotes");
        }
    }
}
