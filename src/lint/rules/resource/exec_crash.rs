use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::provider::exec_hazard;

/// ## What it finds
/// A method for EXEC whose response schema makes the runtime crash: an object without any array, some path parameter
/// or server variable of which is no property; an object without properties; a scalar.
/// ## Why it matters
/// The process ends before anything is sent.
/// ## Example
/// `POST /widgets/{id}/restart`, which answers `{status: string}`
/// ## Instead
/// A `response.schema_override` with an array property, or an `openAPIDocKey` without a schema (`'204'`).
pub(super) static RULE: Rule = Rule {
    id: "exec-crash",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Exec || method.is_foreign() || method.reply.is_transformed {
        return;
    }
    let Some(schema) = method.reply.schema else { return };
    let Some(hazard) = method
        .provider
        .and_then(|provider| exec_hazard(&method.document.service, provider))
    else {
        return;
    };
    out.add(
        method.key_span,
        method.pointer.as_str(),
        format!("EXEC of `{}` fails: {hazard}", method.name),
    )
    .label(schema.node().span, "the response")
    .help("set `openAPIDocKey` to a status without a schema, or override the schema with one that has an array");
}
