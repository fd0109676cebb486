//! What merging `allOf` and flattening `oneOf` have in common: schemas that are made from other schemas.
//!
//! A rule needs the finished form of the components that a schema is composed of, so components are worked on in the
//! order of their dependencies, each once. Order and work list are explicit: a chain of a hundred thousand components
//! must not exhaust the stack.

use rustc_hash::FxHashMap;

use super::draft::{Draft, Log, with};
use super::layout::Kind;
use super::place::Place;
use super::walk;
use crate::openapi::Spec;
use crate::source::{Node, Text};

/// Where references to schemas point.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// Most properties that composing may copy in one document. Far above any real one: a guard against chains in which
/// every component repeats all before it.
const MAX_COPIED: usize = 1_000_000;

/// Deepest recursion into components that a schema needs although the dependency order did not foresee it.
const MAX_ON_DEMAND: usize = 24;

/// A way to make one schema out of several.
pub(super) trait Rule: Copy {
    /// The components that must be finished before this schema can be composed; not asked about the schemas inside.
    fn needs<'n>(self, view: &Spec, schema: &'n Node, is_component: bool) -> Vec<&'n str>;

    /// The composed schema, when this schema is one for the rule. Its children are finished.
    fn compose(self, engine: &mut Engine<'_, Self>, schema: &Node, place: &Place<'_>) -> Option<Node>;
}

enum State {
    Working,
    Finished(Node),
}

/// Applies a rule to all schemas of a document.
pub(super) struct Engine<'a, R> {
    rule: R,
    pub(super) view: &'a Spec,
    pub(super) log: &'a mut Log,
    memo: FxHashMap<Text, State>,
    copied: usize,
    on_demand: usize,
}

/// Applies a rule to all schemas of the document.
pub(super) fn apply<R: Rule>(draft: &mut Draft, rule: R) {
    let view = draft.view();
    let mut log = std::mem::take(&mut draft.log);
    let mut engine = Engine {
        rule,
        view: &view,
        log: &mut log,
        memo: FxHashMap::default(),
        copied: 0,
        on_demand: 0,
    };
    for name in order(&view, rule) {
        engine.finish(name);
    }
    // With the finished components in place, only what stands outside of them is left to compose.
    let root = engine.put_back().unwrap_or_else(|| view.root.clone());
    let start = Place::start("");
    let composed = walk::rewrite(Kind::Document, &root, &start, &mut |kind, node, place| match kind {
        Kind::Schema => rule.compose(&mut engine, node, place),
        _ => None,
    });
    draft.log = log;
    draft.root = composed.unwrap_or(root);
}

impl<R: Rule> Engine<'_, R> {
    /// The finished schema that a part of a composition stands for; `None` when it leads nowhere or back to a schema
    /// that is being composed.
    pub(super) fn part(&mut self, part: &Node) -> Option<Node> {
        match part.get_str("$ref") {
            None => Some(part.clone()),
            Some(reference) => self.component(reference.strip_prefix(SCHEMAS)?),
        }
    }

    /// Counts copied properties against the limit; false when it is reached.
    pub(super) fn may_copy(&mut self, properties: usize) -> bool {
        self.copied += properties;
        self.copied <= MAX_COPIED
    }

    fn component(&mut self, name: &str) -> Option<Node> {
        if !self.memo.contains_key(name) {
            if self.on_demand >= MAX_ON_DEMAND {
                return None;
            }
            self.on_demand += 1;
            self.finish(name);
            self.on_demand -= 1;
        }
        match self.memo.get(name)? {
            State::Working => None,
            State::Finished(node) => Some(node.clone()),
        }
    }

    fn finish(&mut self, name: &str) {
        if self.memo.contains_key(name) {
            return;
        }
        let view = self.view;
        let Some(written) = view.component("schemas", name) else {
            return;
        };
        self.memo.insert(name.into(), State::Working);
        let finished = match written.get_str("$ref").and_then(|other| other.strip_prefix(SCHEMAS)) {
            Some(other) => self.component(other),
            None => {
                let start = Place::start("");
                let components = start.key("components");
                let schemas = components.key("schemas");
                let place = schemas.key(name);
                let rule = self.rule;
                walk::rewrite(Kind::Schema, written, &place, &mut |kind, node, place| match kind {
                    Kind::Schema => rule.compose(self, node, place),
                    _ => None,
                })
            }
        };
        self.memo.insert(
            name.into(),
            State::Finished(finished.unwrap_or_else(|| written.clone())),
        );
    }

    /// The document with all component schemas in their finished forms.
    fn put_back(&self) -> Option<Node> {
        let root = &self.view.root;
        let components = root.get("components")?;
        let schemas = components.get("schemas")?;
        let changed = walk::rewrite_values(schemas.as_map()?, |entry| {
            // A component that is a reference to another one stays one.
            if entry.value.get("$ref").is_some() {
                return None;
            }
            match self.memo.get(&entry.key) {
                Some(State::Finished(node)) => Some(node.clone()),
                _ => None,
            }
        })?;
        let components = with(components, "schemas", changed.at(schemas.span));
        Some(with(root, "components", components))
    }
}

/// Whether a place is that of a component schema itself.
pub(super) fn is_component(place: &Place<'_>) -> bool {
    let section = place.parent();
    section.is_some_and(|section| {
        section.own_key() == Some("schemas")
            && section.parent().is_some_and(|parent| {
                parent.own_key() == Some("components") && parent.parent().is_some_and(Place::is_start)
            })
    })
}

/// The component schemas, each after those that it needs (as far as they do not need each other).
fn order<R: Rule>(view: &Spec, rule: R) -> Vec<&str> {
    let schemas = view.root.get("components").and_then(|all| all.get("schemas"));
    let mut needs: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for entry in schemas.and_then(Node::as_map).into_iter().flatten() {
        let mut found = Vec::new();
        if let Some(other) = entry
            .value
            .get_str("$ref")
            .and_then(|other| other.strip_prefix(SCHEMAS))
        {
            found.push(other);
        }
        let start = Place::start("");
        walk::visit(Kind::Schema, &entry.value, &start, &mut |kind, node, place| {
            if kind == Kind::Schema {
                found.extend(rule.needs(view, node, place.is_start()));
            }
            true
        });
        needs.insert(&entry.key, found);
    }
    let mut order = Vec::with_capacity(needs.len());
    let mut seen = rustc_hash::FxHashSet::default();
    for entry in schemas.and_then(Node::as_map).into_iter().flatten() {
        let mut stack = Vec::new();
        if seen.insert(entry.key.as_str()) {
            stack.push((entry.key.as_str(), 0));
        }
        while let Some((name, next)) = stack.last_mut() {
            match needs.get(name).and_then(|needed| needed.get(*next)) {
                Some(needed) => {
                    *next += 1;
                    if needs.contains_key(needed) && seen.insert(needed) {
                        stack.push((needed, 0));
                    }
                }
                None => {
                    order.push(*name);
                    stack.pop();
                }
            }
        }
    }
    order
}
