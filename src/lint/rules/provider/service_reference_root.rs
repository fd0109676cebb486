use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::pointer;

/// ## What it finds
/// A reference to a service document that does not start with the provider's folder and version.
/// ## Why it matters
/// References start at the registry's `src` folder, not at `provider.yaml`: the document is not found.
/// ## Example
/// `$ref: services/shop.yaml`
/// ## Instead
/// `$ref: acme/v00.00.00000/services/shop.yaml`
pub(super) static RULE: Rule = Rule {
    id: "service-reference-root",
    severity: Severity::Error,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    let start = format!("{}/{}/", tree.provider_folder, tree.version_folder);
    for service in tree.services() {
        let Some(node) = service.value.get("service").and_then(|service| service.get("$ref")) else {
            continue;
        };
        let Some(reference) = node.as_str() else { continue };
        if !reference.starts_with(&start) {
            out.add(
                node.span,
                format!("/providerServices/{}/service/$ref", pointer::escape(&service.key)),
                format!(
                    "the document of the service `{}` lies elsewhere for the runtime",
                    service.key
                ),
            )
            .help(format!("start with `{start}`"));
        }
    }
}
