use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT whose `openAPIDocKey` and `mediaType` name a response that the operation does not document.
/// ## Why it matters
/// With both set, the runtime takes exactly that entry or no schema at all: there are no columns.
/// ## Example
/// `openAPIDocKey: '200'` on an operation that documents `201`
/// ## Instead
/// `openAPIDocKey: '201'`
pub(super) static RULE: Rule = Rule {
    id: "dead-response-entry",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select || !method.reply.is_dead || method.is_foreign() {
        return;
    }
    let Some(operation) = method.operation else { return };
    if method
        .node
        .get("response")
        .is_some_and(|response| response.get("schema_override").is_some())
    {
        return;
    }
    let documented: Vec<String> = operation
        .responses
        .iter()
        .flat_map(|response| {
            let content = response.content.iter();
            content.map(|media_type| format!("`{}` {}", response.status, media_type.name))
        })
        .collect();
    let finding = out.add(
        method.span_of(&["response", "openAPIDocKey"]),
        format!("{}/response", method.pointer),
        format!(
            "`{}` reads a response entry that its operation does not have",
            method.name
        ),
    );
    if documented.is_empty() {
        finding.help("no response of the operation has content, so leave the method to EXEC");
    } else {
        finding.help(format!("the operation documents {}", documented.join(", ")));
    }
}
