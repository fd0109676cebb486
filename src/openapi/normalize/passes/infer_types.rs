//! Schemas without a type.

use crate::openapi::normalize::composition::is_component;
use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::place::Place;
use crate::source::{Map, Node, Value};

pass! {
    /// Gives a type to schemas without one, and `items` to arrays without.
    ///
    /// The type is what the other keywords show; a schema that says nothing at all stands for any JSON value and becomes
    /// text (or a free object, where it is a whole message). In the runtime, properties without `type: object` are one
    /// anonymous column, `EXEC` takes nothing for a field without a type, and arrays of nothing crash it.
    "infer-types", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite_schemas(|schema, place, log| {
        schema.as_map()?;
        if schema.get_str("$ref").is_some() || ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some()) {
            return None;
        }
        let mut typed: Option<Node> = None;
        if schema.get("type").is_none() {
            let name =
                Node::string(evident(schema).unwrap_or_else(|| if is_message(place) { "object" } else { "string" }));
            log.added(&place.key("type"), &name, schema.span);
            typed = Some(with_type_first(schema, name));
        }
        let current = typed.as_ref().unwrap_or(schema);
        if current.get_str("type") == Some("array") && current.get("items").is_none() {
            let items = Node::map(Map::from_iter([("type", Node::string("string"))]));
            log.added(&place.key("items"), &items, schema.span);
            typed = Some(with(current, "items", items));
        }
        typed
    });
}

/// Whether a schema is a whole request or response, or may be one.
fn is_message(place: &Place<'_>) -> bool {
    let above = |place: &Place<'_>, levels: usize| {
        let mut place = *place;
        for _ in 0..levels {
            place = *place.parent()?;
        }
        place.own_key().map(str::to_owned)
    };
    is_component(place) || above(place, 0).as_deref() == Some("schema") && above(place, 2).as_deref() == Some("content")
}

/// The type that the keywords of a schema show.
fn evident(schema: &Node) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
    if has(&["properties", "minProperties", "maxProperties", "required"]) {
        return Some("object");
    }
    if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
        return Some("array");
    }
    if let Some(values) = schema.get("enum").and_then(Node::as_list) {
        return of_values(values);
    }
    if has(&["pattern", "minLength", "maxLength"]) {
        return Some("string");
    }
    match schema.get_str("format") {
        Some("int32" | "int64" | "integer" | "int" | "long") => return Some("integer"),
        Some("float" | "double" | "number" | "decimal") => return Some("number"),
        Some("boolean") => return Some("boolean"),
        Some(_) => return Some("string"),
        None => {}
    }
    if has(&["minimum", "maximum", "multipleOf"]) {
        return Some("number");
    }
    ["default", "example"]
        .iter()
        .find_map(|key| of_values(std::slice::from_ref(schema.get(key)?)))
}

fn of_values(values: &[Node]) -> Option<&'static str> {
    let mut found = None;
    for value in values {
        let name = match &value.value {
            Value::Null => continue,
            Value::Bool(_) => "boolean",
            Value::Number(text) if text.parse::<i64>().is_ok() => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
        };
        found = match found {
            None => Some(name),
            Some(other) if other == name => found,
            Some("integer" | "number") if matches!(name, "integer" | "number") => Some("number"),
            Some(_) => return Some("string"),
        };
    }
    found
}

fn with_type_first(schema: &Node, name: Node) -> Node {
    let mut typed = Map::new();
    typed.insert("type", name);
    for entry in schema.as_map().into_iter().flatten() {
        typed.push_unique(entry.clone());
    }
    Node::map(typed).at(schema.span)
}
