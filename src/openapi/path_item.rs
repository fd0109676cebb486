//! Path items that are references.

use std::borrow::Cow;

use super::spec::MAX_REFERENCE_CHAIN;
use super::{HttpVerb, Spec};
use crate::source::{Entry, Map, Node};

/// The path item that the reference of a path item leads to; `None` without a reference, and when it leads to nothing
/// that holds operations.
pub(in crate::openapi) fn target<'a>(spec: &'a Spec, written: &'a Node) -> Option<&'a Node> {
    written.get("$ref")?;
    spec.resolve(written).filter(|found| found.as_map().is_some())
}

/// A path item as it counts: with what its reference leads to, step by step. What stands beside a reference wins over what
/// stands behind it (`OpenAPI` 3.0 leaves it open); a reference that leads nowhere adds nothing.
pub(in crate::openapi) fn path_item<'a>(spec: &'a Spec, written: &'a Node) -> Cow<'a, Node> {
    if written.get("$ref").is_none() {
        return Cow::Borrowed(written);
    }
    let steps = std::iter::successors(Some(written), |item| {
        let next = spec.referred(item.get_str("$ref")?)?;
        next.as_map().is_some().then_some(next)
    });
    let steps: Vec<&Node> = steps.take(MAX_REFERENCE_CHAIN).collect();
    let mut item = Map::new();
    for entry in steps.into_iter().rev().filter_map(Node::as_map).flatten() {
        item.insert(entry.key.clone(), entry.value.clone());
    }
    item.remove("$ref");
    Cow::Owned(Node::map(item).at(written.span))
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
