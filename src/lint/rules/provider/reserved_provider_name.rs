use crate::diagnostic::Severity;
use crate::lint::names::needs_quotes;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::sql::NamePlace;

/// ## What it finds
/// A provider whose name is no plain identifier or a keyword of SQL.
/// ## Why it matters
/// It is the first part of every table name, where 118 keywords fail: users would have to quote it everywhere.
/// ## Example
/// `name: my-cloud`
/// ## Instead
/// `name: my_cloud`
pub(super) static RULE: Rule = Rule {
    id: "reserved-provider-name",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    let Some(node) = tree.root.get("name") else { return };
    let name = node.as_str().unwrap_or_default();
    if needs_quotes(name, NamePlace::Provider) {
        out.add(
            node.span,
            "/name",
            format!("the provider name `{name}` must be quoted in SQL"),
        )
        .help("use letters, digits and underscores, and no keyword");
    }
}
