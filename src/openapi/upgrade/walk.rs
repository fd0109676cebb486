//! Walking a document with its positions and pointers, to look or to change.

use crate::openapi::position::Position;
use crate::source::{Node, Value, pointer};

/// A node on the way.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) position: Position,
    /// The key under which it stands, if it stands in a map.
    pub(super) key: Option<&'a str>,
    /// Where the map or list around it stands.
    pub(super) parent: Position,
    pub(super) pointer: &'a str,
}

/// Changes every node from the top down: what a visit puts into place is visited next.
pub(super) fn walk_mut(root: &mut Node, visit: &mut impl FnMut(&mut Node, Place<'_>)) {
    walk_mut_at(root, Position::ROOT, "", visit);
}

/// The same for a node that stands elsewhere.
pub(super) fn walk_mut_at(
    node: &mut Node,
    position: Position,
    base: &str,
    visit: &mut impl FnMut(&mut Node, Place<'_>),
) {
    let mut pointer = base.to_owned();
    visit_node(node, position, None, Position::Other, &mut pointer, visit);
}

fn visit_node(
    node: &mut Node,
    position: Position,
    key: Option<&str>,
    parent: Position,
    pointer: &mut String,
    visit: &mut impl FnMut(&mut Node, Place<'_>),
) {
    if matches!(position, Position::Literal | Position::Other) {
        return;
    }
    visit(
        node,
        Place {
            position,
            key,
            parent,
            pointer,
        },
    );
    let length = pointer.len();
    match &mut node.value {
        Value::Map(map) => {
            // Asked first, so that maps of plain values are not copied.
            let goes_on = |key: &str| !matches!(position.key(key), Position::Literal | Position::Other);
            if !map.iter().any(|entry| goes_on(&entry.key)) {
                return;
            }
            for entry in map {
                if goes_on(&entry.key) {
                    pointer.push('/');
                    pointer.push_str(&pointer::escape(&entry.key));
                    let next = position.key(&entry.key);
                    visit_node(&mut entry.value, next, Some(&entry.key), position, pointer, visit);
                    pointer.truncate(length);
                }
            }
        }
        Value::List(list) => {
            let next = position.item();
            for (index, item) in list.make_mut().iter_mut().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                visit_node(item, next, None, position, pointer, visit);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// Whether some node satisfies a question.
pub(super) fn any(node: &Node, position: Position, asks: &impl Fn(&Node, Position) -> bool) -> bool {
    if matches!(position, Position::Literal | Position::Other) {
        return false;
    }
    if asks(node, position) {
        return true;
    }
    match &node.value {
        Value::Map(map) => map
            .iter()
            .any(|entry| any(&entry.value, position.key(&entry.key), asks)),
        Value::List(list) => list.iter().any(|item| any(item, position.item(), asks)),
        _ => false,
    }
}
