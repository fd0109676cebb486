use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::ConfigFile;
use crate::source::{List, Node};

/// ## What it finds
/// A source, overlay or mapping that `spgen.yaml` names and that is not there.
/// ## Why it matters
/// The provider cannot be built. A source that is brought with `--source` says how to get it (`fetch`), and is not
/// reported.
/// ## Example
/// `sources: [openapi/shp.yaml]`
/// ## Instead
/// `sources: [openapi/shop.yaml]`
pub(super) static RULE: Rule = Rule {
    id: "missing-source",
    severity: Severity::Error,
    check: Check::Config(check),
};

fn check(config: &ConfigFile, out: &mut Out<'_>) {
    let sources = config.root.get("sources").and_then(Node::as_list);
    let sources = sources.map(List::as_slice).unwrap_or_default().iter();
    let named = sources.filter_map(|source| match source.get("path") {
        Some(path) if source.get("fetch").is_none() => Some(path),
        Some(_) => None,
        None => Some(source),
    });
    let others = ["overlay", "mapping"].iter().filter_map(|key| config.root.get(key));
    for node in named.chain(others) {
        let Some(path) = node.as_str() else { continue };
        if !config.folder.join(path).exists() {
            out.add(node.span, "", format!("`{path}` is not there"))
                .help("paths are relative to spgen.yaml");
        }
    }
}
