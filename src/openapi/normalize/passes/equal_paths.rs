//! Paths that differ only in the names of their placeholders.

use rustc_hash::FxHashMap;

use crate::openapi::HttpVerb;
use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::passes::route_paths::with_source_path;
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::template::{placeholders, skeleton};
use crate::source::{Entry, List, Map, Node, Value};

pass! {
    /// Puts paths together that differ only in the names of their placeholders, as `/a/{id}` and `/a/{name}`.
    ///
    /// They are the same path, and a router takes the first one whatever the verb. Where both have the same verb, no
    /// request can tell them apart: the second stays as it is, with a warning.
    "equal-paths", apply
}

fn apply(draft: &mut Draft) {
    let Some(paths) = draft.root.get("paths").cloned() else {
        return;
    };
    let Some(map) = paths.as_map() else { return };
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    let mut entries: Vec<Entry> = Vec::with_capacity(map.len());
    let start = Place::start("/paths");
    let mut is_changed = false;
    for entry in map {
        if !entry.key.contains('{') || entry.key.starts_with("x-") {
            entries.push(entry.clone());
            continue;
        }
        let Some(&at) = first.get(&skeleton(&entry.key)) else {
            first.insert(skeleton(&entry.key), entries.len());
            entries.push(entry.clone());
            continue;
        };
        let place = start.key(&entry.key);
        let target = entries[at].clone();
        let verbs = |node: &Node| -> Vec<HttpVerb> {
            node.as_map()
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.key.parse().ok())
                .collect()
        };
        let taken = verbs(&target.value);
        if verbs(&entry.value).iter().any(|verb| taken.contains(verb)) {
            draft.log.warn(
                &place,
                entry.key_span,
                format!("no request can tell `{}` from `{}`", entry.key, target.key),
                "leave one of the two out",
            );
            entries.push(entry.clone());
            continue;
        }
        draft
            .log
            .told(&place, entry.key_span, entry.key.clone(), target.key.clone());
        let moved = renamed(&with_source_path(&entry.value, &entry.key), &entry.key, &target.key);
        let mut item = target.value;
        if let Some(item) = item.as_map_mut() {
            for operation in moved.as_map().into_iter().flatten() {
                if operation.key.parse::<HttpVerb>().is_ok() {
                    item.push_unique(operation.clone());
                }
            }
        }
        entries[at].value = item;
        is_changed = true;
    }
    if is_changed {
        draft.set(
            "paths",
            Node::map(Map::from_unique(entries.into_iter().collect())).at(paths.span),
        );
    }
}

/// The operations with the placeholders of one path renamed to those of the other. Parameters that are references keep
/// their names; declaring placeholders sets that right.
fn renamed(item: &Node, from: &str, to: &str) -> Node {
    let (old, new) = (placeholders(from), placeholders(to));
    let mut item = item.clone();
    for operation in item.as_map_mut().into_iter().flat_map(Map::iter_mut) {
        let Some(list) = operation.value.get("parameters").and_then(Node::as_list) else {
            continue;
        };
        let list: List = list
            .iter()
            .map(|parameter| {
                let name = parameter
                    .get_str("name")
                    .filter(|_| parameter.get_str("in") == Some("path"));
                let at = name.and_then(|name| old.iter().position(|other| *other == name));
                match at.and_then(|at| new.get(at)) {
                    Some(name) => with(parameter, "name", Node::string(*name)),
                    None => parameter.clone(),
                }
            })
            .collect();
        operation.value = with(&operation.value, "parameters", Node::new(Value::List(list)));
    }
    item
}
