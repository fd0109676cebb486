use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::source::Node;

/// ## What it finds
/// A SELECT with its own `pagination` block whose response token is no property of the response.
/// ## Why it matters
/// There is one page only, and nobody is told.
/// ## Example
/// `responseToken: {key: $.next, location: body}` where the response has `next_token`
/// ## Instead
/// `responseToken: {key: $.next_token, location: body}`
pub(super) static RULE: Rule = Rule {
    id: "dead-pagination",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let own = method.node.get("config").and_then(|config| config.get("pagination"));
    let Some(token) = own.and_then(|block| block.get("responseToken")) else {
        return;
    };
    if method.verb != SqlVerb::Select || token.get_str("location") != Some("body") || method.reply.is_transformed {
        return;
    }
    let (Some(key), Some(schema)) = (token.get_str("key"), method.reply.schema) else {
        return;
    };
    if key.contains(['[', '"']) {
        return;
    }
    let mut current = schema;
    for step in key.trim_start_matches('$').split('.').filter(|step| !step.is_empty()) {
        match current.property(step) {
            Some(next) => current = next,
            // Objects that name no properties may have any.
            None if current.properties().is_empty() && !current.is_array() => return,
            None => {
                out.add(
                    token.get("key").map_or(token.span, |key: &Node| key.span),
                    format!("{}/config/pagination/responseToken", method.pointer),
                    format!(
                        "the response of `{}` has no `{step}`, so there is one page only",
                        method.name
                    ),
                )
                .label(schema.node().span, "the response");
                return;
            }
        }
    }
}
