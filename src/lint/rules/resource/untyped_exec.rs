use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A required input of an EXEC method whose schema type is `integer`, `number`, `boolean` or missing.
/// ## Why it matters
/// EXEC passes text only, and refuses every value for these types
/// (`SHOW key = '@n' does NOT match SQL type 'StrVal'`): the method cannot be called.
/// ## Example
/// `POST /widgets/{id}/resize` with a required integer `size`
/// ## Instead
/// Declare it as `string`; a request transform gives body fields their real type again. `spgen build` does both.
pub(super) static RULE: Rule = Rule {
    id: "untyped-exec",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Exec || method.is_foreign() {
        return;
    }
    let spec = &method.document.spec;
    let parameters = method.parameters.all.iter().filter(|parameter| parameter.required);
    let mut refused: Vec<&str> = parameters
        .filter(|parameter| {
            let schema = parameter.schema.as_ref().map(|schema| spec.schema(schema));
            !takes_text(schema.and_then(|schema| schema.data_type()))
        })
        .map(|parameter| parameter.name.as_str())
        .collect();
    if let Some(body) = &method.body {
        let required = body.fields.iter().filter(|(name, _)| {
            let plain = |required: &str| required.strip_prefix("data__").unwrap_or(required) == name.as_str();
            body.required.iter().any(|required| plain(required))
        });
        refused.extend(
            required
                .filter(|(_, field)| !takes_text(field.data_type()))
                .map(|(name, _)| name.as_str()),
        );
    }
    if !refused.is_empty() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "EXEC of `{}` takes no value for `{}`",
                method.name,
                refused.join("`, `")
            ),
        )
        .help("declare them as `string`");
    }
}

fn takes_text(data_type: Option<&str>) -> bool {
    matches!(data_type, Some("string" | "object" | "array"))
}
