use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A `schema_override` that the runtime does not heed: an inline schema, or one beside a JSON path in `objectKey`
/// without a JSON type in `overrideMediaType`.
/// ## Why it matters
/// The columns are those of the original response, or there are none.
/// ## Example
/// `schema_override: {type: object, properties: …}`
/// ## Instead
/// `schema_override: {$ref: '#/components/schemas/Rows'}` with `overrideMediaType: application/json`
pub(super) static RULE: Rule = Rule {
    id: "useless-override",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(response) = method.node.get("response") else {
        return;
    };
    let Some(entry) = response.as_map().and_then(|response| response.entry("schema_override")) else {
        return;
    };
    let has_path = response.get_str("objectKey").is_some_and(|key| key.starts_with('$'));
    let (message, help) = if entry.value.get("$ref").is_none() {
        (
            "an inline `schema_override` is ignored",
            "refer to a component: `{$ref: '#/components/schemas/…'}`",
        )
    } else if has_path
        && !response
            .get_str("overrideMediaType")
            .is_some_and(|name| name.ends_with("json"))
    {
        (
            "`schema_override` is ignored with a JSON path in `objectKey`",
            "add `overrideMediaType: application/json`",
        )
    } else {
        return;
    };
    out.add(
        entry.key_span,
        format!("{}/response/schema_override", method.pointer),
        format!("{message} (method `{}`)", method.name),
    )
    .help(help);
}
