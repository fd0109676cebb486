use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;
use crate::mapping::SKIP;

/// ## What it finds
/// A row that leaves resource, method or verb open.
/// ## Why it matters
/// Its operation is not in the provider, and nothing says that this is meant.
/// ## Example
/// A row with a resource and without a method
/// ## Instead
/// Fill it in, or write `skip_this_resource` with a reason.
pub(super) static RULE: Rule = Rule {
    id: "undecided-row",
    severity: Severity::Warning,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        if mapping.cell(row, "stackql_resource_name").0 == SKIP {
            continue;
        }
        let open: Vec<&str> = ["stackql_resource_name", "stackql_method_name", "stackql_verb"]
            .into_iter()
            .filter(|column| mapping.cell(row, column).0.is_empty())
            .collect();
        if !open.is_empty() {
            let id = mapping.cell(row, "operationId").0;
            out.add(
                row.span,
                "",
                format!("mapping row {}: `{id}` leaves `{}` open", row.number, open.join("`, `")),
            )
            .help(format!("decide, or write `{SKIP}` with a reason"));
        }
    }
}
