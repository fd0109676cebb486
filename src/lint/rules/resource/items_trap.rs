use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT without `objectKey` on an object that has a property `items` which is no list of rows.
/// ## Why it matters
/// `items` is the runtime's name for the list of rows: it looks there, and finds errors or wrong rows.
/// ## Example
/// `{id: …, items: {type: integer}}` without `objectKey`
/// ## Instead
/// `objectKey: $`: the object itself is the row.
pub(super) static RULE: Rule = Rule {
    id: "items-trap",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb == SqlVerb::Select && matches!(method.rows, Rows::ItemsTrap) {
        out.add(
            method.key_span,
            format!("{}/response", method.pointer),
            format!(
                "`{}` looks for rows in the property `items`, which is no list",
                method.name
            ),
        )
        .help("add `objectKey: $`");
    }
}
