use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;

/// ## What it finds
/// A folder beside or around `provider.yaml` whose name is no version.
/// ## Why it matters
/// The runtime chooses the highest version among the folders of a provider; one that is none (`latest`, `tmp`, `.git`)
/// makes the provider unusable.
/// ## Example
/// `src/acme/latest/provider.yaml`
/// ## Instead
/// `src/acme/v00.00.00000/provider.yaml`
pub(super) static RULE: Rule = Rule {
    id: "invalid-version-directory",
    severity: Severity::Error,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    // Siblings count only around a folder that is a version: elsewhere the tree lies by itself.
    let mut folders = vec![&tree.version_folder];
    if is_version(&tree.version_folder) {
        folders = tree.versions.iter().collect();
    }
    for folder in folders.into_iter().filter(|folder| !is_version(folder)) {
        out.add(
            tree.root.span,
            "",
            format!("the folder `{}/{folder}` is no version", tree.provider_folder),
        )
        .help("move it away, or call it `v00.00.00000` or the like");
    }
}

/// `v1`, `1.0.0`, `v24.12.00001`, `v1.0.1-rc1+build`.
fn is_version(name: &str) -> bool {
    let name = name.strip_prefix('v').unwrap_or(name);
    let core = name.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    parts.len() <= 3
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
