//! Compositions that only wrap one reference, to put a description beside it.

use super::merge::{is_annotation, is_annotation_only};
use crate::openapi::Spec;
use crate::source::{Entry, Map, Node};

/// The reference with annotations beside it, when the schema is a composition (under `keyword`) of one reference and
/// nothing but annotations, and the target is no plain scalar (the few keywords of a scalar are better written out, so
/// that readers who stop at references see them).
pub(super) fn wrapped(view: &Spec, schema: &Node, keyword: &str, reference: &Node) -> Option<Node> {
    let target = view.resolve(reference).filter(|_| reference.get("$ref").is_some())?;
    let target_type = target.get_str("type");
    let is_scalar = !matches!(target_type, None | Some("object" | "array")) || target.get("enum").is_some();
    if is_scalar || is_annotation_only(target) {
        return None;
    }
    let map = schema.as_map()?;
    let says_nothing_more = |entry: &Entry| {
        is_annotation(&entry.key)
            || entry.key == keyword
            || (entry.key == "type" && (target_type.is_none() || entry.value.as_str() == target_type))
    };
    if !map.iter().all(says_nothing_more) {
        return None;
    }
    let mut result = Map::new();
    let mut add = |node: &Node| {
        for entry in node.as_map().into_iter().flatten() {
            if entry.key == "$ref" || is_annotation(&entry.key) && entry.key != "discriminator" {
                result.insert(entry.key.clone(), entry.value.clone());
            }
        }
    };
    add(reference);
    for part in schema.get(keyword).and_then(Node::as_list).into_iter().flatten() {
        if part.get("$ref").is_none() && is_annotation_only(part) {
            add(part);
        }
    }
    add(schema);
    Some(Node::map(result).at(schema.span))
}
