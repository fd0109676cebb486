use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A method that answers a verb by its name alone: `list`, `get`, `select`, `insert`, `create`, `delete`, where the key
/// of that verb is absent.
/// ## Why it matters
/// It is reached by a verb that the document does not give it.
/// ## Example
/// A method `delete` in a resource whose `sqlVerbs` has no `delete`
/// ## Instead
/// List it under the verb, or write `delete: []` to keep it for EXEC.
pub(super) static RULE: Rule = Rule {
    id: "hidden-verb",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    for method in &resource.methods {
        let verb = match method.name.as_str() {
            "insert" | "create" => SqlVerb::Insert,
            "delete" => SqlVerb::Delete,
            "select" | "list" | "get" => SqlVerb::Select,
            _ => continue,
        };
        if !resource.verbs.iter().any(|(written, _)| *written == verb) {
            out.add(
                method.key_span,
                method.pointer.as_str(),
                format!(
                    "`{}` answers {} by its name, because that key is absent",
                    method.name,
                    verb.as_str().to_uppercase()
                ),
            )
            .help(format!("add `{verb}` to `sqlVerbs`"));
        }
    }
}
