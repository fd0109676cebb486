use crate::diagnostic::Severity;
use crate::lint::names::needs_quotes;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;
use crate::mapping::{SKIP, SqlVerb};
use crate::sql::NamePlace;

/// ## What it finds
/// A resource name, or the method name of an EXEC, that must be quoted in SQL.
/// ## Why it matters
/// Users type these names; quotes are easily forgotten, and the error does not speak of them.
/// ## Example
/// `dns-records`
/// ## Instead
/// `dns_records`
pub(super) static RULE: Rule = Rule {
    id: "unplain-mapped-name",
    severity: Severity::Warning,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        let is_exec = mapping.cell(row, "stackql_verb").0.parse() == Ok(SqlVerb::Exec);
        for column in ["stackql_resource_name", "stackql_method_name"] {
            let (name, span) = mapping.cell(row, column);
            let is_typed = column == "stackql_resource_name" || is_exec;
            if is_typed && !name.is_empty() && name != SKIP && needs_quotes(name, NamePlace::Table) {
                out.add(
                    span,
                    "",
                    format!("mapping row {}: `{name}` must be quoted in SQL", row.number),
                )
                .help("give it another name");
            }
        }
    }
}
