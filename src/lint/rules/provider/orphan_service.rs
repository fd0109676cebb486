use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;

use super::dead_service::file_of;

/// ## What it finds
/// A file under `services/` that no entry of `providerServices` refers to.
/// ## Why it matters
/// It is published and never read: mostly a service that was forgotten.
/// ## Example
/// `services/billing.yaml` without an entry `billing`
/// ## Instead
/// Add the entry, or remove the file.
pub(super) static RULE: Rule = Rule {
    id: "orphan-service",
    severity: Severity::Note,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    let known: Vec<String> = tree.services().filter_map(file_of).map(str::to_lowercase).collect();
    let services = tree.files.iter().filter(|file| {
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        file.starts_with("services/") && matches!(extension, "yaml" | "yml" | "json")
    });
    for file in services.filter(|file| !known.contains(&file.to_lowercase())) {
        let span = tree
            .root
            .get("providerServices")
            .map_or(tree.root.span, |services| services.span);
        out.add(span, "/providerServices", format!("no service uses `{file}`"))
            .help("add a service, or remove the file");
    }
}
