//! Walking a document by position: looking at every object, or rewriting some.
//!
//! Rewriting is functional: what does not change stays shared with the original, so a pass that finds nothing copies
//! nothing.

use super::layout::{Field, Kind, field};
use super::place::Place;
use crate::source::{Entry, List, Map, Node, Value};

/// Rewrites a tree from the leaves up: `change` sees each object after its children were rewritten, and returns what
/// shall stand there instead. Returns the new tree when anything changed.
pub(in crate::openapi) fn rewrite<F>(kind: Kind, node: &Node, place: &Place<'_>, change: &mut F) -> Option<Node>
where
    F: FnMut(Kind, &Node, &Place<'_>) -> Option<Node>,
{
    let inner = rewrite_children(kind, node, place, change);
    let changed = change(kind, inner.as_ref().unwrap_or(node), place);
    changed.or(inner)
}

fn rewrite_children<F>(kind: Kind, node: &Node, place: &Place<'_>, change: &mut F) -> Option<Node>
where
    F: FnMut(Kind, &Node, &Place<'_>) -> Option<Node>,
{
    // A reference has no children here: its siblings are annotations.
    if is_reference(kind, node) {
        return None;
    }
    let map = node.as_map()?;
    rewrite_values(map, |entry| {
        let place = place.key(&entry.key);
        match field(kind, &entry.key)? {
            Field::One(child) => rewrite(child, &entry.value, &place, change),
            Field::SchemaOrFlag if entry.value.as_map().is_some() => {
                rewrite(Kind::Schema, &entry.value, &place, change)
            }
            Field::MapOf(child) => {
                let members = entry.value.as_map()?;
                let members = rewrite_values(members, |member| {
                    rewrite(child, &member.value, &place.key(&member.key), change)
                })?;
                Some(members.at(entry.value.span))
            }
            Field::ListOf(child) => {
                let items = rewrite_items(entry.value.as_list()?, |index, item| {
                    rewrite(child, item, &place.index(index), change)
                })?;
                Some(items.at(entry.value.span))
            }
            _ => None,
        }
    })
    .map(|changed| changed.at(node.span))
}

/// Looks at every object of a tree, parents first. `look` says whether to go on into the children.
pub(in crate::openapi) fn visit<'n, F>(kind: Kind, node: &'n Node, place: &Place<'_>, look: &mut F)
where
    F: FnMut(Kind, &'n Node, &Place<'_>) -> bool,
{
    if !look(kind, node, place) || is_reference(kind, node) {
        return;
    }
    for entry in node.as_map().into_iter().flatten() {
        let place = place.key(&entry.key);
        match field(kind, &entry.key) {
            Some(Field::One(child)) => visit(child, &entry.value, &place, look),
            Some(Field::SchemaOrFlag) if entry.value.as_map().is_some() => {
                visit(Kind::Schema, &entry.value, &place, look);
            }
            Some(Field::MapOf(child)) => {
                for member in entry.value.as_map().into_iter().flatten() {
                    visit(child, &member.value, &place.key(&member.key), look);
                }
            }
            Some(Field::ListOf(child)) => {
                for (index, item) in entry.value.as_list().into_iter().flatten().enumerate() {
                    visit(child, item, &place.index(index), look);
                }
            }
            _ => {}
        }
    }
}

/// Whether an object that may be a reference is one.
pub(in crate::openapi) fn is_reference(kind: Kind, node: &Node) -> bool {
    kind.section().is_some() && node.get_str("$ref").is_some()
}

/// A map with some values changed; `None` when none is.
pub(in crate::openapi) fn rewrite_values(map: &Map, mut change: impl FnMut(&Entry) -> Option<Node>) -> Option<Node> {
    let mut changed: Option<Map> = None;
    for (index, entry) in map.iter().enumerate() {
        if let Some(value) = change(entry) {
            let changed = changed.get_or_insert_with(|| map.clone());
            if let Some(entry) = changed.iter_mut().nth(index) {
                entry.value = value;
            }
        }
    }
    changed.map(Node::map)
}

/// A list with some items changed; `None` when none is.
pub(in crate::openapi) fn rewrite_items(
    list: &List,
    mut change: impl FnMut(usize, &Node) -> Option<Node>,
) -> Option<Node> {
    let mut changed: Option<List> = None;
    for (index, item) in list.iter().enumerate() {
        if let Some(new) = change(index, item) {
            changed.get_or_insert_with(|| list.clone()).make_mut()[index] = new;
        }
    }
    changed.map(|list| Node::new(Value::List(list)))
}
