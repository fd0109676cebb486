use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// `servers` in a method of a resource.
/// ## Why it matters
/// It breaks the routing of the method.
/// ## Example
/// `methods: {list: {servers: [{url: …}], operation: …}}`
/// ## Instead
/// `servers` in the operation or its path item.
pub(super) static RULE: Rule = Rule {
    id: "method-servers",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if let Some(entry) = method.node.as_map().and_then(|node| node.entry("servers")) {
        out.add(
            entry.key_span,
            format!("{}/servers", method.pointer),
            format!("`servers` of `{}` breaks its routing", method.name),
        )
        .help("move it to the operation");
    }
}
