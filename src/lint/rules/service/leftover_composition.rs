use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::source::Node;

/// ## What it finds
/// A request body whose required fields stand in parts of `allOf`, `oneOf` or `anyOf`.
/// ## Why it matters
/// The runtime does not see `required` of the parts: the fields count as optional, the method is chosen without them,
/// and the API refuses the request.
/// ## Example
/// `allOf: [{properties: {name: …}, required: [name]}]`
/// ## Instead
/// One object with `properties` and `required`: `spgen build` makes it.
pub(super) static RULE: Rule = Rule {
    id: "leftover-composition",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = &method.body else { return };
    let Some(schema) = body.schema.filter(|_| body.is_json) else {
        return;
    };
    let own = schema.node().get("required").and_then(Node::as_list);
    let is_own = |name: &str| own.into_iter().flatten().any(|own| own.as_str() == Some(name));
    let unseen: Vec<String> = schema
        .required()
        .iter()
        .filter(|name| !is_own(name))
        .map(ToString::to_string)
        .collect();
    if let Some(first) = unseen.first() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "required body fields of `{}` count as optional, such as `{first}`",
                method.name
            ),
        )
        .label(schema.node().span, "the body")
        .help("merge the parts of the schema into one object");
    }
}
