//! The parameters of an operation as the runtime can send them.

use super::{WIRE_TYPE, typed};
use crate::mapping::SqlVerb;
use crate::openapi::{ParameterLocation, Schema, Spec};
use crate::provider::build::method::Draft;
use crate::source::{Map, Node, Text};

/// The parameter list of a method; `None` when it stands as it is. EXEC takes text for everything, the other verbs for
/// the disputed names: the runtime refuses a resource whose methods demand one name with different types. A disputed
/// list is text as well then, which names one item.
pub(super) fn list(spec: &Spec, draft: &Draft, disputed: &[Text]) -> Option<Node> {
    let is_exec = draft.sql_verb == SqlVerb::Exec;
    let mut changed = draft.call.is_changed;
    let mut list = Vec::with_capacity(draft.call.parameters.len());
    for parameter in &draft.call.parameters {
        let mut node = parameter.node.clone();
        let schema = parameter.schema.as_ref().map(|schema| spec.schema(schema));
        let is_text = is_exec || disputed.contains(&parameter.name);
        let text = match &schema {
            Some(schema) if parameter.location == ParameterLocation::Path && schema.data_type() == Some("object") => {
                // Objects have no form in a path; descriptions made from classes declare some all the same.
                Some(typed("string"))
            }
            Some(schema) if disputed.contains(&parameter.name) && is_structured(schema) => Some(as_one_item(schema)),
            Some(schema) if is_text => as_text(schema),
            None if is_text => Some(typed("string")),
            _ => None,
        };
        if let (Some(text), Some(map)) = (text, node.as_map_mut()) {
            map.remove("content");
            map.insert("schema", text);
            changed = true;
        }
        list.push(node);
    }
    let is_search_with_body = draft.sql_verb == SqlVerb::Select && draft.body.media_type().is_some();
    if is_search_with_body && list.is_empty() {
        // Optional body fields are unknown to the runtime when the operation declares no parameter at all.
        list.push(accept_parameter());
        changed = true;
    }
    changed.then(|| Node::list(list))
}

fn is_structured(schema: &Schema<'_>) -> bool {
    matches!(schema.data_type(), Some("object" | "array"))
}

/// A list or an object in the address as plain text.
fn as_one_item(schema: &Schema<'_>) -> Node {
    let mut node = Map::new();
    if let Some(description) = schema.node().get("description") {
        node.insert("description", description.clone());
    }
    node.insert("type", Node::string("string"));
    node.insert(WIRE_TYPE, Node::string(schema.data_type().unwrap_or_default()));
    Node::map(node)
}

/// The schema as text, when EXEC would not take it as it is (runtime contract 4.2): the real type stays readable under
/// [`WIRE_TYPE`].
pub(super) fn as_text(schema: &Schema<'_>) -> Option<Node> {
    let data_type = schema.data_type();
    if matches!(data_type, Some("string" | "object" | "array")) && schema.node().get("type").is_some() {
        return None;
    }
    let mut node = schema.node().as_map().cloned().unwrap_or_default();
    if is_structured(schema) {
        // The type is evident to a reader, but the runtime wants to see it.
        node.insert("type", Node::string(data_type.unwrap_or_default()));
        return Some(Node::map(node));
    }
    for keyword in [
        "allOf",
        "oneOf",
        "anyOf",
        "discriminator",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "default",
        "enum",
        "example",
    ] {
        if let Some(value) = node.remove(keyword)
            && let Some(value) = texts(keyword, &value)
        {
            node.insert(keyword, value);
        }
    }
    node.insert("type", Node::string("string"));
    if let Some(data_type) = data_type {
        node.insert(WIRE_TYPE, Node::string(data_type));
    }
    Some(Node::map(node))
}

/// The values of `default`, `enum` and `example` as text, so that they fit the type `string`.
fn texts(keyword: &str, value: &Node) -> Option<Node> {
    match keyword {
        "default" | "example" => value.scalar_text().map(Node::string),
        "enum" => Some(Node::list(
            value
                .as_list()?
                .iter()
                .filter(|value| !value.is_null())
                .filter_map(Node::scalar_text)
                .map(Node::string),
        )),
        _ => None,
    }
}

fn accept_parameter() -> Node {
    let map: Map = [
        ("name", Node::string("Accept")),
        ("in", Node::string("header")),
        ("description", Node::string("Media type of the answer.")),
        ("required", Node::bool(false)),
        ("schema", typed("string")),
    ]
    .into_iter()
    .collect();
    Node::map(map)
}
