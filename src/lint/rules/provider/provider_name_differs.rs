use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;

/// ## What it finds
/// A provider whose `name` or `id` is not the name of its folder.
/// ## Why it matters
/// The folder is the first part of table names, and authentication is looked up by `name`: queries fail with
/// `cannot find AUTH context`.
/// ## Example
/// `src/acme/v00.00.00000/provider.yaml` with `name: acme_cloud`
/// ## Instead
/// `name: acme`
pub(super) static RULE: Rule = Rule {
    id: "provider-name-differs",
    severity: Severity::Error,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    // The runtime reads this one folder for another name.
    let folder = match tree.provider_folder.as_str() {
        "googleapis.com" => "google",
        folder => folder,
    };
    for key in ["name", "id"] {
        let Some(node) = tree.root.get(key) else { continue };
        if let Some(name) = node
            .as_str()
            .filter(|name| *name != folder && *name != tree.provider_folder)
        {
            out.add(
                node.span,
                format!("/{key}"),
                format!("the folder is `{}`, and `{key}` says `{name}`", tree.provider_folder),
            )
            .help("give the folder and the provider the same name");
        }
    }
}
