use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;
use crate::mapping::SKIP;

/// ## What it finds
/// A row that leaves an operation out without saying why.
/// ## Why it matters
/// The next person cannot tell whether it was decided or forgotten.
/// ## Example
/// `skip_this_resource` with an empty `reason`
/// ## Instead
/// `skip_this_resource` with `reason` = `multipart upload, which the runtime cannot send`
pub(super) static RULE: Rule = Rule {
    id: "skip-without-reason",
    severity: Severity::Note,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        let (resource, span) = mapping.cell(row, "stackql_resource_name");
        if resource == SKIP && mapping.cell(row, "reason").0.is_empty() {
            let id = mapping.cell(row, "operationId").0;
            out.add(
                span,
                "",
                format!("mapping row {}: `{id}` is left out without a reason", row.number),
            )
            .help("fill in `reason`");
        }
    }
}
