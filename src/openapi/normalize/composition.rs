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
use crate::openapi::bundle::sole_reference;
use crate::source::{Entry, Map, Node, Span, Text};

/// Where references to schemas point.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// Most properties that composing may copy in one document. Far above any real one: a guard against chains in which
/// every component repeats all before it.
const MAX_COPIED: usize = 1_000_000;

/// Most components that are made to stand for several others together.
const MAX_MADE: usize = 2_000;

/// Deepest recursion into components that a schema needs although the dependency order did not foresee it.
const MAX_ON_DEMAND: usize = 24;

/// A way to make one schema out of several.
pub(super) trait Rule: Copy {
    /// The components that must be finished before this schema can be composed; not asked about the schemas inside.
    fn needs<'n>(self, view: &Spec, schema: &'n Node, is_component: bool) -> Vec<&'n str>;

    /// The composed schema, when this schema is one for the rule. Its children are finished.
    fn compose(self, engine: &mut Engine<'_, Self>, schema: &Node, place: &Place<'_>) -> Option<Node>;

    /// A component of several others that was asked for with [`Engine::shared`]. All others are finished.
    fn make(self, engine: &mut Engine<'_, Self>, members: &[Node], depth: usize) -> Option<Node> {
        let _ = (engine, members, depth);
        None
    }
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
    made: Vec<Made>,
    /// The place in `made` by members, and by name.
    made_of: FxHashMap<Vec<Text>, usize>,
    made_names: FxHashMap<Text, usize>,
}

/// A component that stands for several others together, wherever they are offered: written once, not at each place.
struct Made {
    name: Text,
    members: Vec<Text>,
    depth: usize,
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
        made: Vec::new(),
        made_of: FxHashMap::default(),
        made_names: FxHashMap::default(),
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
    let made = engine.make_all();
    draft.log = log;
    draft.root = composed.unwrap_or(root);
    if !made.is_empty() {
        add_schemas(&mut draft.root, made);
    }
}

fn add_schemas(root: &mut Node, made: Vec<Entry>) {
    let schemas = root.as_map_mut().and_then(|root| {
        root.get_mut("components")?
            .as_map_mut()?
            .get_mut("schemas")?
            .as_map_mut()
    });
    if let Some(schemas) = schemas {
        let all = schemas.iter().cloned().chain(made).collect();
        *schemas = Map::from_unique(all);
    }
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

    /// The name of the component that stands for several others together; `None` when there are too many such.
    pub(super) fn shared(&mut self, members: Vec<Text>, depth: usize) -> Option<Text> {
        if let Some(place) = self.made_of.get(&members) {
            return Some(self.made[*place].name.clone());
        }
        if self.made.len() >= MAX_MADE {
            return None;
        }
        let mut wanted = members
            .iter()
            .take(3)
            .map(Text::as_str)
            .collect::<Vec<_>>()
            .join("_or_");
        if members.len() > 3 {
            wanted.push_str("_or_others");
        }
        let mut name = Text::from(wanted.as_str());
        let mut number = 2;
        while self.view.component("schemas", &name).is_some() || self.made_names.contains_key(&name) {
            name = ecow::eco_format!("{wanted}_{number}");
            number += 1;
        }
        self.made_of.insert(members.clone(), self.made.len());
        self.made_names.insert(name.clone(), self.made.len());
        self.made.push(Made {
            name: name.clone(),
            members,
            depth,
        });
        Some(name)
    }

    /// The components that a component made by [`Self::shared`] stands for.
    pub(super) fn members_of(&self, name: &str) -> Option<&[Text]> {
        self.made_names
            .get(name)
            .map(|place| self.made[*place].members.as_slice())
    }

    fn make_all(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        // Making one may ask for others.
        while let Some(made) = self.made.get(entries.len()) {
            let (name, depth) = (made.name.clone(), made.depth);
            let member = |name: &Text| {
                Node::map(Map::from_iter([(
                    "$ref",
                    Node::string(ecow::eco_format!("{SCHEMAS}{name}")),
                )]))
            };
            let members: Vec<Node> = made.members.iter().map(member).collect();
            let rule = self.rule;
            let value = rule.make(self, &members, depth);
            let value = value.unwrap_or_else(|| Node::map(Map::from_iter([("type", Node::string("object"))])));
            entries.push(Entry {
                key: name,
                key_span: Span::NONE,
                value,
            });
        }
        entries
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
            // One that is nothing but a reference led back to a schema that was being composed.
            State::Finished(node) if sole_reference(node).is_some() => None,
            State::Finished(node) => Some(node.clone()),
            State::Working => None,
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
