use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A resource with methods whose `sqlVerbs` lacks one of `select`, `insert`, `update`, `replace`, `delete`.
/// ## Why it matters
/// The runtime then goes by the names of methods (see `hidden-verb`), and a method that is added later may answer a
/// verb that nobody gave it. `replace` has no such names, so its absence is harmless and not reported.
/// ## Example
/// `sqlVerbs: {select: [...]}`
/// ## Instead
/// `sqlVerbs: {select: [...], insert: [], update: [], replace: [], delete: []}`
pub(super) static RULE: Rule = Rule {
    id: "missing-verb-key",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    if resource.methods.is_empty() {
        return;
    }
    let wanted = [SqlVerb::Select, SqlVerb::Insert, SqlVerb::Update, SqlVerb::Delete];
    let missing: Vec<String> = wanted
        .iter()
        .filter(|verb| !resource.verbs.iter().any(|(written, _)| written == *verb))
        .map(|verb| format!("`{verb}`"))
        .collect();
    if !missing.is_empty() {
        let span = resource
            .node
            .as_map()
            .and_then(|node| node.entry("sqlVerbs"))
            .map_or(resource.key_span, |entry| entry.key_span);
        out.add(
            span,
            format!("{}/sqlVerbs", resource.pointer),
            format!(
                "`{}` does not say which methods answer {}",
                resource.key,
                missing.join(", ")
            ),
        )
        .help("write all five keys, with `[]` for none");
    }
}
