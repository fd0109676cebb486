//! What a path item says for all its operations.

use crate::openapi::HttpVerb;
use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, Log, with, without};
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::walk::rewrite_values;
use crate::source::{Entry, List, Node, Value};

pass! {
    /// Copies the parameters and servers of a path item into each of its operations.
    ///
    /// The runtime reads operations only: a placeholder that is declared on the path item alone is sent unfilled. An
    /// operation's own parameter of the same name and location wins, and so do its own servers. Keys of a path item
    /// that are no verbs of OpenAPI 3.0 (`copy`, `search`, …) are dropped with a warning: the runtime cannot send them.
    "lift-path-items", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.edit_path_items(|entry, place, log| {
        let known = drop_unknown_verbs(&entry.value, place, log);
        lift(&view, known.as_ref().unwrap_or(&entry.value), place, log).or(known)
    });
}

fn drop_unknown_verbs(item: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let known = |entry: &Entry| {
        entry.key.starts_with("x-")
            || entry.key.parse::<HttpVerb>().is_ok()
            || ["summary", "description", "servers", "parameters", "$ref"].contains(&entry.key.as_str())
    };
    let map = item.as_map()?;
    if map.iter().all(known) {
        return None;
    }
    for entry in map.iter().filter(|entry| !known(entry)) {
        let place = place.key(&entry.key);
        log.removed(&place, &entry.value);
        if entry.value.get("responses").is_some() {
            log.warn(
                &place,
                entry.key_span,
                format!(
                    "`{}` is no verb that the runtime can send; the operation is left out",
                    entry.key
                ),
                "describe the operation under a standard verb",
            );
        }
    }
    let mut item = item.clone();
    item.as_map_mut()?.retain(known);
    Some(item)
}

fn lift(view: &Spec, item: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let shared = item.get("parameters").and_then(Node::as_list);
    let servers = item.get("servers");
    if shared.is_none() && servers.is_none() {
        return None;
    }
    let operations = rewrite_values(item.as_map()?, |entry| {
        entry.key.parse::<HttpVerb>().ok()?;
        entry.value.as_map()?;
        let mut operation = entry.value.clone();
        if let Some(parameters) = shared.and_then(|shared| added(view, &operation, shared)) {
            operation = with(&operation, "parameters", parameters);
        }
        if let Some(servers) = servers.filter(|_| operation.get("servers").is_none()) {
            operation = with(&operation, "servers", servers.clone());
        }
        Some(operation)
    });
    for key in ["parameters", "servers"] {
        if let Some(value) = item.get(key) {
            let after = "part of each operation";
            log.changes.push(
                crate::openapi::Change::new(log.pass, place.key(key).pointer(), value.span)
                    .before(value)
                    .after_text(after),
            );
        }
    }
    let item = operations.map_or_else(|| item.clone(), |operations| operations.at(item.span));
    without(&item, &["parameters", "servers"])
}

/// The operation's own parameters and those shared ones that it does not override.
fn added(view: &Spec, operation: &Node, shared: &List) -> Option<Node> {
    let own = operation.get("parameters");
    let mut all: List = own.and_then(Node::as_list).cloned().unwrap_or_default();
    let identity = |written: &Node| {
        let parameter = view.resolve(written)?;
        Some((
            parameter.get("name")?.scalar_text()?,
            parameter.get("in")?.scalar_text()?,
        ))
    };
    let taken: Vec<_> = all.iter().filter_map(identity).collect();
    let before = all.len();
    let free = |written: &&Node| identity(written).is_none_or(|identity| !taken.contains(&identity));
    all.extend(shared.iter().filter(free).cloned());
    (all.len() > before).then(|| Node::new(Value::List(all)).at(own.map_or(operation.span, |own| own.span)))
}
