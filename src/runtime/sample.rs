//! JSON values that fit a schema: the same ones on every run.

use serde_json::{Map, Value};

use crate::openapi::Schema;
use crate::source::Node;

/// How deep objects and arrays are filled.
const MAX_DEPTH: usize = 6;

/// A value that fits the schema. `name` makes text values recognisable.
pub(super) fn sample(schema: &Schema<'_>, name: &str) -> Value {
    value_at(schema, name, &mut Vec::new())
}

fn value_at<'a>(schema: &Schema<'a>, name: &str, path: &mut Vec<&'a Node>) -> Value {
    // A schema inside itself is shown once more, so that rows of its kind are not empty.
    let repeated = path.iter().filter(|seen| std::ptr::eq(**seen, schema.node())).count();
    if path.len() > MAX_DEPTH || repeated > 1 {
        return Value::Object(Map::new());
    }
    if let Some(first) = schema.enum_values().iter().find(|value| !value.is_empty()) {
        return typed(schema, first);
    }
    path.push(schema.node());
    let value = match schema.data_type() {
        Some("array") => array(schema, name, path),
        Some("object") => object(schema, name, path),
        Some("boolean" | "bool") => Value::Bool(true),
        Some("integer" | "int" | "int32" | "int64" | "long") => integer(schema),
        Some("number" | "float" | "double") => serde_json::json!(1.5),
        _ => Value::String(text(schema, name)),
    };
    path.pop();
    value
}

fn typed(schema: &Schema<'_>, text: &str) -> Value {
    match schema.data_type() {
        Some("integer" | "number" | "boolean") => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        }
        _ => Value::String(text.to_owned()),
    }
}

fn integer(schema: &Schema<'_>) -> Value {
    let bound = |key: &str| schema.node().get(key).and_then(Node::as_i64);
    let wanted = bound("default").unwrap_or(1);
    let low = bound("minimum").unwrap_or(wanted);
    Value::from(wanted.max(low).min(bound("maximum").unwrap_or(i64::MAX)))
}

fn array<'a>(schema: &Schema<'a>, name: &str, path: &mut Vec<&'a Node>) -> Value {
    match schema.items() {
        Some(items) => Value::Array(vec![value_at(&items, name, path)]),
        None => Value::Array(vec![Value::String(format!("s_{name}"))]),
    }
}

fn object<'a>(schema: &Schema<'a>, name: &str, path: &mut Vec<&'a Node>) -> Value {
    let properties = schema.properties();
    let mut object = Map::new();
    for (key, property) in &properties {
        object.insert(wire_name(key, property), value_at(property, key, path));
    }
    if properties.is_empty() {
        let values = schema
            .node()
            .get("additionalProperties")
            .filter(|values| values.as_map().is_some());
        let value = match values {
            Some(values) => value_at(&schema.spec().schema(values), name, path),
            None => Value::String("value".to_owned()),
        };
        object.insert("key".to_owned(), value);
    }
    Value::Object(object)
}

/// The name on the wire: `xml.name` counts for JSON answers too.
fn wire_name(key: &str, property: &Schema<'_>) -> String {
    let renamed = property.node().get("xml").and_then(|xml| xml.get_str("name"));
    renamed.unwrap_or(key).to_owned()
}

fn text(schema: &Schema<'_>, name: &str) -> String {
    match schema.format() {
        Some("date-time") => "2024-01-02T03:04:05Z".to_owned(),
        Some("date") => "2024-01-02".to_owned(),
        Some("uuid") => "00000000-0000-4000-8000-000000000001".to_owned(),
        Some("uri" | "url") => "https://example.com/x".to_owned(),
        Some("byte") => "eA==".to_owned(),
        Some("email") => "user@example.com".to_owned(),
        _ => format!("s_{}", plain(name)),
    }
}

/// The name without characters that a path or a statement could misread.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect()
}
