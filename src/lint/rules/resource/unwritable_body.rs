use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::provider::BodyNaming;

/// ## What it finds
/// A body that is an array, a map or a free-form object, under the translation `naive`.
/// ## Why it matters
/// There is no field that a statement could set: the body is sent as `null`.
/// ## Example
/// `requestBody` with `{type: array, items: {type: string}}`
/// ## Instead
/// One field that holds the whole body, with a request transform that takes it out again (`spgen build` makes it), or
/// the default translation for free-form objects.
pub(super) static RULE: Rule = Rule {
    id: "unwritable-body",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = &method.body else { return };
    // A fixed body needs no fields.
    let is_fixed = method
        .node
        .get("request")
        .is_some_and(|request| request.get("base").is_some());
    let is_prefixed = body.naming() == BodyNaming::Prefixed;
    if method.verb == SqlVerb::Select || !body.is_json || !body.fields.is_empty() || is_prefixed || is_fixed {
        return;
    }
    let Some(schema) = body.schema else { return };
    let kind = if schema.is_array() {
        "an array"
    } else {
        "no object with properties"
    };
    out.add(
        method.key_span,
        method.pointer.as_str(),
        format!("no statement can fill the body of `{}`: it is {kind}", method.name),
    )
    .label(schema.node().span, "the body");
}
