//! Clauses that the API takes over, because the document says how (`queryParamPushdown`, runtime contract 5.2).

use super::{Destination, Explanation, Pushed, TermUse};
use crate::source::{Node, Text};
use crate::sql::parse::{OutputColumn, SelectQuery};

/// The query parameters that LIMIT, OFFSET and the column list become by the block that counts for a method.
pub(super) fn pushdown(
    block: &Node,
    query: &SelectQuery,
    terms: &[TermUse],
    explanation: &mut Explanation,
) -> Vec<Pushed> {
    let mut pushed = Vec::new();
    for (key, default, clause, value) in [
        ("top", "$top", "LIMIT", &query.limit),
        ("skip", "$skip", "OFFSET", &query.offset),
    ] {
        if let (Some(part), Some(value)) = (block.get(key), value) {
            pushed.push(Pushed {
                clause,
                parameter: parameter(part, default),
                value: bounded(part, value),
            });
        }
    }
    if let Some(part) = block.get("select")
        && let Some(columns) = named_columns(query)
        && is_supported(part, &columns)
    {
        pushed.push(Pushed {
            clause: "SELECT",
            parameter: parameter(part, "$select"),
            value: columns.join(part.get_str("delimiter").unwrap_or(",")),
        });
    }
    let filters = terms.iter().any(|term| term.goes_to == Destination::LocalFilter);
    if filters && pushed.iter().any(|pushed| pushed.clause == "LIMIT") {
        explanation.notes.push(
            "LIMIT is sent although rows are filtered afterwards: there may be fewer rows than the API has".to_owned(),
        );
    }
    for (key, what) in [
        ("filter", "the first comparison with a column"),
        ("orderBy", "ORDER BY"),
    ] {
        let is_odata = block
            .get(key)
            .is_some_and(|part| part.get_str("dialect") == Some("odata"));
        if is_odata && (key == "orderBy" || filters) {
            let default = if key == "filter" { "$filter" } else { "$orderby" };
            let name = block.get(key).map_or_else(Text::new, |part| parameter(part, default));
            explanation
                .notes
                .push(format!("{what} is sent as `{name}` too, where it is supported"));
        }
    }
    pushed
}

fn parameter(part: &Node, default: &str) -> Text {
    part.get_str("paramName").unwrap_or(default).into()
}

/// The value, at most `maxValue`.
fn bounded(part: &Node, value: &str) -> String {
    let number = |text: &str| text.parse::<u64>().ok();
    let most = part.get("maxValue").and_then(Node::scalar_text);
    match (most.as_deref().and_then(number), number(value)) {
        (Some(most), Some(wanted)) if most > 0 && wanted > most => most.to_string(),
        _ => value.to_owned(),
    }
}

/// The columns that a statement uses by name, filters included; `None` for `*` and expressions.
fn named_columns(query: &SelectQuery) -> Option<Vec<String>> {
    let columns = query.columns.iter().map(|column| match column {
        OutputColumn::Column { name, .. } => Some(name.to_string()),
        OutputColumn::All | OutputColumn::Expression(_) => None,
    });
    columns.collect()
}

fn is_supported(part: &Node, columns: &[String]) -> bool {
    let Some(supported) = part.get("supportedColumns").and_then(Node::as_list) else {
        return true;
    };
    columns.iter().all(|column| {
        let mut names = supported.iter().filter_map(Node::as_text);
        names.any(|name| name == column || name == "*")
    })
}
