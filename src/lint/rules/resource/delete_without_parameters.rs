use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A DELETE whose operation takes nothing: no parameter, no server variable, no body field.
/// ## Why it matters
/// A DELETE needs a WHERE clause (`where parameters not found`), and there is nothing to write in it.
/// ## Example
/// `delete: [clear]` for `DELETE /cache`
/// ## Instead
/// Leave the method to EXEC.
pub(super) static RULE: Rule = Rule {
    id: "delete-without-parameters",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let takes_nothing = method.parameters.all.is_empty()
        && method.parameters.server.is_empty()
        && method.body.as_ref().is_none_or(|body| body.fields.is_empty());
    if method.verb == SqlVerb::Delete && method.operation.is_some() && takes_nothing {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "no DELETE can reach `{}`: there is nothing for its WHERE clause",
                method.name
            ),
        )
        .help("take it out of `delete`: it is reached by EXEC");
    }
}
