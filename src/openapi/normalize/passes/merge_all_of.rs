//! `allOf`.

use crate::openapi::Spec;
use crate::openapi::normalize::composition::{self, Engine, Rule, SCHEMAS};
use crate::openapi::normalize::derived;
use crate::openapi::normalize::draft::{Draft, without};
use crate::openapi::normalize::merge::{self, Authority, is_annotation_only};
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::wrap::wrapped;
use crate::source::{Map, Node};

pass! {
    /// Merges the parts of `allOf` into one schema.
    ///
    /// The runtime sees only the properties that stand beside an `allOf`, and no `required` inside of it. The properties
    /// of all parts are put together in order, `required` lists are united, and where two parts describe the same
    /// property, both descriptions are merged in the same way. Words written at the place win over those of a component.
    ///
    /// A discriminator comes along with those of its values that name the component itself or what extends it.
    ///
    /// An `allOf` that only wraps one reference, to put a description beside it, becomes the reference with its
    /// annotations, so that the component stays shared.
    "merge-all-of", apply
}

fn apply(draft: &mut Draft) {
    let before = draft.view();
    composition::apply(draft, MergeAllOf);
    derived::narrow_mappings(draft, &before);
}

/// Deepest nesting of properties that are described twice and merged; below, the last description counts.
const MAX_TWICE_DESCRIBED: usize = 4;

#[derive(Clone, Copy)]
struct MergeAllOf;

impl Rule for MergeAllOf {
    fn needs<'n>(self, view: &Spec, schema: &'n Node, is_component: bool) -> Vec<&'n str> {
        if !is_component && wrapped_part(view, schema).is_some() {
            return Vec::new();
        }
        let parts = schema.get("allOf").and_then(Node::as_list).into_iter().flatten();
        parts
            .filter_map(|part| part.get_str("$ref")?.strip_prefix(SCHEMAS))
            .collect()
    }

    fn compose(self, engine: &mut Engine<'_, Self>, schema: &Node, place: &Place<'_>) -> Option<Node> {
        let parts = schema.get("allOf")?;
        let result = if !composition::is_component(place)
            && let Some(reference) = wrapped_part(engine.view, schema)
        {
            reference
        } else {
            merged(engine, schema, parts, place, 0)
        };
        engine.log.replaced(place, parts, &result);
        Some(result)
    }
}

/// The reference that an `allOf` merely wraps.
fn wrapped_part(view: &Spec, schema: &Node) -> Option<Node> {
    let parts = schema.get("allOf")?.as_list()?;
    let mut references = parts.iter().filter(|part| part.get("$ref").is_some());
    let (reference, None) = (references.next()?, references.next()) else {
        return None;
    };
    let mut others = parts.iter().filter(|part| part.get("$ref").is_none());
    if others.any(|part| !is_annotation_only(part)) {
        return None;
    }
    wrapped(view, schema, "allOf", reference)
}

fn merged(engine: &mut Engine<'_, MergeAllOf>, schema: &Node, parts: &Node, place: &Place<'_>, depth: usize) -> Node {
    let mut result = Map::new();
    for (index, part) in parts.as_list().into_iter().flatten().enumerate() {
        let Some(node) = engine.part(part) else {
            let target = part.get_str("$ref").unwrap_or_default().to_owned();
            engine.log.warn(
                &place.key("allOf").index(index),
                part.span,
                format!("`{target}` is part of itself; this part is left out"),
                "let a schema not extend itself",
            );
            continue;
        };
        let authority = if part.get("$ref").is_some() {
            Authority::Component
        } else {
            Authority::Here
        };
        add(engine, &mut result, &node, authority, place, depth);
    }
    if let Some(own) = without(schema, &["allOf"]) {
        add(engine, &mut result, &own, Authority::Here, place, depth);
    }
    Node::map(result).at(schema.span)
}

fn add(
    engine: &mut Engine<'_, MergeAllOf>,
    result: &mut Map,
    part: &Node,
    authority: Authority,
    place: &Place<'_>,
    depth: usize,
) {
    let Some(part_map) = part.as_map() else { return };
    let properties = part.get("properties").and_then(Node::as_map).map_or(0, Map::len);
    if !engine.may_copy(properties) {
        engine.log.warn(
            place,
            part.span,
            "`allOf` repeats more properties than can be written out; a part is left out",
            "nest the shared part as a property instead of extending it",
        );
        return;
    }
    merge::add(result, part_map, authority, &mut |old, new, authority| {
        both(engine, old, new, authority, place, depth + 1)
    });
}

/// One schema for a property or an item that two parts describe.
fn both(
    engine: &mut Engine<'_, MergeAllOf>,
    old: &Node,
    new: &Node,
    authority: Authority,
    place: &Place<'_>,
    depth: usize,
) -> Node {
    let (old_target, new_target) = (old.get_str("$ref"), new.get_str("$ref"));
    // References to the same component, or one reference and annotations for it: still that reference.
    if old_target == new_target && new_target.is_some()
        || old_target.is_some() && is_annotation_only(new)
        || new_target.is_some() && is_annotation_only(old)
    {
        let (below, above) = match authority {
            Authority::Here => (old, new),
            Authority::Component => (new, old),
        };
        let mut result = below.as_map().cloned().unwrap_or_default();
        for entry in above.as_map().into_iter().flatten() {
            result.insert(entry.key.clone(), entry.value.clone());
        }
        return Node::map(result).at(above.span);
    }
    if depth >= MAX_TWICE_DESCRIBED {
        return new.clone();
    }
    let (Some(first), Some(second)) = (engine.part(old), engine.part(new)) else {
        return new.clone();
    };
    let mut result = Map::new();
    let rank = |target: Option<&str>| {
        if target.is_some() {
            Authority::Component
        } else {
            Authority::Here
        }
    };
    add(engine, &mut result, &first, rank(old_target), place, depth);
    let authority = if authority == Authority::Here {
        rank(new_target)
    } else {
        Authority::Component
    };
    add(engine, &mut result, &second, authority, place, depth);
    Node::map(result).at(new.span)
}
