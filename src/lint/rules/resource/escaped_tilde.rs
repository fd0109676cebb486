use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A reference to an operation with `~0`, the escape for `~` in JSON pointers.
/// ## Why it matters
/// The runtime turns `~1` into `/` and nothing else, so the operation is not found and the service is refused.
/// ## Example
/// `$ref: '#/paths/~1users~1~0me/get'`
/// ## Instead
/// `$ref: '#/paths/~1users~1~me/get'`
pub(super) static RULE: Rule = Rule {
    id: "escaped-tilde",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(reference) = method.text_of(&["operation", "$ref"]) else {
        return;
    };
    if reference.contains("~0") && method.operation.is_none() {
        out.add(
            method.span_of(&["operation", "$ref"]),
            format!("{}/operation", method.pointer),
            format!("`~0` in the operation of `{}` is not decoded", method.name),
        )
        .help(format!("write `{}`", reference.replace("~0", "~")));
    }
}
