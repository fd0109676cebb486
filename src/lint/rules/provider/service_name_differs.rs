use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::pointer;

/// ## What it finds
/// A service whose `name` is not its key.
/// ## Why it matters
/// The key is what SQL knows; `SHOW SERVICES` shows `name`, and users copy it.
/// ## Example
/// `shop: {name: store, …}`
/// ## Instead
/// `shop: {name: shop, …}`
pub(super) static RULE: Rule = Rule {
    id: "service-name-differs",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    for service in tree.services() {
        let Some(node) = service.value.get("name") else {
            continue;
        };
        if let Some(name) = node.as_str().filter(|name| *name != service.key) {
            out.add(
                node.span,
                format!("/providerServices/{}/name", pointer::escape(&service.key)),
                format!(
                    "SQL knows this service as `{}`, and its name says `{name}`",
                    service.key
                ),
            )
            .help(format!("write `name: {}`", service.key));
        }
    }
}
