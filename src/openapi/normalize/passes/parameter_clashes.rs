//! Names that mean two things in one operation.

use crate::openapi::normalize::draft::{Draft, Log, with, without};
use crate::openapi::normalize::passes::route_paths::with_source_path;
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::template::{placeholders, renamed};
use crate::openapi::{HttpVerb, Spec};
use crate::source::{Entry, List, Map, Node, Span, Text, Value};

pass! {
    /// Renames a placeholder that is called like a body field or another parameter, and drops an optional parameter that
    /// is called like one that goes first.
    ///
    /// SQL has one value for a name. The runtime puts it into the path, else the query, else the header, else the body,
    /// and the others stay empty. A placeholder is not on the wire, so `{name}` becomes `{path_name}` and both can be
    /// given; names in query, header and body are fixed.
    "parameter-clashes", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.edit_operations(|operation, log| drop_hidden(&view, operation.node, &operation.place, log));
    rename_placeholders(draft);
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

fn rename_placeholders(draft: &mut Draft) {
    let view = draft.view();
    let Some(paths) = view.root.get("paths") else { return };
    let mut entries: Option<Vec<Entry>> = None;
    let start = Place::start("/paths");
    for (index, entry) in paths.as_map().into_iter().flatten().enumerate() {
        let Some((key, value)) = without_clashes(&view, entry, &start.key(&entry.key), &mut draft.log) else {
            continue;
        };
        let entries = entries.get_or_insert_with(|| paths.as_map().into_iter().flatten().cloned().collect());
        entries[index] = Entry {
            key,
            value,
            key_span: entry.key_span,
        };
    }
    if let Some(entries) = entries {
        let paths = Node::map(Map::from_unique(entries.into_iter().collect())).at(paths.span);
        draft.set("paths", paths);
    }
}

fn without_clashes(view: &Spec, path: &Entry, place: &Place<'_>, log: &mut Log) -> Option<(Text, Node)> {
    let names = placeholders(&path.key);
    if names.is_empty() || path.key.starts_with("x-") {
        return None;
    }
    // Names that anything but a placeholder has, in any operation of the path: the placeholder is shared by all.
    let mut others: Vec<String> = Vec::new();
    for entry in path
        .value
        .as_map()
        .into_iter()
        .flatten()
        .filter(|entry| entry.key.parse::<HttpVerb>().is_ok())
    {
        others.extend(body_fields(view, &entry.value).into_iter().map(str::to_owned));
        for written in entry
            .value
            .get("parameters")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
        {
            let parameter = view.resolve(written).unwrap_or(written);
            if parameter.get_str("in") != Some("path") {
                others.extend(parameter.get_str("name").map(str::to_owned));
            }
        }
    }
    let mut key = path.key.clone();
    let mut item = path.value.clone();
    for name in &names {
        if !others.iter().any(|other| other == name) {
            continue;
        }
        let mut new = format!("path_{name}");
        while others.contains(&new) || names.contains(&new.as_str()) {
            new.push('_');
        }
        log.told(
            place,
            path.key_span,
            ecow::eco_format!("{{{name}}}"),
            ecow::eco_format!("{{{new}}}"),
        );
        key = renamed(&key, name, &new);
        item = with_renamed_parameter(view, &item, name, &new);
    }
    (key != path.key && view.root.get("paths")?.get(&key).is_none()).then(|| (key, with_source_path(&item, &path.key)))
}

fn with_renamed_parameter(view: &Spec, item: &Node, old: &str, new: &str) -> Node {
    let mut item = item.clone();
    for entry in item.as_map_mut().into_iter().flat_map(Map::iter_mut) {
        if entry.key.parse::<HttpVerb>().is_err() {
            continue;
        }
        let Some(list) = entry.value.get("parameters").and_then(Node::as_list) else {
            continue;
        };
        let list: List = list
            .iter()
            .map(|written| match view.resolve(written) {
                Some(parameter)
                    if parameter.get_str("in") == Some("path") && parameter.get_str("name") == Some(old) =>
                {
                    with(parameter, "name", Node::string(new))
                }
                _ => written.clone(),
            })
            .collect();
        entry.value = with(&entry.value, "parameters", Node::new(Value::List(list)).at(Span::NONE));
    }
    item
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
