//! Putting two schemas together that both hold: what `allOf` means, as far as a row type can say it.

use ecow::EcoVec;
use rustc_hash::FxHashMap;

use crate::source::{Entry, List, Map, Node, Text, Value};

/// Keywords that say something about a schema without changing which values fit.
const ANNOTATIONS: [&str; 11] = [
    "title",
    "description",
    "default",
    "example",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "externalDocs",
    "xml",
    "discriminator",
];

/// Whether a key only annotates.
pub(super) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

/// Whether a schema says nothing about the shape of values.
pub(super) fn is_annotation_only(schema: &Node) -> bool {
    schema
        .as_map()
        .is_some_and(|map| map.iter().all(|entry| is_annotation(&entry.key)))
}

/// How much a part's words count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Authority {
    /// A component that is used here: its annotations were written for other places too.
    Component,
    /// Written here: its annotations win over what was there before.
    Here,
}

/// A growing ordered set of properties; looks up in constant time.
#[derive(Default)]
pub(super) struct Properties {
    entries: EcoVec<Entry>,
    index: FxHashMap<Text, usize>,
}

impl Properties {
    pub(super) fn of(schema: &Map) -> Self {
        let mut properties = Properties::default();
        for entry in schema.get("properties").and_then(Node::as_map).into_iter().flatten() {
            properties.push(entry.clone());
        }
        properties
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        let index = *self.index.get(name)?;
        Some(&mut self.entries.make_mut()[index].value)
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.index.insert(entry.key.clone(), self.entries.len());
        self.entries.push(entry);
    }

    pub(super) fn into_node(self) -> Node {
        Node::map(Map::from_unique(self.entries))
    }
}

/// Adds a part to a schema. `both` says what a property or an item becomes that both describe differently.
pub(super) fn add(
    merged: &mut Map,
    part: &Map,
    authority: Authority,
    both: &mut dyn FnMut(&Node, &Node, Authority) -> Node,
) {
    for entry in part {
        let key = entry.key.as_str();
        let Some(old) = merged.get(key).cloned() else {
            merged.push_unique(entry.clone());
            continue;
        };
        let new = match key {
            "properties" => Some(united_properties(merged, part, authority, both)),
            "required" => Some(united(&old, &entry.value)),
            "oneOf" | "anyOf" => Some(concatenated(&old, &entry.value)),
            "enum" => common(&old, &entry.value),
            "items" => Some(one_of_two(&old, &entry.value, authority, both)),
            "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Some(Node::bool(
                old.as_bool() == Some(true) || entry.value.as_bool() == Some(true),
            )),
            "type" => (authority == Authority::Here).then(|| entry.value.clone()),
            _ if is_annotation(key) && authority == Authority::Component => None,
            _ => Some(entry.value.clone()),
        };
        if let Some(new) = new {
            merged.insert(entry.key.clone(), new);
        }
    }
}

fn united_properties(
    merged: &Map,
    part: &Map,
    authority: Authority,
    both: &mut dyn FnMut(&Node, &Node, Authority) -> Node,
) -> Node {
    let mut properties = Properties::of(merged);
    for entry in part.get("properties").and_then(Node::as_map).into_iter().flatten() {
        match properties.get_mut(&entry.key) {
            None => properties.push(entry.clone()),
            Some(old) => *old = one_of_two(old, &entry.value, authority, both),
        }
    }
    properties.into_node()
}

fn one_of_two(
    old: &Node,
    new: &Node,
    authority: Authority,
    both: &mut dyn FnMut(&Node, &Node, Authority) -> Node,
) -> Node {
    if same(old, new) {
        return old.clone();
    }
    both(old, new, authority)
}

/// Whether two schemas are equal; shared ones are so at once.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(one), Value::Map(other)) if one.shares_with(other) => true,
        (one, other) => one == other,
    }
}

/// All items of both lists, each once.
pub(super) fn united(one: &Node, other: &Node) -> Node {
    let mut items: List = one.as_list().cloned().unwrap_or_default();
    for item in other.as_list().into_iter().flatten() {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    Node::new(Value::List(items)).at(one.span)
}

fn concatenated(one: &Node, other: &Node) -> Node {
    let mut items: List = one.as_list().cloned().unwrap_or_default();
    items.extend(other.as_list().into_iter().flatten().cloned());
    Node::new(Value::List(items)).at(one.span)
}

/// The values in both lists; `None` (keep the first) when there is none, for then the description contradicts itself.
fn common(one: &Node, other: &Node) -> Option<Node> {
    let allowed = other.as_list()?;
    let items: List = one
        .as_list()?
        .iter()
        .filter(|item| allowed.contains(item))
        .cloned()
        .collect();
    (!items.is_empty()).then(|| Node::new(Value::List(items)).at(one.span))
}
