use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;

/// ## What it finds
/// A provider without `config.auth`.
/// ## Why it matters
/// Every query fails with `cannot find AUTH context for provider`, unless users bring the block on the command line.
/// ## Example
/// A `provider.yaml` that ends with `providerServices`
/// ## Instead
/// `config: {auth: {type: null_auth}}` for an API that needs none
pub(super) static RULE: Rule = Rule {
    id: "missing-auth",
    severity: Severity::Error,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    if tree.auth().is_none() {
        let span = tree.root.get("config").map_or(tree.root.span, |config| config.span);
        out.add(span, "/config", "the provider does not say how it authenticates")
            .help("add `config: {auth: {type: …}}`");
    }
}
