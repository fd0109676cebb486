use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::Node;

/// ## What it finds
/// A setting at an entry of `providerServices`: `auth`, `config`, `pagination`.
/// ## Why it matters
/// It has no effect there.
/// ## Example
/// `providerServices: {shop: {config: {auth: {type: bearer}}}}`
/// ## Instead
/// `config.auth` of `provider.yaml`; pagination in the service document
pub(super) static RULE: Rule = Rule {
    id: "misplaced-auth",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    for service in tree.services() {
        for key in ["auth", "config", "pagination"] {
            let entry = service.value.as_map().and_then(|node| node.entry(key));
            if let Some(entry) = entry {
                out.add(
                    entry.key_span,
                    format!("/providerServices/{}/{key}", service.key),
                    format!("`{key}` of the service `{}` has no effect", service.key),
                )
                .help("move it to `config` of `provider.yaml`, or into the service document");
            }
        }
    }
    let of_provider = tree.root.get("config").and_then(Node::as_map);
    if let Some(entry) = of_provider.and_then(|config| config.entry("pagination")) {
        out.add(
            entry.key_span,
            "/config/pagination",
            "`pagination` of the provider has no effect",
        )
        .help("write it in `x-stackQL-config` of each service document");
    }
}
