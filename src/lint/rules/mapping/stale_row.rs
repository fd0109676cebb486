use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;

/// ## What it finds
/// A row whose operation is no longer in the source.
/// ## Why it matters
/// It is kept for the record; somebody should see whether the operation is gone or was renamed.
/// ## Example
/// A row with `reviewed` = `stale`
/// ## Instead
/// Remove it, or give its decision to the operation's new row.
pub(super) static RULE: Rule = Rule {
    id: "stale-row",
    severity: Severity::Note,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        let (reviewed, span) = mapping.cell(row, "reviewed");
        if reviewed == "stale" {
            let id = mapping.cell(row, "operationId").0;
            out.add(
                span,
                "",
                format!("mapping row {}: `{id}` is no longer in the source", row.number),
            )
            .help("remove the row, or move its decision");
        }
    }
}
