use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;

/// ## What it finds
/// A mapping file without one of the columns that decide.
/// ## Why it matters
/// Its rows cannot be used: what is not there counts as empty.
/// ## Example
/// A file with `stackql_resource` instead of `stackql_resource_name`
/// ## Instead
/// The names as `spgen map --csv` writes them
pub(super) static RULE: Rule = Rule {
    id: "missing-column",
    severity: Severity::Error,
    check: Check::Mapping(check),
};

const COLUMNS: [&str; 8] = [
    "filename",
    "path",
    "operationId",
    "verb",
    "stackql_resource_name",
    "stackql_method_name",
    "stackql_verb",
    "stackql_object_key",
];

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for column in COLUMNS
        .iter()
        .filter(|column| !mapping.columns.iter().any(|name| name == *column))
    {
        out.add(mapping.header, "", format!("the mapping has no column `{column}`"));
    }
}
