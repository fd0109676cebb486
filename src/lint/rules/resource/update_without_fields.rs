use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// An UPDATE or REPLACE whose operation has no body field to set.
/// ## Why it matters
/// `SET` with nothing behind it is a syntax error, and parameters given there are not sent as a body.
/// ## Example
/// `update: [star]` for `PUT /widgets/{id}/star` without a body
/// ## Instead
/// Leave the method to EXEC.
pub(super) static RULE: Rule = Rule {
    id: "update-without-fields",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let is_update = matches!(method.verb, SqlVerb::Update | SqlVerb::Replace);
    let has_fields = match &method.body {
        None => false,
        // Other rules speak of bodies that cannot be filled.
        Some(body) => !body.fields.is_empty() || body.schema.is_some() || !body.is_json,
    };
    if is_update && method.operation.is_some() && !has_fields && !method.is_foreign() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "there is nothing to set in {} of `{}`",
                method.verb.as_str().to_uppercase(),
                method.name
            ),
        )
        .help("leave the method to EXEC");
    }
}
