//! Path items that are references.

use super::{HttpVerb, Spec};
use crate::source::{Entry, Map, Node};

/// The path item that the reference of a path item leads to; `None` without a reference, and when it leads to nothing
/// that holds operations.
pub(in crate::openapi) fn target<'a>(spec: &'a Spec, written: &'a Node) -> Option<&'a Node> {
    written.get("$ref")?;
    spec.resolve(written).filter(|found| found.as_map().is_some())
}

/// A path item as it counts: with what its reference leads to. What stands beside the reference wins over what stands
/// behind it (`OpenAPI` 3.0 leaves it open); a reference that leads nowhere adds nothing.
pub(in crate::openapi) fn path_item(spec: &Spec, written: &Node) -> Node {
    let mut item = target(spec, written).unwrap_or(written).clone();
    if let Some(item) = item.as_map_mut() {
        for own in written.as_map().into_iter().flatten() {
            item.insert(own.key.clone(), own.value.clone());
        }
        item.remove("$ref");
    }
    item
}

/// The verb that a key of a path item stands for, in any case.
pub(in crate::openapi) fn verb_of(entry: &Entry) -> Option<HttpVerb> {
    entry.key.parse().ok()
}

/// Whether an operation is described in this path item before, under its verb in other letters; the verb in small
/// letters counts first.
pub(in crate::openapi) fn is_doubled(item: &Map, entry: &Entry) -> bool {
    let Some(verb) = verb_of(entry) else { return false };
    if entry.key == verb.as_str() {
        return false;
    }
    let is_first = |other: &Entry| other.key == entry.key;
    item.contains_key(verb.as_str())
        || !item
            .iter()
            .find(|other| verb_of(other) == Some(verb))
            .is_some_and(is_first)
}
