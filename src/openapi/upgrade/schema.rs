//! One schema of JSON Schema 2020-12 as a schema of OpenAPI 3.0. Each function takes one construct.

use super::Log;
use crate::openapi::Change;
use crate::source::{List, Map, Node, Text, Value};

const PASS: &str = "openapi-3.1-to-3.0";

/// Keywords that 3.0 does not know and that say nothing about which columns there are.
const DROPPED: [&str; 20] = [
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$vocabulary",
    "$dynamicRef",
    "$dynamicAnchor",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "additionalItems",
    "contentSchema",
];

/// Whether a schema has anything that 3.0 does not know.
pub(super) fn is_newer(node: &Node) -> bool {
    let Some(map) = node.as_map() else {
        return node.as_bool().is_some();
    };
    map.iter().any(|entry| {
        let value = &entry.value;
        match entry.key.as_str() {
            "type" => value.as_list().is_some() || value.as_str() == Some("null"),
            "exclusiveMinimum" | "exclusiveMaximum" => matches!(value.value, Value::Number(_)),
            "const" | "examples" | "prefixItems" | "patternProperties" | "contentEncoding" | "contentMediaType"
            | "$defs" | "definitions" => true,
            "items" => value.as_list().is_some(),
            "$ref" => map.len() > 1 && value.as_str().is_some(),
            key => DROPPED.contains(&key),
        }
    })
}

/// Converts one schema, not those in it.
pub(super) fn convert(node: &mut Node, pointer: &str, log: &mut Log) {
    if let Value::Bool(allows) = node.value {
        let before = node.clone();
        let not = [("not", Node::map(Map::new()))].into_iter().collect();
        node.value = Value::Map(if allows { Map::new() } else { not });
        log.change(Change::new(PASS, pointer, before.span).before(&before).after(node));
        return;
    }
    if node.as_map().is_none() || !is_newer(node) && !has_null_part(node) {
        return;
    }
    let mut schema = Schema {
        span: node.span,
        pointer,
        log,
        map: std::mem::take(node).into_map(),
    };
    schema.wrap_reference();
    schema.value_list("const");
    schema.examples();
    schema.null_parts("oneOf");
    schema.null_parts("anyOf");
    schema.types();
    schema.bound("exclusiveMinimum", "minimum");
    schema.bound("exclusiveMaximum", "maximum");
    schema.tuple();
    schema.patterns();
    schema.content();
    for keyword in DROPPED {
        schema.drop_keyword(keyword);
    }
    let (map, span) = (schema.map, schema.span);
    *node = Node::map(map).at(span);
}

fn has_null_part(node: &Node) -> bool {
    ["oneOf", "anyOf"].into_iter().any(|keyword| {
        let parts = node.get(keyword).and_then(Node::as_list);
        parts.is_some_and(|parts| parts.iter().any(is_null_schema))
    })
}

/// `type: null`, or nothing but the value null.
fn is_null_schema(node: &Node) -> bool {
    let is_null_type = node.get_str("type") == Some("null")
        || node
            .get("type")
            .and_then(Node::as_list)
            .is_some_and(|types| types.len() == 1 && types[0].as_str() == Some("null"));
    is_null_type || node.get("const").is_some_and(Node::is_null)
}

struct Schema<'a> {
    map: Map,
    span: crate::source::Span,
    pointer: &'a str,
    log: &'a mut Log,
}

