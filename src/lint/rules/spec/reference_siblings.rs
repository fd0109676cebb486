use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};

/// ## What it finds
/// Keywords beside a `$ref` of a schema, other than texts for people.
/// ## Why it matters
/// Readers of OpenAPI 3.0 ignore them: a `default` or `nullable` written there has no effect.
/// ## Example
/// `{$ref: '#/components/schemas/Size', default: small}`
/// ## Instead
/// `{allOf: [{$ref: '#/components/schemas/Size'}], default: small}`
pub(super) static RULE: Rule = Rule {
    id: "reference-siblings",
    severity: Severity::Note,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.position != Position::Object(Kind::Schema) || !place.document.is_3_0() || place.text("$ref").is_none() {
        return;
    }
    for entry in place.at.node.as_map().into_iter().flatten() {
        let is_harmless = matches!(
            entry.key.as_str(),
            "$ref" | "description" | "title" | "summary" | "example" | "deprecated"
        ) || entry.key.starts_with("x-");
        if !is_harmless {
            out.add(
                entry.key_span,
                place.pointer_of(&entry.key),
                format!("`{}` beside `$ref` is ignored by OpenAPI 3.0 readers", entry.key),
            )
            .help("wrap the reference: `allOf: [{ $ref: … }]`");
        }
    }
}
