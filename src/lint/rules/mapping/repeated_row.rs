use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{MappingFile, MappingRow};

/// ## What it finds
/// Two rows for the same operation (`filename` and `operationId`).
/// ## Why it matters
/// One of the two decisions is lost.
/// ## Example
/// Two rows `shop.yaml`, `getWidget`
/// ## Instead
/// One row
pub(super) static RULE: Rule = Rule {
    id: "repeated-row",
    severity: Severity::Error,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    let mut seen: BTreeMap<[&str; 4], &MappingRow> = BTreeMap::new();
    for row in &mapping.rows {
        let key = ["filename", "operationId", "path", "verb"].map(|column| mapping.cell(row, column).0);
        if key[1].is_empty() {
            continue;
        }
        match seen.get(&key) {
            Some(first) => {
                out.add(
                    row.span,
                    "",
                    format!("mapping row {}: `{}` has a row already", row.number, key[1]),
                )
                .label(first.span, "the other one")
                .help("remove one of them");
            }
            None => {
                seen.insert(key, row);
            }
        }
    }
}
