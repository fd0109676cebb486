use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A row whose `stackql_verb` is none of `select`, `insert`, `update`, `replace`, `delete`, `exec`.
/// ## Why it matters
/// Its operation is left out of the provider.
/// ## Example
/// `stackql_verb` = `create`
/// ## Instead
/// `insert`
pub(super) static RULE: Rule = Rule {
    id: "unknown-sql-verb",
    severity: Severity::Error,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        let (verb, span) = mapping.cell(row, "stackql_verb");
        if !verb.is_empty() && verb.parse::<SqlVerb>().is_err() {
            out.add(
                span,
                "",
                format!("mapping row {}: there is no SQL verb `{verb}`", row.number),
            )
            .help("one of `select`, `insert`, `update`, `replace`, `delete`, `exec`");
        }
    }
}
