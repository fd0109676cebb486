use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Service;
use crate::mapping::SqlVerb;
use crate::provider::names::is_selectable;

/// ## What it finds
/// A column of a SELECT or RETURNING that no statement can name, not even in quotes: reserved words such as `order` or `default`,
/// and names that are no plain identifiers.
/// ## Why it matters
/// `near "order": syntax error`, or wrong values.
/// ## Example
/// `properties: {order: {type: integer}}`
/// ## Instead
/// `properties: {order_: {type: integer, xml: {name: order}}}`: the runtime reads `order` and calls it `order_`.
pub(super) static RULE: Rule = Rule {
    id: "unselectable-column",
    severity: Severity::Warning,
    check: Check::Service(check),
};

fn check(service: &Service<'_>, out: &mut Out<'_>) {
    // Once for each schema, not for each method that returns it.
    let mut said: BTreeSet<u32> = BTreeSet::new();
    for resource in &service.resources {
        let verbs = [SqlVerb::Select, SqlVerb::Insert, SqlVerb::Update, SqlVerb::Replace];
        for (_, method) in verbs.into_iter().flat_map(|verb| resource.listed(verb)) {
            for (name, column) in method.rows.columns() {
                let span = column.written().span;
                if !is_selectable(name) && (!span.is_known() || said.insert(span.start)) {
                    out.add(
                        span,
                        method.pointer.as_str(),
                        format!("the column `{name}` of `{}` cannot be selected", resource.key),
                    )
                    .help("give the property another key, and `xml: {name: …}` with the name on the wire");
                }
            }
        }
    }
}
