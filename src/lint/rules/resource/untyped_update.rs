use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// An UPDATE or REPLACE with integer, number or boolean body fields, and no request transform.
/// ## Why it matters
/// `SET n = 5` sends the text `"5"`, and `SET b = true` is an error: many APIs refuse the request.
/// ## Example
/// `PATCH /widgets/{id}` with `{size: {type: integer}}`
/// ## Instead
/// A `request.transform` that gives the fields their types: `spgen build` writes it.
pub(super) static RULE: Rule = Rule {
    id: "untyped-update",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let is_update = matches!(method.verb, SqlVerb::Update | SqlVerb::Replace);
    let has_transform = method
        .node
        .get("request")
        .is_some_and(|request| request.get("transform").is_some());
    let Some(body) = method.body.as_ref().filter(|body| body.is_json) else {
        return;
    };
    if !is_update || has_transform {
        return;
    }
    let typed: Vec<&str> = body
        .fields
        .iter()
        .filter(|(_, field)| !field.flag("readOnly"))
        .filter(|(_, field)| matches!(field.data_type(), Some("integer" | "number" | "boolean")))
        .map(|(name, _)| name.as_str())
        .collect();
    if let Some(first) = typed.first() {
        let others = typed.len() - 1;
        let others = if others == 0 {
            String::new()
        } else {
            format!(" and {others} more")
        };
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "`{}` sends `{first}`{others} as text, which are no texts in the API",
                method.name
            ),
        )
        .help("add a request transform that gives them their types");
    }
}
