use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;

/// ## What it finds
/// An entry of `sqlVerbs` that is no method of the resource.
/// ## Why it matters
/// The runtime refuses the whole service.
/// ## Example
/// `select: [{$ref: '#/components/x-stackQL-resources/widgets/methods/lst'}]`
/// ## Instead
/// `select: [{$ref: '#/components/x-stackQL-resources/widgets/methods/list'}]`
pub(super) static RULE: Rule = Rule {
    id: "dead-verb-entry",
    severity: Severity::Error,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    for (verb, entries) in &resource.verbs {
        for entry in entries.iter().filter(|entry| entry.method.is_none()) {
            out.add(
                entry.span,
                format!("{}/sqlVerbs/{verb}", resource.pointer),
                format!("`{}` is no method of `{}`", entry.reference, resource.key),
            )
            .note("the runtime refuses the whole service")
            .help(format!("write `#{}/methods/NAME`", resource.pointer));
        }
    }
}
