use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::source::Node;

/// ## What it finds
/// A body field that is required and `readOnly` at once.
/// ## Why it matters
/// The runtime demands it in every statement, and the API refuses or ignores it.
/// ## Example
/// `required: [id, name]` with `id: {type: string, readOnly: true}`
/// ## Instead
/// `required: [name]`
pub(super) static RULE: Rule = Rule {
    id: "read-only-required",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = &method.body else { return };
    let Some(schema) = body.schema.filter(|_| body.is_json) else {
        return;
    };
    let required = schema.node().get("required").and_then(Node::as_list);
    for name in required.into_iter().flatten() {
        let Some(text) = name.as_str() else { continue };
        let field = body.fields.iter().find(|(field, _)| field == text);
        if field.is_some_and(|(_, field)| field.flag("readOnly")) {
            out.add(
                name.span,
                method.pointer.as_str(),
                format!("the body of `{}` requires `{text}`, which is read-only", method.name),
            )
            .help("take it out of `required`");
        }
    }
}
