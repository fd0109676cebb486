use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::MappingFile;

/// ## What it finds
/// An object key that is not in the plain form `$.items`.
/// ## Why it matters
/// The mapping keeps the plain form, and the emitted document the one that the runtime treats best; another spelling is
/// taken for the name of a property.
/// ## Example
/// `items[*]`
/// ## Instead
/// `$.items`
pub(super) static RULE: Rule = Rule {
    id: "malformed-object-key",
    severity: Severity::Warning,
    check: Check::Mapping(check),
};

fn check(mapping: &MappingFile, out: &mut Out<'_>) {
    for row in &mapping.rows {
        let (key, span) = mapping.cell(row, "stackql_object_key");
        let is_plain = key.is_empty() || key == "$" || (key.starts_with("$.") && !key.contains(['[', ' ', '*']));
        let is_bracketed = key.starts_with("$[\"");
        if !is_plain && !is_bracketed {
            out.add(
                span,
                "",
                format!("mapping row {}: `{key}` is no plain object key", row.number),
            )
            .help("write `$.items`, `$.data.items`, or `$` for the object itself");
        }
    }
}
