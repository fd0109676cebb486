use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// A `$ref` whose target is not in the document.
/// ## Why it matters
/// The runtime refuses the whole document: one dangling reference disables every resource of the service.
/// ## Example
/// `$ref: '#/components/schemas/Wdiget'`
/// ## Instead
/// `$ref: '#/components/schemas/Widget'`
pub(super) static RULE: Rule = Rule {
    id: "missing-reference",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some((reference, span)) = place.text("$ref") else {
        return;
    };
    if !matches!(place.position, crate::openapi::Position::Object(_)) {
        return;
    }
    if reference.starts_with('#') && place.document.service.spec.target(reference).is_none() {
        out.add(span, place.pointer_of("$ref"), format!("`{reference}` leads nowhere"))
            .help("add the target or correct the reference");
    }
}
