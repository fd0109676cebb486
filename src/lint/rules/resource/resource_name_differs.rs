use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;

/// ## What it finds
/// A resource whose `name`, or the last part of whose `id`, is not its key.
/// ## Why it matters
/// The key is the table name. `SHOW RESOURCES` shows `name` and `id`, which then name a table that there is not.
/// ## Example
/// `widgets: {name: widget, …}`
/// ## Instead
/// `widgets: {name: widgets, …}`
pub(super) static RULE: Rule = Rule {
    id: "resource-name-differs",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    for key in ["name", "id"] {
        let Some(node) = resource.node.get(key) else { continue };
        let Some(text) = node.as_str() else { continue };
        let name = match key {
            "id" => text.splitn(3, '.').nth(2).unwrap_or(text),
            _ => text,
        };
        if name != resource.key {
            out.add(
                node.span,
                format!("{}/{key}", resource.pointer),
                format!(
                    "SQL knows this resource as `{}`, and its {key} says `{name}`",
                    resource.key
                ),
            )
            .help(format!("write `{}`", resource.key));
        }
    }
}
