use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// An INSERT whose operation takes nothing: no parameter, no server variable, no body field.
/// ## Why it matters
/// An INSERT without columns is a syntax error.
/// ## Example
/// `insert: [create]` for `POST /tokens` without a body
/// ## Instead
/// Leave the method to EXEC.
pub(super) static RULE: Rule = Rule {
    id: "insert-without-columns",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let takes_nothing = method.parameters.all.is_empty()
        && method.parameters.server.is_empty()
        && method
            .body
            .as_ref()
            .is_none_or(|body| body.fields.is_empty() && body.is_json);
    if method.verb == SqlVerb::Insert && method.operation.is_some() && takes_nothing && !method.is_foreign() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!("no INSERT can reach `{}`: it has no columns", method.name),
        )
        .help("take it out of `insert`: it is reached by EXEC");
    }
}
