use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A method whose `operation` is missing, or refers to a path and verb that the document does not have.
/// ## Why it matters
/// The runtime refuses the whole service, not only this method.
/// ## Example
/// `operation: {$ref: '#/paths/~1widgets/list'}`
/// ## Instead
/// `operation: {$ref: '#/paths/~1widgets/get'}`
pub(super) static RULE: Rule = Rule {
    id: "dead-operation",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.operation.is_some() {
        return;
    }
    let reference = method.text_of(&["operation", "$ref"]);
    // A dot of its own for paths that only spell the tilde in another way.
    if reference.is_some_and(|reference| reference.contains("~0")) {
        return;
    }
    let message = match reference {
        Some(reference) => format!("the operation `{reference}` of `{}` does not exist", method.name),
        None => format!("`{}` names no operation", method.name),
    };
    out.add(
        method.span_of(&["operation", "$ref"]),
        format!("{}/operation", method.pointer),
        message,
    )
    .note("the runtime refuses the whole service")
    .help("write `#/paths/`, the path with `~1` for `/`, and the verb");
}
