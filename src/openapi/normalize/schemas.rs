//! Schemas in the keywords of 3.0.

use super::conform::{as_flag, as_number};
use super::draft::{Log, with, without};
use super::place::Place;
use crate::source::{List, Map, Node, Text, Value};

/// A schema with the keywords of other dialects translated; `None` when there is nothing to translate.
pub(super) fn translated(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let mut current = schema.clone();
    for step in [
        types,
        items,
        constant,
        exclusive_bounds,
        examples,
        discriminator,
        required,
    ] {
        if let Some(next) = step(&current, place, log) {
            current = next;
        }
    }
    let changed = match (&current.value, &schema.value) {
        (Value::Map(new), Value::Map(old)) => !new.shares_with(old),
        _ => true,
    };
    changed.then_some(current)
}

fn types(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let written = schema.get("type")?;
    let (name, format, is_nullable) = match &written.value {
        Value::String(text) => {
            if is_type(text) {
                return None;
            }
            let (name, format) = known_name(text, schema);
            (name, format, text.eq_ignore_ascii_case("null"))
        }
        Value::List(list) => {
            let names: Vec<&str> = list.iter().filter_map(Node::as_str).collect();
            (common_type(&names, schema), None, names.contains(&"null"))
        }
        _ => (None, None, false),
    };
    let mut new = schema.clone();
    let map = new.as_map_mut()?;
    match name {
        Some(name) => drop(map.insert("type", Node::string(name).at(written.span))),
        None => drop(map.remove("type")),
    }
    if let Some(format) = format
        && schema.get("format").is_none()
    {
        map.insert("format", Node::string(format));
    }
    if is_nullable {
        map.insert("nullable", Node::bool(true));
    }
    log.changes.push(
        crate::openapi::Change::new(log.pass, place.key("type").pointer(), written.span)
            .before(written)
            .after_text(match (name, is_nullable) {
                (Some(name), true) => ecow::eco_format!("{name}, nullable"),
                (Some(name), false) => name.into(),
                (None, true) => "nullable".into(),
                (None, false) => Text::new(),
            }),
    );
    Some(new)
}

fn is_type(name: &str) -> bool {
    ["string", "number", "integer", "boolean", "array", "object"].contains(&name)
}

/// The type and format that a name from elsewhere stands for.
fn known_name(name: &str, schema: &Node) -> (Option<&'static str>, Option<&'static str>) {
    match name.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "char" | "varchar" | "enum" => (Some("string"), None),
        "number" | "decimal" | "numeric" => (Some("number"), None),
        "float" => (Some("number"), Some("float")),
        "double" => (Some("number"), Some("double")),
        "integer" | "int" => (Some("integer"), None),
        "int32" => (Some("integer"), Some("int32")),
        "int64" | "long" | "bigint" => (Some("integer"), Some("int64")),
        "boolean" | "bool" => (Some("boolean"), None),
        "array" | "list" => (Some("array"), None),
        "object" | "map" | "hash" | "dict" | "json" => (Some("object"), None),
        "date" => (Some("string"), Some("date")),
        "datetime" | "date-time" | "timestamp" => (Some("string"), Some("date-time")),
        "uuid" | "guid" => (Some("string"), Some("uuid")),
        "uri" | "url" => (Some("string"), Some("uri")),
        "email" => (Some("string"), Some("email")),
        "file" | "binary" => (Some("string"), Some("binary")),
        "byte" => (Some("string"), Some("byte")),
        // Any other name says nothing; what the other keywords show counts.
        _ => (
            if schema.get("properties").is_some() {
                Some("object")
            } else {
                None
            },
            None,
        ),
    }
}

