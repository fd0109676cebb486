use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A `$ref` of a service document to another file or address.
/// ## Why it matters
/// The runtime reads one file per service: what is elsewhere is missing, and the document does not load.
/// ## Example
/// `$ref: 'common.yaml#/components/schemas/Widget'`
/// ## Instead
/// Bring the target into the document: `spgen build` does so.
pub(super) static RULE: Rule = Rule {
    id: "reference-outside",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some((reference, span)) = place.text("$ref") else {
        return;
    };
    if matches!(place.position, crate::openapi::Position::Object(_)) && !reference.starts_with('#') {
        out.add(
            span,
            place.pointer_of("$ref"),
            format!("`{reference}` leads out of the document"),
        )
        .help("bring the target into this document");
    }
}
