//! Which components a service reaches, directly and through other components.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::openapi::normalize::{Kind, Place, visit};
use crate::openapi::{Operation, Spec};
use crate::source::{Entry, Map, Node, Span, Text, pointer};

/// A component.
struct Component<'s> {
    section: &'s str,
    name: Text,
    kind: Kind,
    node: &'s Node,
    /// The components that it refers to itself; found out when it is first reached.
    references: Option<Vec<usize>>,
}

/// The references of a spec, found out once for all services.
pub(super) struct Reach<'s> {
    spec: &'s Spec,
    components: Vec<Component<'s>>,
    /// Section, then name, to the place in `components`.
    places: FxHashMap<&'s str, FxHashMap<&'s str, usize>>,
}

impl<'s> Reach<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        let mut reach = Reach {
            spec,
            components: Vec::new(),
            places: FxHashMap::default(),
        };
        let sections = spec.root.get("components").and_then(Node::as_map);
        for section in sections.into_iter().flatten() {
            let Some(kind) = Kind::of_section(&section.key) else {
                continue;
            };
            let places = reach.places.entry(&section.key).or_default();
            for entry in section.value.as_map().into_iter().flatten() {
                places.insert(&entry.key, reach.components.len());
                reach.components.push(Component {
                    section: &section.key,
                    name: entry.key.clone(),
                    kind,
                    node: &entry.value,
                    references: None,
                });
            }
        }
        reach
    }

    /// The `components` of a service, in the spec's order; `None` when it needs none.
    pub(super) fn components(&mut self, paths: &Node, operations: &[&Operation], keep: &[String]) -> Option<Node> {
        let reached = self.reached(paths, operations, keep);
        let components = self.spec.root.get("components")?;
        let mut sections = Map::new();
        for section in components.as_map()? {
            let value = if Kind::of_section(&section.key).is_some() {
                // Indexes follow the document, so their order is the spec's.
                let of_section = reached
                    .iter()
                    .filter(|place| self.components[**place].section == section.key);
                let members = of_section.map(|place| Entry {
                    key: self.components[*place].name.clone(),
                    key_span: Span::NONE,
                    value: self.components[*place].node.clone(),
                });
                let members = Map::from_unique(members.collect());
                if members.is_empty() {
                    continue;
                }
                Node::map(members).at(section.value.span)
            } else {
                section.value.clone()
            };
            sections.push_unique(Entry {
                value,
                ..section.clone()
            });
        }
        (!sections.is_empty()).then(|| Node::map(sections).at(components.span))
    }

    fn reached(&mut self, paths: &Node, operations: &[&Operation], keep: &[String]) -> BTreeSet<usize> {
        let mut waiting = self.references_in(Kind::Paths, paths);
        waiting.extend(keep.iter().filter_map(|name| self.place("schemas", name)));
        let security = operations
            .iter()
            .filter_map(|operation| operation.security.as_ref())
            .chain(self.spec.root.get("security"));
        let schemes = security
            .filter_map(Node::as_list)
            .flatten()
            .filter_map(Node::as_map)
            .flatten();
        waiting.extend(schemes.filter_map(|scheme| self.place("securitySchemes", &scheme.key)));
        if self.says_no_security() {
            let schemes = self.places.get("securitySchemes");
            waiting.extend(schemes.into_iter().flat_map(FxHashMap::values).copied());
        }
        let mut reached = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            if !reached.insert(place) {
                continue;
            }
            let component = &self.components[place];
            let found = match &component.references {
                Some(found) => found,
                None => {
                    let found = self.references_in(component.kind, component.node);
                    self.components[place].references.insert(found)
                }
            };
            waiting.extend(found);
        }
        reached
    }

    /// Whether schemes are declared, and nowhere is said what asks for them: then any of them may be needed.
    fn says_no_security(&self) -> bool {
        let mut operations = self.spec.operations.iter();
        self.spec.root.get("security").is_none() && operations.all(|operation| operation.security.is_none())
    }

    /// The components that a tree refers to itself.
    fn references_in(&self, kind: Kind, node: &Node) -> Vec<usize> {
        let mut found = Vec::new();
        visit(kind, node, &Place::start(""), &mut |kind, node, _| {
            if kind.section().is_some() {
                found.extend(node.get_str("$ref").and_then(|reference| self.target(reference)));
            }
            true
        });
        found
    }

    fn target(&self, reference: &str) -> Option<usize> {
        let (section, rest) = reference.strip_prefix("#/components/")?.split_once('/')?;
        let name = rest.split('/').next().unwrap_or(rest);
        self.place(section, &pointer::unescape(name))
    }

    fn place(&self, section: &str, name: &str) -> Option<usize> {
        self.places.get(section)?.get(name).copied()
    }
}
