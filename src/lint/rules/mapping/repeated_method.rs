use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{MappingFile, MappingRow};
use crate::mapping::SKIP;

/// ## What it finds
/// Two operations of one service that are mapped to the same method of the same resource.
/// ## Why it matters
/// A method calls one operation: one of them gets another name, or is lost.
/// ## Example
/// `listWidgets` and `listArchivedWidgets`, both `widgets` and `list`
/// ## Instead
/// `list` and `list_archived`
pub(super) static RULE: Rule = Rule {
    id: "repeated-method",
    severity: Severity::Error,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    let mut seen: BTreeMap<[&str; 3], &MappingRow> = BTreeMap::new();
    for row in &mapping.rows {
        let key =
            ["filename", "stackql_resource_name", "stackql_method_name"].map(|column| mapping.cell(row, column).0);
        if key[1].is_empty() || key[1] == SKIP || key[2].is_empty() {
            continue;
        }
        let operation = |row| ["path", "verb"].map(|column| mapping.cell(row, column).0);
        match seen.get(&key) {
            // The same operation again is the business of `repeated-row`.
            Some(first) if operation(first) == operation(row) => {}
            Some(first) => {
                out.add(
                    row.span,
                    "",
                    format!(
                        "mapping row {}: `{}` has a method `{}` already",
                        row.number, key[1], key[2]
                    ),
                )
                .label(first.span, "the other one")
                .help("give one of them another method name");
            }
            None => {
                seen.insert(key, row);
            }
        }
    }
}
