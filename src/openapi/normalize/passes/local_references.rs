//! References to anything but a component.

use rustc_hash::FxHashMap;

use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::layout::Kind;
use crate::openapi::normalize::names::component_name;
use crate::openapi::normalize::place::Place;
use crate::openapi::normalize::walk;
use crate::openapi::spec::is_of_many;
use crate::source::{Entry, Map, Node, Span, Text, pointer};

pass! {
    /// Makes every reference one to a component: what a reference into a path, into a part of a component or into
    /// `definitions` points to becomes a component of its own.
    ///
    /// Services keep just the components that they reach and other passes move parts about, so a reference must not
    /// depend on the place of what it refers to. References that are written with escapes that they do not need are
    /// written plainly.
    "local-references", apply
}

/// Longest chain of references that is followed inside of a pointer.
const MAX_CHAIN: usize = 32;

fn apply(draft: &mut Draft) {
    let view = draft.view();
    let mut hoister = Hoister {
        view: &view,
        names: FxHashMap::default(),
        taken: FxHashMap::default(),
        hoisted: Vec::new(),
    };
    let log = &mut draft.log;
    let mut change = |kind: Kind, node: &Node, place: &Place<'_>| {
        let reference = node.get("$ref").filter(|_| walk::is_reference(kind, node))?;
        let text = reference.as_str()?;
        let plain = hoister.plain(kind, text, 0)?;
        if plain == text {
            return None;
        }
        let plain = Node::string(plain).at(reference.span);
        log.replaced(&place.key("$ref"), reference, &plain);
        Some(with(node, "$ref", plain))
    };
    let root = walk::rewrite(Kind::Document, &view.root, &Place::start(""), &mut change);
    // What was hoisted may hold references itself.
    let mut hoisted = root.unwrap_or_else(|| view.root.clone());
    let mut done = 0;
    while done < hoister.hoisted.len() {
        let (kind, name, target, from) = hoister.hoisted[done].clone();
        done += 1;
        let mut change = |kind: Kind, node: &Node, _: &Place<'_>| {
            let reference = node.get("$ref").filter(|_| walk::is_reference(kind, node))?;
            let plain = hoister.plain(kind, reference.as_str()?, 0)?;
            (reference.as_str() != Some(&plain)).then(|| with(node, "$ref", Node::string(plain).at(reference.span)))
        };
        let node = walk::rewrite(kind, &target, &Place::start(&from), &mut change).unwrap_or(target);
        add_component(&mut hoisted, kind, name, node);
    }
    draft.root = hoisted;
    draft.has_settled_references = true;
}

struct Hoister<'a> {
    view: &'a Spec,
    /// The plain reference of each reference as written.
    names: FxHashMap<(Kind, Text), Text>,
    taken: FxHashMap<(Kind, Text), ()>,
    hoisted: Vec<(Kind, Text, Node, String)>,
}

impl<'a> Hoister<'a> {
    /// The reference to a component that stands for this one; `None` when it leads nowhere.
    fn plain(&mut self, kind: Kind, text: &str, depth: usize) -> Option<Text> {
        let section = kind.section()?;
        if let Some(name) = kind.component_name(text)
            && !name.contains(['~', '%'])
            && self.view.component(section, name).is_some()
        {
            return Some(text.into());
        }
        if let Some(known) = self.names.get(&(kind, text.into())) {
            return Some(known.clone());
        }
        let (tokens, target) = self.target(text).filter(|_| !is_of_many(text))?;
        let plain = match target.get_str("$ref") {
            // A reference to a reference: what counts is where that one leads.
            Some(next) if depth < MAX_CHAIN && next != text => self.plain(kind, next, depth + 1)?,
            _ => match tokens.as_slice() {
                [components, own, name] if components == "components" && own == section => {
                    ecow::eco_format!("#/components/{section}/{}", pointer::escape(name))
                }
                _ => {
                    let name = self.free_name(kind, &tokens);
                    let plain = ecow::eco_format!("#/components/{section}/{name}");
                    self.hoisted
                        .push((kind, name, target.clone(), text.trim_start_matches('#').to_owned()));
                    plain
                }
            },
        };
        self.names.insert((kind, text.into()), plain.clone());
        Some(plain)
    }

    /// Follows a pointer, also through references on the way; gives the tokens of the last stretch.
    fn target(&self, text: &str) -> Option<(Vec<String>, &'a Node)> {
        let decoded = pointer::percent_decode(text.strip_prefix('#')?);
        let mut tokens = Vec::new();
        let view = self.view;
        let mut node = &view.root;
        for token in decoded.strip_prefix('/')?.split('/') {
            // The document itself is no reference, whatever its keys.
            if !tokens.is_empty() && node.get("$ref").is_some() {
                node = view.resolve(node)?;
            }
            let token = pointer::unescape(token);
            node = pointer::step(node, &token)?;
            tokens.push(token.into_owned());
        }
        Some((tokens, node))
    }

    fn free_name(&mut self, kind: Kind, tokens: &[String]) -> Text {
        let skipped = [
            "components",
            "schemas",
            "definitions",
            "paths",
            "properties",
            "items",
            "content",
            "schema",
            "responses",
            "parameters",
            "$defs",
            "application/json",
        ];
        let words: Vec<&str> = tokens
            .iter()
            .map(String::as_str)
            .filter(|token| !skipped.contains(token))
            .collect();
        let wanted = component_name(&words.join("_"));
        let mut name = wanted.clone();
        let mut number = 2;
        let section = kind.section().unwrap_or_default();
        while self.view.component(section, &name).is_some() || self.taken.contains_key(&(kind, name.clone())) {
            name = ecow::eco_format!("{wanted}_{number}");
            number += 1;
        }
        self.taken.insert((kind, name.clone()), ());
        name
    }
}

fn add_component(root: &mut Node, kind: Kind, name: Text, node: Node) {
    let Some(section) = kind.section() else { return };
    let Some(root) = root.as_map_mut() else { return };
    for key in ["components"] {
        if root.get(key).and_then(Node::as_map).is_none() {
            root.insert(key, Node::map(Map::new()));
        }
    }
    let Some(components) = root.get_mut("components").and_then(Node::as_map_mut) else {
        return;
    };
    if components.get(section).and_then(Node::as_map).is_none() {
        components.insert(section, Node::map(Map::new()));
    }
    if let Some(members) = components.get_mut(section).and_then(Node::as_map_mut) {
        members.push_unique(Entry {
            key: name,
            key_span: Span::NONE,
            value: node,
        });
    }
}
