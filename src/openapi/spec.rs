//! A document with its operations, and a document as a service.

use rustc_hash::FxHashMap;

use super::{HttpVerb, Operation, Schema, Server};
use crate::source::{Node, Text, pointer};

/// Longest chain of `$ref` to `$ref` that is followed.
pub(in crate::openapi) const MAX_REFERENCE_CHAIN: usize = 32;

/// An OpenAPI document: the tree and the typed view of it. Made by [`super::read`]; to change it, change the tree and
/// read again.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The whole document.
    pub root: Node,
    /// All operations, in document order. They may be changed in place, not moved: [`Spec::operation`] knows their places.
    pub operations: Vec<Operation>,
    /// The servers of the document.
    pub servers: Vec<Server>,
    /// Place of each component: (section, name) → indexes in `components` and in the section.
    components: FxHashMap<(Text, Text), (usize, usize)>,
    /// Places in `operations` of those of a path.
    paths: FxHashMap<Text, Vec<usize>>,
}

/// Whether a reference leads to what holds objects, not to one: the document, a section of its components, its paths.
pub(in crate::openapi) fn is_of_many(reference: &str) -> bool {
    let mut tokens = reference.trim_start_matches('#').split('/').skip(1);
    match tokens.next() {
        None => true,
        Some("components") => tokens.nth(1).is_none(),
        Some("paths") => tokens.next().is_none(),
        Some(_) => false,
    }
}

impl Spec {
    /// A view without operations yet, with the component index made.
    pub(super) fn index(root: Node) -> Self {
        let mut components = FxHashMap::default();
        if let Some(sections) = root.get("components").and_then(Node::as_map) {
            for (section_place, section) in sections.iter().enumerate() {
                for (place, entry) in section.value.as_map().into_iter().flatten().enumerate() {
                    components.insert((section.key.clone(), entry.key.clone()), (section_place, place));
                }
            }
        }
        Spec {
            root,
            operations: Vec::new(),
            servers: Vec::new(),
            components,
            paths: FxHashMap::default(),
        }
    }

    /// Gives the view its operations.
    pub(super) fn set_operations(&mut self, operations: Vec<Operation>) {
        self.paths.clear();
        for (place, operation) in operations.iter().enumerate() {
            self.paths.entry(operation.path.clone()).or_default().push(place);
        }
        self.operations = operations;
    }

    /// The node that a reference inside this document (`#/…`) points to.
    #[must_use]
    pub fn target(&self, reference: &str) -> Option<&Node> {
        let pointer = reference.strip_prefix('#')?;
        let decoded = pointer::percent_decode(pointer);
        if let Some(rest) = decoded.strip_prefix("/components/") {
            let mut tokens = rest.splitn(3, '/');
            let section = pointer::unescape(tokens.next()?);
            let name = tokens.next().map(pointer::unescape);
            if let Some(name) = name {
                let node = self.component(&section, &name)?;
                return match tokens.next() {
                    None => Some(node),
                    Some(deeper) => pointer::follow(node, &format!("/{deeper}")),
                };
            }
        }
        pointer::follow(&self.root, &decoded)
    }

    /// A component by section (`schemas`, `parameters`, …) and name.
    #[must_use]
    pub fn component(&self, section: &str, name: &str) -> Option<&Node> {
        let (section, place) = self.components.get(&(Text::from(section), Text::from(name)))?;
        let section = self.root.get("components")?.as_map()?.entry_at(*section)?;
        Some(&section.value.as_map()?.entry_at(*place)?.value)
    }

    /// Follows `$ref` as long as there is one. A dangling or endless reference gives `None`.
    #[must_use]
    pub fn resolve<'a>(&'a self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_REFERENCE_CHAIN {
            match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => node = self.referred(reference)?,
                None => return Some(node),
            }
        }
        None
    }

    /// What a reference leads to in one step, if that is an object and no section of them.
    pub(in crate::openapi) fn referred(&self, reference: &str) -> Option<&Node> {
        self.target(reference).filter(|_| !is_of_many(reference))
    }

    /// A schema of this document, as a view.
    #[must_use]
    pub fn schema<'a>(&'a self, node: &'a Node) -> Schema<'a> {
        Schema::new(self, node)
    }

    /// The operation at a path and verb.
    #[must_use]
    pub fn operation(&self, path: &str, verb: HttpVerb) -> Option<&Operation> {
        let mut of_path = self.paths.get(path)?.iter().map(|place| &self.operations[*place]);
        of_path.find(|operation| operation.verb == verb)
    }

    /// `info.title`
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.root.get("info")?.get_str("title")
    }

    /// `info.description`
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.root.get("info")?.get_str("description")
    }
}

/// One service of a provider: a document that holds the service's operations and just the components that they reach.
#[derive(Debug, Clone)]
pub struct Service {
    /// The service's name in SQL.
    pub name: Text,
    /// The file name of its document, e.g. `ml.yaml`; the `filename` column of the mapping.
    pub file_name: Text,
    /// Title for people.
    pub title: Text,
    /// One or two sentences for people.
    pub description: Text,
    /// The document.
    pub spec: Spec,
}
