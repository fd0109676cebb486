use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// Properties of a response that share one `$ref`, in a method that can answer `RETURNING`.
/// ## Why it matters
/// The runtime skips the second of them in its search, in random order: `RETURNING` crashes now and then.
/// ## Example
/// `{created_by: {$ref: '#/…/User'}, updated_by: {$ref: '#/…/User'}}`
/// ## Instead
/// `updated_by: {allOf: [{$ref: '#/…/User'}]}`
pub(super) static RULE: Rule = Rule {
    id: "shared-reference",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if !matches!(method.verb, SqlVerb::Insert | SqlVerb::Update | SqlVerb::Replace) {
        return;
    }
    let Some(schema) = method.reply.schema else { return };
    let row = schema.items().filter(|_| schema.is_array()).unwrap_or(schema);
    let mut seen: Vec<(&str, ecow::EcoString)> = Vec::new();
    for (name, property) in row.properties() {
        let Some(reference) = property.written().get_str("$ref") else {
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == reference) {
            out.add(
                method.key_span,
                method.pointer.as_str(),
                format!(
                    "RETURNING of `{}` crashes now and then: `{first}` and `{name}` share `{reference}`",
                    method.name
                ),
            )
            .label(property.written().span, "the second one")
            .help("wrap the reference: `allOf: [{ $ref: … }]`");
            return;
        }
        seen.push((reference, name));
    }
}
