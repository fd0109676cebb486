use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT with a body whose operation declares no parameter at all, and whose body has optional fields.
/// ## Why it matters
/// The optional fields are unknown in WHERE (`could not locate symbol q`).
/// ## Example
/// `POST /search` with an optional body field `q` and no parameters
/// ## Instead
/// Declare any optional parameter, for instance a header `Accept` without default.
pub(super) static RULE: Rule = Rule {
    id: "post-select-without-parameter",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = method.body.as_ref().filter(|body| body.is_json) else {
        return;
    };
    if method.verb != SqlVerb::Select || !method.parameters.all.is_empty() {
        return;
    }
    let naming = body.naming();
    let mut names = body.fields.iter().map(|(field, _)| naming.sql_name(field));
    if let Some(field) = names.find(|name| !body.required.contains(name)) {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "optional body fields of `{}`, such as `{field}`, are unknown in WHERE",
                method.name
            ),
        )
        .help("declare an optional header parameter `Accept` on the operation");
    }
}
