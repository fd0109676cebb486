use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// Two columns of a SELECT whose names differ only in case.
/// ## Why it matters
/// SQL does not tell them apart: the table cannot be created, and the method fails.
/// ## Example
/// `properties: {id: …, ID: …}`
/// ## Instead
/// `properties: {id: …, id_2: {xml: {name: ID}}}`
pub(super) static RULE: Rule = Rule {
    id: "case-duplicate-column",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select {
        return;
    }
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, column) in method.rows.columns() {
        if let Some(first) = seen.insert(name.to_lowercase().to_string(), name) {
            out.add(
                method.key_span,
                method.pointer.as_str(),
                format!(
                    "the columns `{first}` and `{name}` of `{}` differ in case only",
                    method.name
                ),
            )
            .label(column.written().span, "the second one")
            .help("give one of them another key, and `xml: {name: …}`");
        }
    }
}
