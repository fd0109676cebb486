use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A request or response `transform` of a type that the runtime does not have, or without a body.
/// ## Why it matters
/// The method fails when it is used.
/// ## Example
/// `transform: {type: jq, body: '.items'}`
/// ## Instead
/// `transform: {type: golang_template_json_v0.3.0, body: …}`
pub(super) static RULE: Rule = Rule {
    id: "unknown-transform",
    severity: Severity::Error,
    check: Check::Method(check),
};

const KINDS: [&str; 4] = [
    "golang_template_json",
    "golang_template_text",
    "golang_template_mxj",
    "schema_driven_xml",
];

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    for block in ["request", "response"] {
        let Some(transform) = method.node.get(block).and_then(|block| block.get("transform")) else {
            continue;
        };
        let kind = transform.get_str("type").unwrap_or_default();
        let is_known = KINDS.iter().any(|known| kind.starts_with(&format!("{known}_v0.")));
        let message = if !is_known {
            format!("the runtime has no transform `{kind}`")
        } else if transform.get_str("body").is_none() && !kind.starts_with("schema_driven") {
            format!("the transform `{kind}` has no body")
        } else {
            continue;
        };
        out.add(transform.span, format!("{}/{block}/transform", method.pointer), message);
    }
}