impl Schema<'_> {
    fn note(&mut self, keyword: &str, before: &Node, after: Option<&Node>) {
        let pointer = format!("{}/{}", self.pointer, crate::source::pointer::escape(keyword));
        let change = Change::new(PASS, pointer, before.span).before(before);
        self.log.change(match after {
            Some(after) => change.after(after),
            None => change,
        });
    }

    /// Beside `$ref`, 3.0 ignores everything: the reference moves into an `allOf`.
    fn wrap_reference(&mut self) {
        if self.map.len() < 2
            || self
                .map
                .get("$ref")
                .is_none_or(|reference| reference.as_str().is_none())
        {
            return;
        }
        let Some(reference) = self.map.remove("$ref") else {
            return;
        };
        let part = Node::map([("$ref", reference.clone())].into_iter().collect()).at(reference.span);
        let mut parts = List::from([part]);
        if let Some(others) = self.map.get("allOf").and_then(Node::as_list) {
            parts.extend(others.iter().cloned());
        }
        let parts = Node::new(Value::List(parts)).at(reference.span);
        self.note("$ref", &reference, Some(&parts));
        self.map.insert("allOf", parts);
    }

    /// `const: x` allows what `enum: [x]` does.
    fn value_list(&mut self, keyword: &str) {
        let Some(value) = self.map.remove(keyword) else {
            return;
        };
        if value.is_null() {
            self.map.insert("nullable", Node::bool(true).at(value.span));
            self.note(keyword, &value, None);
            return;
        }
        let list = Node::list([value.clone()]).at(value.span);
        self.note(keyword, &value, Some(&list));
        if !self.map.contains_key("type") {
            let name = match value.value {
                Value::Bool(_) => Some("boolean"),
                Value::Number(_) => Some("number"),
                Value::String(_) => Some("string"),
                Value::List(_) | Value::Map(_) | Value::Null => None,
            };
            if let Some(name) = name {
                self.map.insert("type", Node::string(name).at(value.span));
            }
        }
        if !self.map.contains_key("enum") {
            self.map.insert("enum", list);
        }
    }

    /// The first of `examples` becomes the `example`.
    fn examples(&mut self) {
        let Some(examples) = self.map.remove("examples") else {
            return;
        };
        let first = match &examples.value {
            Value::List(list) => list.first().cloned(),
            Value::Map(map) => map.entry_at(0).map(|entry| entry.value.clone()),
            _ => Some(examples.clone()),
        };
        self.note("examples", &examples, first.as_ref());
        if let Some(first) = first
            && !self.map.contains_key("example")
        {
            self.map.insert("example", first);
        }
    }

    /// A part that is null alone makes the schema nullable.
    fn null_parts(&mut self, keyword: &str) {
        let Some(parts) = self.map.get(keyword).and_then(Node::as_list) else {
            return;
        };
        if !parts.iter().any(is_null_schema) {
            return;
        }
        let others: List = parts.iter().filter(|part| !is_null_schema(part)).cloned().collect();
        let Some(before) = self.map.remove(keyword) else {
            return;
        };
        let count = others.len();
        let after = Node::new(Value::List(others)).at(before.span);
        self.note(keyword, &before, Some(&after));
        match count {
            0 => {}
            // One alternative is none.
            1 if !self.map.contains_key("allOf") => {
                self.map.insert("allOf", after);
            }
            _ => {
                self.map.insert(keyword, after);
            }
        }
        self.map.insert("nullable", Node::bool(true).at(before.span));
    }

    /// A list of types: null makes it nullable, one other stays, several become alternatives.
    fn types(&mut self) {
        let Some(declared) = self.map.get("type").cloned() else {
            return;
        };
        let names: Vec<Text> = match &declared.value {
            Value::List(list) => list.iter().filter_map(Node::as_text).cloned().collect(),
            Value::String(name) if name == "null" => vec![name.clone()],
            _ => return,
        };
        let has_null = names.iter().any(|name| name == "null");
        let others: Vec<Text> = names.into_iter().filter(|name| name != "null").collect();
        let after = match others.as_slice() {
            [] => {
                self.map.remove("type");
                None
            }
            [only] => {
                let name = Node::string(only.clone()).at(declared.span);
                self.map.insert("type", name.clone());
                Some(name)
            }
            several => {
                self.map.remove("type");
                Some(self.alternatives(several, &declared))
            }
        };
        if has_null {
            self.map.insert("nullable", Node::bool(true).at(declared.span));
        }
        self.note("type", &declared, after.as_ref());
    }

    fn alternatives(&mut self, names: &[Text], declared: &Node) -> Node {
        let mut parts = List::new();
        for name in names {
            let mut part: Map = [("type", Node::string(name.clone()).at(declared.span))]
                .into_iter()
                .collect();
            let keywords: &[&str] = match name.as_str() {
                "object" => &["properties", "required", "additionalProperties"],
                "array" => &["items", "prefixItems"],
                _ => &[],
            };
            for keyword in keywords {
                if let Some(value) = self.map.remove(keyword) {
                    part.insert(*keyword, value);
                }
            }
            parts.push(Node::map(part).at(declared.span));
        }
        let parts = Node::new(Value::List(parts)).at(declared.span);
        if self.map.contains_key("anyOf") || self.map.contains_key("oneOf") {
            // The alternatives that are there say more.
            return parts;
        }
        self.map.insert("anyOf", parts.clone());
        parts
    }

    /// `exclusiveMinimum: 3` becomes `minimum: 3` with `exclusiveMinimum: true`, if it is the tighter of the two.
    fn bound(&mut self, exclusive: &str, inclusive: &str) {
        let Some(limit) = self.map.get(exclusive).cloned() else {
            return;
        };
        let Value::Number(text) = &limit.value else {
            return;
        };
        let number = |node: &Node| node.scalar_text().and_then(|text| text.parse::<f64>().ok());
        let other = self.map.get(inclusive).and_then(number);
        let own = text.parse::<f64>().ok();
        let is_tighter = match (own, other) {
            (Some(own), Some(other)) if exclusive == "exclusiveMinimum" => own >= other,
            (Some(own), Some(other)) => own <= other,
            _ => true,
        };
        self.note(exclusive, &limit, None);
        if is_tighter {
            self.map.insert(inclusive, limit.clone());
            self.map.insert(exclusive, Node::bool(true).at(limit.span));
        } else {
            self.map.remove(exclusive);
        }
    }

    /// A list with a schema for each place: its items are any of them.
    fn tuple(&mut self) {
        let listed = self.map.get("items").filter(|items| items.as_list().is_some()).cloned();
        if listed.is_some() {
            self.map.remove("items");
        }
        let Some(tuple) = self.map.remove("prefixItems").or(listed) else {
            return;
        };
        let mut parts: Vec<Node> = tuple.as_list().into_iter().flatten().cloned().collect();
        parts.extend(self.map.remove("items").filter(|items| items.as_map().is_some()));
        let mut distinct: Vec<Node> = Vec::new();
        for part in parts {
            if !distinct.contains(&part) {
                distinct.push(part);
            }
        }
        let items = match distinct.len() {
            0 => Node::map(Map::new()),
            1 => distinct.remove(0),
            _ => Node::map([("anyOf", Node::list(distinct))].into_iter().collect()),
        }
        .at(tuple.span);
        self.note("prefixItems", &tuple, Some(&items));
        self.map.insert("items", items);
    }

    /// Properties by pattern are additional properties whose names are not told.
    fn patterns(&mut self) {
        let Some(patterns) = self.map.remove("patternProperties") else {
            return;
        };
        let schemas: Vec<Node> = patterns
            .as_map()
            .into_iter()
            .flatten()
            .map(|entry| entry.value.clone())
            .collect();
        let after = match schemas.as_slice() {
            [only] => only.clone(),
            [] => Node::bool(true),
            _ => Node::map([("anyOf", Node::list(schemas))].into_iter().collect()),
        }
        .at(patterns.span);
        self.note("patternProperties", &patterns, Some(&after));
        if self
            .map
            .get("additionalProperties")
            .is_none_or(|other| other.as_map().is_none())
        {
            self.map.insert("additionalProperties", after);
        }
    }

    /// Encoded text and binary data have a `format` in 3.0.
    fn content(&mut self) {
        let encoding = self.map.remove("contentEncoding");
        let media_type = self.map.remove("contentMediaType");
        let format = match (&encoding, &media_type) {
            (Some(encoding), _) if encoding.as_str().is_some_and(|name| name.starts_with("base64")) => Some("byte"),
            (None, Some(media_type)) if media_type.as_str() == Some("application/octet-stream") => Some("binary"),
            _ => None,
        };
        let format = format.map(Node::string);
        for (keyword, value) in [("contentEncoding", encoding), ("contentMediaType", media_type)] {
            if let Some(value) = value {
                self.note(keyword, &value, format.as_ref());
            }
        }
        if let Some(format) = format
            && !self.map.contains_key("format")
        {
            self.map.insert("format", format);
        }
    }

    fn drop_keyword(&mut self, keyword: &str) {
        if let Some(before) = self.map.remove(keyword) {
            self.note(keyword, &before, None);
        }
    }
}
