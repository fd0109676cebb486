//! The response of a method: which status and media type, which object key, which columns.

use crate::mapping::SqlVerb;
use crate::openapi::{MediaType, Operation, Response, Schema, Spec};
use crate::source::{Node, Text};

/// Where a method's rows come from.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// `openAPIDocKey`; `None` when the operation documents no success response at all.
    pub(super) doc_key: Option<Text>,
    /// `mediaType`, as the document spells it.
    pub(super) media_type: Option<Text>,
    /// `objectKey` in the form that the runtime treats best.
    pub(super) object_key: Option<Text>,
    /// The response schema, as written.
    pub(super) schema: Option<Node>,
    /// Shape of the rows.
    pub(super) rows: Rows,
}

/// What the rows of a response look like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rows {
    /// Objects with these columns (names as on the wire).
    Columns(Vec<Text>),
    /// Scalars: the one column that the runtime calls `column_anon`.
    Scalars,
    /// Nothing to select; why.
    None(String),
}

/// Plans the response of an operation for a verb.
pub(super) fn plan(spec: &Spec, operation: &Operation, verb: SqlVerb, plain_key: &str) -> Plan {
    let Some((response, media_type)) = choose(operation) else {
        return Plan {
            doc_key: success(operation).next().map(|response| response.status.clone()),
            media_type: success(operation)
                .find_map(|response| response.content.first())
                .map(|media_type| media_type.name.clone()),
            object_key: None,
            schema: None,
            rows: Rows::None("no success response holds JSON".into()),
        };
    };
    let schema_node = media_type.schema.clone();
    let (object_key, rows) = match &schema_node {
        None => (None, Rows::None("the success response has no schema".into())),
        Some(node) if verb == SqlVerb::Select => select_rows(&spec.schema(node), plain_key),
        Some(node) => (
            Some(Text::from(plain_key)).filter(|key| !key.is_empty()),
            rows_of(&spec.schema(node)),
        ),
    };
    Plan {
        doc_key: Some(response.status.clone()),
        media_type: Some(media_type.name.clone()),
        object_key,
        schema: schema_node,
        rows,
    }
}

/// Success responses in the order of preference: the lowest 2xx first, then `2XX`, then `default`.
fn success(operation: &Operation) -> impl Iterator<Item = &Response> {
    let rank = |response: &Response| match response.status.as_str() {
        status if status.len() == 3 && status.starts_with('2') && status.bytes().all(|byte| byte.is_ascii_digit()) => {
            status.parse::<u32>().ok()
        }
        "2XX" | "2xx" => Some(300),
        "default" => Some(301),
        _ => None,
    };
    let mut ranked: Vec<_> = operation
        .responses
        .iter()
        .filter_map(|response| Some((rank(response)?, response)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, response)| response)
}

fn choose(operation: &Operation) -> Option<(&Response, &MediaType)> {
    // A `default` beside a documented success is the error body, not rows.
    let has_success = success(operation).any(|response| response.status != "default");
    success(operation)
        .filter(|response| !(has_success && response.status == "default"))
        .find_map(|response| Some((response, json_of(&response.content)?)))
}

fn json_of(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|media_type| media_type.name == "application/json")
        .or_else(|| content.iter().find(|media_type| media_type.is_json()))
        .or_else(|| content.iter().find(|media_type| media_type.name == "*/*"))
}

/// The object key in the runtime's best form, and the rows behind it.
fn select_rows(schema: &Schema<'_>, plain_key: &str) -> (Option<Text>, Rows) {
    let steps: Vec<&str> = plain_key
        .trim_start_matches('$')
        .trim_start_matches('.')
        .split('.')
        .filter(|step| !step.is_empty())
        .collect();
    if steps.is_empty() {
        // `items` is the runtime's default list name: an object with such a property needs `$` to stay one row.
        let is_object_with_items = !schema.is_array() && schema.property("items").is_some();
        return (is_object_with_items.then(|| "$".into()), rows_of(schema));
    }
    let mut key = String::from("$");
    let mut current = *schema;
    for step in steps {
        let name = step.trim_end_matches("[*]");
        let holder = match current.items() {
            Some(items) if current.is_array() => items,
            _ => current,
        };
        let Some(next) = holder.property(name) else {
            return (
                None,
                Rows::None(format!(
                    "the object key `{plain_key}` leads nowhere: there is no property `{name}`"
                )),
            );
        };
        key.push('.');
        key.push_str(name);
        if next.is_array() {
            key.push_str("[*]");
        }
        current = next;
    }
    (Some(key.into()), rows_of(&current))
}

/// The rows that a schema stands for: the items of an array, or the object itself.
fn rows_of(schema: &Schema<'_>) -> Rows {
    let row = match schema.items() {
        Some(items) if schema.is_array() => items,
        None if schema.is_array() => return Rows::None("the array does not say what its items are".into()),
        _ => *schema,
    };
    let columns: Vec<Text> = row.properties().keys().cloned().collect();
    if !columns.is_empty() {
        return Rows::Columns(columns);
    }
    match row.data_type() {
        Some("string" | "integer" | "number" | "boolean") if schema.is_array() => Rows::Scalars,
        Some(scalar @ ("string" | "integer" | "number" | "boolean")) => {
            Rows::None(format!("the response is one {scalar}, not rows"))
        }
        Some("array") => Rows::None("the rows are arrays".into()),
        _ => Rows::None("the response schema names no properties".into()),
    }
}

/// Whether EXEC runs with this response schema as it is (runtime contract 4.3): a root array, or an array among the
/// properties.
pub(super) fn exec_runs(schema: &Schema<'_>) -> bool {
    schema.is_array() && schema.items().is_some_and(|items| !items.properties().is_empty())
        || schema
            .properties()
            .values()
            .any(|property| property.is_array() && property.items().is_some())
}
