//! Discriminators that `allOf` hands down: a component keeps the values that name it or what extends it in turn.
//!
//! A base that thousands of components extend lists all of them. Handed down as it is, the list would stand in each of
//! the thousands, and say of a row that it may be any of its cousins.

use rustc_hash::{FxHashMap, FxHashSet};

use super::composition::SCHEMAS;
use super::draft::{Draft, with, without};
use super::place::Place;
use super::walk::rewrite_values;
use crate::diagnostic::counted;
use crate::openapi::Spec;
use crate::source::{Entry, Map, Node, Text};

/// Most components that one component can extend, one by way of another.
const MAX_BASES: usize = 64;

/// The entries of a base's mapping, by each component that they belong to.
type ByComponent = FxHashMap<Text, Vec<Entry>>;

/// Narrows the mappings that components got from what they extend. `before` is the document in which their `allOf` still
/// stands.
pub(super) fn narrow_mappings(draft: &mut Draft, before: &Spec) {
    let mut known: FxHashMap<Text, ByComponent> = FxHashMap::default();
    let Some(components) = draft.root.get("components") else {
        return;
    };
    let Some(schemas) = components.get("schemas") else {
        return;
    };
    let start = Place::start("/components");
    let section = start.key("schemas");
    let log = &mut draft.log;
    let narrowed = schemas.as_map().and_then(|map| {
        rewrite_values(map, |entry| {
            let inherited = entry.value.get("discriminator")?;
            let mapping = inherited.get("mapping")?;
            let base = giver(before, &entry.key)?;
            let by_component = known
                .entry(base.clone())
                .or_insert_with(|| sorted_by_component(before, &base));
            let own = by_component.remove(&entry.key).unwrap_or_default();
            if own.len() == mapping.as_map()?.len() {
                return None;
            }
            let schema = section.key(&entry.key);
            let discriminator = schema.key("discriminator");
            log.told(
                &discriminator.key("mapping"),
                mapping.span,
                counted(mapping.as_map()?.len(), "value"),
                counted(own.len(), "value"),
            );
            let narrowed = if own.is_empty() {
                without(inherited, &["mapping"])?
            } else {
                let own = Node::map(Map::from_unique(own.into_iter().collect())).at(mapping.span);
                with(inherited, "mapping", own)
            };
            Some(with(&entry.value, "discriminator", narrowed))
        })
    });
    if let Some(narrowed) = narrowed {
        let components = with(components, "schemas", narrowed.at(schemas.span));
        draft.set("components", components);
    }
}

/// The components that a component extends itself.
fn bases<'n>(spec: &'n Spec, name: &str) -> impl Iterator<Item = &'n str> + use<'n> {
    let parts = spec
        .component("schemas", name)
        .and_then(|schema| schema.get("allOf")?.as_list());
    let references = parts.into_iter().flatten().filter_map(|part| part.get_str("$ref"));
    references.filter_map(|reference| reference.strip_prefix(SCHEMAS))
}

/// What a component extends, nearest first, itself at the front.
fn line<'n>(spec: &'n Spec, name: &'n str) -> Vec<&'n str> {
    let mut line = vec![name];
    let mut seen = FxHashSet::from_iter([name]);
    let mut next = 0;
    while let Some(name) = line.get(next) {
        for base in bases(spec, name) {
            if line.len() < MAX_BASES && seen.insert(base) {
                line.push(base);
            }
        }
        next += 1;
    }
    line
}

/// The discriminator that a component states: its own, or that of a part which is written in place.
fn states_mapping(spec: &Spec, name: &str) -> bool {
    let Some(schema) = spec.component("schemas", name) else {
        return false;
    };
    let states = |node: &Node| node.get("discriminator").is_some();
    let parts = schema.get("allOf").and_then(Node::as_list);
    states(schema) || parts.into_iter().flatten().any(states)
}

/// The component from which another one has its discriminator; `None` when it states one itself.
fn giver(spec: &Spec, name: &Text) -> Option<Text> {
    if states_mapping(spec, name) {
        return None;
    }
    let line = line(spec, name);
    let giver = line.into_iter().find(|base| states_mapping(spec, base))?;
    Some(giver.into())
}

fn sorted_by_component(spec: &Spec, base: &str) -> ByComponent {
    let mut sorted = ByComponent::default();
    let schema = spec.component("schemas", base);
    let parts = schema.and_then(|schema| schema.get("allOf")?.as_list());
    let stated = schema.into_iter().chain(parts.into_iter().flatten());
    let mapping = stated.filter_map(|part| part.get("discriminator")?.get("mapping")?.as_map());
    for entry in mapping.flatten() {
        let Some(target) = entry.value.as_str() else { continue };
        for name in line(spec, target.strip_prefix(SCHEMAS).unwrap_or(target)) {
            if name != base {
                sorted.entry(name.into()).or_default().push(entry.clone());
            }
        }
    }
    sorted
}
