use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A count of a schema (`minLength`, `maxItems` …) that is no whole number from 0.
/// ## Why it matters
/// The runtime refuses the whole document.
/// ## Example
/// `maxLength: -1`
/// ## Instead
/// Leave it out when there is no limit.
pub(super) static RULE: Rule = Rule {
    id: "negative-count",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

const COUNTS: [&str; 6] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.schema().is_none() {
        return;
    }
    for key in COUNTS {
        let Some((value, _)) = place.entry(key) else { continue };
        let text = value.scalar_text().unwrap_or_default();
        if !value.is_null() && text.parse::<u64>().is_err() {
            out.add(
                value.span,
                place.pointer_of(key),
                format!("`{key}` is `{text}`, no count"),
            )
            .note("the runtime refuses the whole document")
            .help("write a whole number, or leave it out");
        }
    }
}
