use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A method for EXEC with a `request` block on an operation without a body.
/// ## Why it matters
/// EXEC fails: `no request body for operation`.
/// ## Example
/// `request: {mediaType: application/json}` on `POST /widgets/{id}/restart` without `requestBody`
/// ## Instead
/// No `request` block.
pub(super) static RULE: Rule = Rule {
    id: "request-without-body",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let has_body = method
        .operation
        .is_none_or(|operation| operation.request_body.is_some());
    let request = method.node.as_map().and_then(|node| node.entry("request"));
    if let Some(request) = request.filter(|_| !has_body && method.verb == SqlVerb::Exec)
        && request.value.get("mediaType").is_some()
        && !method.is_foreign()
    {
        out.add(
            request.key_span,
            format!("{}/request", method.pointer),
            format!("`{}` has a `request`, but its operation has no body", method.name),
        )
        .help("remove the `request` block");
    }
}