/// The one type that stands for a list of types.
fn common_type(names: &[&str], schema: &Node) -> Option<&'static str> {
    let has = |name: &str| names.contains(&name);
    let kinds = names.iter().filter(|name| is_type(name)).count();
    let only = |name: &str| has(name) && kinds == 1;
    for name in ["string", "number", "integer", "boolean", "array", "object"] {
        if only(name) {
            return Some(name);
        }
    }
    if kinds == 0 {
        return None;
    }
    if kinds == 2 && has("integer") && has("number") {
        return Some("number");
    }
    if has("object") && schema.get("properties").is_some() {
        return Some("object");
    }
    // Text takes everything else: JSON is text too.
    Some("string")
}

/// `items: [..]`: one schema for all places, to be flattened like any other choice.
fn items(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let written = schema.get("items")?;
    let list = written.as_list()?;
    let items = match list.as_slice() {
        [] => {
            log.removed(&place.key("items"), written);
            return without(schema, &["items"]);
        }
        [one] => one.clone(),
        several => Node::map(Map::from_iter([("anyOf", Node::list(several.to_vec()))])).at(written.span),
    };
    log.replaced(&place.key("items"), written, &items);
    Some(with(schema, "items", items))
}

fn constant(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let value = schema.get("const")?;
    let rest = without(schema, &["const"])?;
    let values = Node::list([value.clone()]).at(value.span);
    log.told(&place.key("const"), value.span, "const", "enum");
    Some(if rest.get("enum").is_some() {
        rest
    } else {
        with(&rest, "enum", values)
    })
}

/// `exclusiveMinimum: 3`: the number is the bound, the keyword says that it is exclusive.
fn exclusive_bounds(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let mut changed: Option<Node> = None;
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(written) = schema.get(exclusive) else { continue };
        if as_flag(written).is_some() && !matches!(written.value, Value::Number(_)) {
            continue;
        }
        let Some(number) = as_number(written) else { continue };
        let current = changed.as_ref().unwrap_or(schema);
        let current = with(current, bound, number.at(written.span));
        log.told(
            &place.key(exclusive),
            written.span,
            ecow::eco_format!("{exclusive}: {}", written.scalar_text().unwrap_or_default()),
            ecow::eco_format!(
                "{bound}: {}, {exclusive}: true",
                written.scalar_text().unwrap_or_default()
            ),
        );
        changed = Some(with(&current, exclusive, Node::bool(true)));
    }
    changed
}

fn examples(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let examples = schema.get("examples")?;
    let first = match &examples.value {
        Value::List(list) => list.first().cloned(),
        _ => None,
    };
    log.told(
        &place.key("examples"),
        examples.span,
        "examples",
        if first.is_some() { "example" } else { "" },
    );
    let rest = without(schema, &["examples"])?;
    match first {
        Some(first) if rest.get("example").is_none() => Some(with(&rest, "example", first)),
        _ => Some(rest),
    }
}

/// `discriminator: kind` of 2.0.
fn discriminator(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let written = schema.get("discriminator")?;
    written.as_str()?;
    let object = Node::map(Map::from_iter([("propertyName", written.clone())])).at(written.span);
    log.replaced(&place.key("discriminator"), written, &object);
    Some(with(schema, "discriminator", object))
}

/// `required: true` on a property belongs into the list of the schema around it.
fn required(schema: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let properties = schema.get("properties").and_then(Node::as_map)?;
    let says_required = |property: &Node| {
        property
            .get("required")
            .filter(|required| required.as_list().is_none() && required.as_map().is_none())
            .is_some_and(|required| as_flag(required) == Some(true))
    };
    let mut names: List = schema
        .get("required")
        .and_then(Node::as_list)
        .cloned()
        .unwrap_or_default();
    let before = names.len();
    for entry in properties.iter().filter(|entry| says_required(&entry.value)) {
        let name = Node::string(entry.key.clone());
        if !names.contains(&name) {
            log.told(
                &place.key("properties").key(&entry.key).key("required"),
                entry.key_span,
                "required: true",
                "named in the list `required`",
            );
            names.push(name);
        }
    }
    (names.len() > before).then(|| with(schema, "required", Node::new(Value::List(names)).at(schema.span)))
}
