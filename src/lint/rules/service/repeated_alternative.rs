use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;
use crate::source::Text;

/// ## What it finds
/// Rows made of alternatives (`oneOf`, `anyOf`, several parts of `allOf`) that declare a column of the same name twice.
/// ## Why it matters
/// The runtime gives the second one a made-up name (`OneOfRef2_id`), and it is always null.
/// ## Example
/// `oneOf: [{properties: {id: …}}, {properties: {id: …}}]`
/// ## Instead
/// One object with the properties of all alternatives: `spgen build` makes it.
pub(super) static RULE: Rule = Rule {
    id: "repeated-alternative",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select || !matches!(method.rows, Rows::Columns(_)) {
        return;
    }
    let Some(row) = method.row_schema() else { return };
    if row.node().get("properties").is_some() {
        return;
    }
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for part in row.parts(keyword) {
            for name in part.properties().into_keys() {
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let repeated: Vec<&Text> = counts
        .iter()
        .filter(|(_, count)| **count > 1)
        .map(|(name, _)| name)
        .collect();
    if let Some(first) = repeated.first() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "{} columns of `{}` stand in several alternatives, such as `{first}`",
                repeated.len(),
                method.name
            ),
        )
        .label(row.node().span, "the row")
        .help("unite the alternatives into one object");
    }
}
