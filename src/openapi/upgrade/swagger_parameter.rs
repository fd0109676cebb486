//! Parameters and headers of `Swagger` 2.0: what describes their value moves into a schema.

use super::Log;
use super::swagger_2_0::PASS;
use crate::diagnostic::Diagnostic;
use crate::openapi::Change;
use crate::source::{Map, Node};

/// Keywords that describe the value.
const OF_THE_VALUE: [&str; 17] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
];

/// A parameter of path, query or header as 3.0.
pub(super) fn parameter(old: &Node, place: &str, log: &mut Log) -> Node {
    if old.as_map().is_none() || old.get("$ref").is_some() {
        return old.clone();
    }
    let (mut out, schema) = divide(old);
    let location = old.get_str("in").unwrap_or_default();
    if let Some(format) = out.remove("collectionFormat") {
        collection(&mut out, location, &format, place, log);
    } else if old.get_str("type") == Some("array") && location == "query" {
        // What counts where nothing is said: values with commas in between, which 3.0 does not do by default.
        out.insert("style", Node::string("form"));
        out.insert("explode", Node::bool(false));
    }
    finish(old, out, schema, place, log)
}

/// A response header as 3.0.
pub(super) fn header(old: &Node, place: &str, log: &mut Log) -> Node {
    if old.as_map().is_none() || old.get("$ref").is_some() || old.get("schema").is_some() {
        return old.clone();
    }
    let (mut out, schema) = divide(old);
    out.remove("collectionFormat");
    finish(old, out, schema, place, log)
}

/// The schema of a form field.
pub(super) fn field_schema(old: &Node) -> Node {
    let (rest, mut schema) = divide(old);
    if let Some(description) = rest.get("description") {
        schema.insert("description", description.clone());
    }
    Node::map(schema).at(old.span)
}

/// What describes the parameter, and what describes its value.
fn divide(old: &Node) -> (Map, Map) {
    let mut rest = Map::new();
    let mut schema = Map::new();
    for entry in old.as_map().into_iter().flatten() {
        if OF_THE_VALUE.contains(&entry.key.as_str()) {
            schema.push_unique(entry.clone());
        } else {
            rest.push_unique(entry.clone());
        }
    }
    if let Some(items) = schema.get_mut("items") {
        drop_collection_formats(items);
    }
    (rest, schema)
}

/// Lists in lists say how they are written, too; 3.0 has no word for it.
fn drop_collection_formats(items: &mut Node) {
    let mut items = items;
    while let Some(map) = items.as_map_mut() {
        map.remove("collectionFormat");
        match map.get_mut("items") {
            Some(next) => items = next,
            None => return,
        }
    }
}

fn finish(old: &Node, mut out: Map, schema: Map, place: &str, log: &mut Log) -> Node {
    if schema.is_empty() {
        return Node::map(out).at(old.span);
    }
    let schema = Node::map(schema).at(old.span);
    log.change(
        Change::new(PASS, place, old.span)
            .before(old)
            .after_text("its value is described by `schema`"),
    );
    out.insert("schema", schema);
    Node::map(out).at(old.span)
}

fn collection(out: &mut Map, location: &str, format: &Node, place: &str, log: &mut Log) {
    let is_query = location == "query";
    let (style, explode) = match format.as_str() {
        Some("multi") if is_query => ("form", true),
        Some("ssv") if is_query => ("spaceDelimited", false),
        Some("pipes") if is_query => ("pipeDelimited", false),
        Some("csv") | None if is_query => ("form", false),
        Some("csv") | None => ("simple", false),
        Some(other) => {
            log.findings.push(
                Diagnostic::warning(
                    "unsupported-collection-format",
                    format!("OpenAPI 3.0 has no form for `collectionFormat: {other}`; values are separated by commas"),
                )
                .at(format.span)
                .pointer(format!("{place}/collectionFormat"))
                .help("pass a list as one text in the form that the API wants"),
            );
            (if is_query { "form" } else { "simple" }, false)
        }
    };
    out.insert("style", Node::string(style).at(format.span));
    out.insert("explode", Node::bool(explode).at(format.span));
    log.change(
        Change::new(PASS, format!("{place}/collectionFormat"), format.span)
            .before(format)
            .after_text(format!("style: {style}, explode: {explode}")),
    );
}
