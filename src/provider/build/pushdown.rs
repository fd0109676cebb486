//! Which clauses of a statement the API takes over (runtime contract 5.2).

use super::settings::PushdownSetting;
use crate::openapi::{Operation, ParameterLocation, Schema, Spec};
use crate::source::{Map, Node, Text};

/// Query parameters that limit the number of rows.
const LIMITS: [&str; 12] = [
    "limit",
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "max_results",
    "maxResults",
    "MaxResults",
    "size",
    "count",
    "top",
    "$top",
];

/// Query parameters that skip rows.
const OFFSETS: [&str; 4] = ["offset", "skip", "$skip", "start"];

/// The parts of an `OData` block, each with the query parameter that shows it.
const ODATA: [(&str, &str); 5] = [
    ("select", "$select"),
    ("filter", "$filter"),
    ("orderBy", "$orderby"),
    ("top", "$top"),
    ("skip", "$skip"),
];

/// The `queryParamPushdown` block of a method that answers SELECT; `columns` are those of its rows.
pub(super) fn of(
    spec: &Spec,
    operation: &Operation,
    columns: &[Text],
    is_paged: bool,
    setting: &PushdownSetting,
) -> Option<Node> {
    match setting {
        PushdownSetting::Off => None,
        PushdownSetting::Fixed(block) => applies(block, operation).then(|| block.clone()),
        PushdownSetting::Inferred => odata(operation, columns).or_else(|| limit(spec, operation, is_paged)),
    }
}

/// Whether the operation takes the parameters that a block names.
pub(super) fn applies(block: &Node, operation: &Operation) -> bool {
    let parts = block.as_map().into_iter().flatten();
    let mut named = parts.filter_map(|part| {
        let default = ODATA.iter().find(|(key, _)| *key == part.key).map(|(_, name)| *name);
        part.value.get_str("paramName").or(default)
    });
    named.any(|name| has_query(operation, name))
}

fn has_query(operation: &Operation, name: &str) -> bool {
    query(operation, name).is_some()
}

fn query<'a>(operation: &'a Operation, name: &str) -> Option<&'a crate::openapi::Parameter> {
    let mut parameters = operation.parameters.iter();
    parameters.find(|parameter| parameter.location == ParameterLocation::Query && parameter.name == name)
}

/// `OData`, where the operation takes at least two of its parameters. Only the columns of the rows are sent, because the
/// runtime would take other inputs for columns.
fn odata(operation: &Operation, columns: &[Text]) -> Option<Node> {
    let shown: Vec<&str> = ODATA
        .iter()
        .filter(|(_, name)| has_query(operation, name))
        .map(|(key, _)| *key)
        .collect();
    if shown.len() < 2 || columns.is_empty() {
        return None;
    }
    let supported = || Node::list(columns.iter().map(|column| Node::string(column.clone())));
    let mut block = Map::new();
    for key in shown {
        let mut part: Map = [("dialect", Node::string("odata"))].into_iter().collect();
        if key == "filter" {
            let operators = ["eq", "ne", "gt", "ge", "lt", "le", "and"];
            part.insert("supportedOperators", Node::list(operators.map(Node::string)));
        }
        if matches!(key, "select" | "filter" | "orderBy") {
            part.insert("supportedColumns", supported());
        }
        block.insert(key, Node::map(part));
    }
    Some(Node::map(block))
}

/// A limit, where there is one page: with further pages it would make them smaller, and more of them.
fn limit(spec: &Spec, operation: &Operation, is_paged: bool) -> Option<Node> {
    if is_paged {
        return None;
    }
    let name = LIMITS.iter().find(|name| is_number(spec, operation, name))?;
    let mut block = Map::new();
    block.insert("top", part(spec, operation, name));
    if let Some(name) = OFFSETS.iter().find(|name| is_number(spec, operation, name)) {
        block.insert("skip", part(spec, operation, name));
    }
    Some(Node::map(block))
}

fn is_number(spec: &Spec, operation: &Operation, name: &str) -> bool {
    let schema = schema_of(spec, operation, name);
    matches!(schema.and_then(|schema| schema.data_type()), Some("integer" | "number"))
}

fn schema_of<'a>(spec: &'a Spec, operation: &'a Operation, name: &str) -> Option<Schema<'a>> {
    let schema = query(operation, name)?.schema.as_ref()?;
    Some(spec.schema(schema))
}

fn part(spec: &Spec, operation: &Operation, name: &str) -> Node {
    let mut part: Map = [("paramName", Node::string(name))].into_iter().collect();
    let most = schema_of(spec, operation, name).and_then(|schema| schema.node().get("maximum")?.as_i64());
    if let Some(most) = most.filter(|most| *most > 0) {
        part.insert("maxValue", Node::integer(most));
    }
    Node::map(part)
}
