//! Names that mean two things in one operation.

use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, Log, with, without};
use crate::openapi::normalize::place::Place;
use crate::source::{List, Node, Value};

pass! {
    /// Drops an optional parameter that is called like one that goes first, or like a body field.
    ///
    /// SQL has one value for a name. The runtime puts it into the path, else the query, else the header, else the body,
    /// and the others stay empty; names in query, header and body are fixed. Placeholders, whose names are not on the
    /// wire, give way when the provider is built: there it is known which operations are used.
    "parameter-clashes", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.edit_operations(|operation, log| drop_hidden(&view, operation.node, &operation.place, log));
}

/// Drops optional parameters that another one of the same name hides.
fn drop_hidden(view: &Spec, operation: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let parameters = operation.get("parameters")?;
    let list = parameters.as_list()?;
    let body = body_fields(view, operation);
    let facts: Vec<(&str, &str, bool)> = list
        .iter()
        .map(|written| {
            let parameter = view.resolve(written).unwrap_or(written);
            let required = parameter.get("required").and_then(Node::as_bool) == Some(true);
            (
                parameter.get_str("name").unwrap_or_default(),
                parameter.get_str("in").unwrap_or_default(),
                required,
            )
        })
        .collect();
    let place = place.key("parameters");
    let mut kept = List::new();
    for (index, (written, (name, location, required))) in list.iter().zip(&facts).enumerate() {
        let twin = |other: &str| facts.iter().find(|fact| fact.0 == *name && fact.1 == other);
        let hidden_by = match *location {
            "header" => twin("query").map(|_| "a query parameter"),
            "query" => twin("header").filter(|twin| twin.2).map(|_| "a required header"),
            _ => None,
        }
        .or_else(|| {
            (matches!(*location, "header" | "query") && body.iter().any(|field| field == name))
                .then_some("a body field")
        });
        let Some(hidden_by) = hidden_by else {
            kept.push(written.clone());
            continue;
        };
        if *required {
            log.warn(
                &place.index(index),
                written.span,
                format!("`{name}` is also the name of {hidden_by}; a statement can give one value only"),
                "leave the operation out or patch the description",
            );
            kept.push(written.clone());
        } else {
            log.told(
                &place.index(index),
                written.span,
                ecow::eco_format!("{location} parameter `{name}`"),
                ecow::eco_format!("left out: also the name of {hidden_by}"),
            );
        }
    }
    if kept.len() == list.len() {
        return None;
    }
    if kept.is_empty() {
        return without(operation, &["parameters"]);
    }
    Some(with(
        operation,
        "parameters",
        Node::new(Value::List(kept)).at(parameters.span),
    ))
}

/// The fields of the request body that can be given: the properties of its schema, JSON preferred, without read-only ones.
fn body_fields<'n>(view: &'n Spec, operation: &'n Node) -> Vec<&'n str> {
    let content = operation
        .get("requestBody")
        .and_then(|body| view.resolve(body))
        .and_then(|body| body.get("content"))
        .and_then(Node::as_map);
    let Some(content) = content else { return Vec::new() };
    let json = content
        .iter()
        .find(|entry| entry.key.contains("json"))
        .or_else(|| content.entry_at(0));
    let schema = json
        .and_then(|media| media.value.get("schema"))
        .and_then(|schema| view.resolve(schema));
    let properties = schema
        .and_then(|schema| schema.get("properties"))
        .and_then(Node::as_map);
    properties
        .into_iter()
        .flatten()
        .filter(|entry| entry.value.get("readOnly").and_then(Node::as_bool) != Some(true))
        .map(|entry| entry.key.as_str())
        .collect()
}
