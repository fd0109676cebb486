use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::mapping::SqlVerb;

/// ## What it finds
/// Two methods of one verb with the same required parameters.
/// ## Why it matters
/// Only the first can be reached by the verb; the other one is there in name only.
/// ## Example
/// `select: [list, list_archived]`, both without required parameters
/// ## Instead
/// A resource of its own for the second, or EXEC.
pub(super) static RULE: Rule = Rule {
    id: "ambiguous-signature",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    for verb in SqlVerb::LISTED {
        let listed: Vec<_> = resource
            .listed(verb)
            .map(|(entry, method)| (entry, method, method.signature_for(verb)))
            .collect();
        for (index, (entry, method, signature)) in listed.iter().enumerate() {
            let earlier = listed[..index].iter().find(|(_, _, needed)| needed == signature);
            let Some((first, other, _)) = earlier else { continue };
            let names = if signature.is_empty() {
                "no required parameters".to_owned()
            } else {
                format!("the same required parameters ({})", signature.join(", "))
            };
            out.add(
                entry.span,
                format!("{}/sqlVerbs/{verb}", resource.pointer),
                format!(
                    "`{}` is never chosen: `{}` stands first and has {names}",
                    method.name, other.name
                ),
            )
            .label(first.span, "the one that is chosen")
            .help("give it a resource of its own, or leave it to EXEC");
        }
    }
}
