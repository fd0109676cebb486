use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::Value;

/// ## What it finds
/// A `provider.yaml` that violates the schema of provider documents: `id`, `name`, `version`, `providerServices`
/// missing or of the wrong kind; a service without `id`, `name`, `title`, `version` or `description`.
/// ## Why it matters
/// The runtime refuses the provider, or `SHOW SERVICES` has holes.
/// ## Example
/// `providerServices: [shop]`
/// ## Instead
/// `providerServices: {shop: {id: …, name: shop, service: …}}`
pub(super) static RULE: Rule = Rule {
    id: "malformed-provider",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    for (key, is_map) in [
        ("id", false),
        ("name", false),
        ("version", false),
        ("providerServices", true),
    ] {
        let message = match tree.root.get(key).map(|node| (&node.value, node.span)) {
            None => Some((tree.root.span, format!("the provider has no `{key}`"))),
            Some((Value::Map(_), _)) if is_map => None,
            Some((Value::String(_), _)) if !is_map => None,
            Some((_, span)) => Some((
                span,
                format!("`{key}` must be {}", if is_map { "a map" } else { "text" }),
            )),
        };
        if let Some((span, message)) = message {
            out.add(span, format!("/{key}"), message);
        }
    }
    for service in tree.services() {
        let missing: Vec<&str> = ["id", "name", "title", "version", "description"]
            .into_iter()
            .filter(|key| service.value.get_str(key).is_none())
            .collect();
        if !missing.is_empty() {
            out.add(
                service.key_span,
                format!("/providerServices/{}", service.key),
                format!(
                    "the service `{}` has no text under `{}`",
                    service.key,
                    missing.join("`, `")
                ),
            );
        }
    }
}
