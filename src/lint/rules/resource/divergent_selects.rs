use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Resource, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// SELECT methods of one resource whose rows have hardly a column in common.
/// ## Why it matters
/// DESCRIBE shows the columns of the first one only, and a statement that works with one WHERE clause fails with another.
/// ## Example
/// `widgets` with `list` (id, name) and `get_usage` (bytes, requests)
/// ## Instead
/// A resource for each kind of row.
pub(super) static RULE: Rule = Rule {
    id: "divergent-selects",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    let listed: Vec<_> = resource
        .listed(SqlVerb::Select)
        .filter_map(|(entry, method)| {
            let names: BTreeSet<&str> = match &method.rows {
                Rows::Columns(columns) => columns.iter().map(|(name, _)| name.as_str()).collect(),
                Rows::Scalars => BTreeSet::from(["column_anon"]),
                _ => return None,
            };
            Some((entry, method, names))
        })
        .collect();
    let Some((first_entry, first, columns)) = listed.first() else {
        return;
    };
    for (entry, method, names) in &listed[1..] {
        let shared = names.intersection(columns).count();
        // A quarter of the smaller one: lists often show less than single items do.
        if shared * 4 < names.len().min(columns.len()) {
            out.add(
                entry.span,
                format!("{}/sqlVerbs/select", resource.pointer),
                format!(
                    "the rows of `{}` share {shared} of {} columns with those of `{}`",
                    method.name,
                    names.len(),
                    first.name
                ),
            )
            .label(first_entry.span, "what DESCRIBE shows")
            .help("give it a resource of its own");
        }
    }
}
