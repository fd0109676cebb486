use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// `exclusiveMinimum` or `exclusiveMaximum` with a number, as OpenAPI 3.1 has them.
/// ## Why it matters
/// In OpenAPI 3.0 they are booleans; the runtime refuses the whole document.
/// ## Example
/// `exclusiveMinimum: 3`
/// ## Instead
/// `minimum: 3` and `exclusiveMinimum: true`
pub(super) static RULE: Rule = Rule {
    id: "numeric-exclusive-bound",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    for (key, plain) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some((value, _)) = place.entry(key).filter(|(value, _)| value.as_bool().is_none()) {
            out.add(
                value.span,
                place.pointer_of(key),
                format!("`{key}` is {}", value.kind()),
            )
            .note("the runtime refuses the whole document")
            .help(format!("write `{plain}: …` and `{key}: true`"));
        }
    }
}
