use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A method that can never be chosen, because an earlier method of the same verb needs only some of its parameters.
/// ## Why it matters
/// The runtime takes the first method whose required parameters are present, so `WHERE id = …` calls the list
/// operation.
/// ## Example
/// `select: [list, get]`
/// ## Instead
/// `select: [get, list]`: most required parameters first.
pub(super) static RULE: Rule = Rule {
    id: "shadowed-method",
    severity: Severity::Error,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    for verb in SqlVerb::LISTED {
        let listed: Vec<_> = resource
            .listed(verb)
            .map(|(entry, method)| (entry, method, method.signature_for(verb)))
            .collect();
        for (index, (entry, method, signature)) in listed.iter().enumerate() {
            let earlier = listed[..index].iter().find(|(_, other, needed)| {
                !std::ptr::eq(*other, *method)
                    && needed.len() < signature.len()
                    && needed.iter().all(|name| signature.contains(name))
            });
            let Some((first, other, _)) = earlier else { continue };
            out.add(
                entry.span,
                format!("{}/sqlVerbs/{verb}", resource.pointer),
                format!(
                    "`{}` is never chosen: `{}` stands first and needs no more than some of its parameters",
                    method.name, other.name
                ),
            )
            .label(first.span, "the one that is chosen")
            .help("put the method with most required parameters first");
        }
    }
}
