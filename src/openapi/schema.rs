//! A schema as a view: references followed, `allOf` merged, alternatives united.

use indexmap::IndexMap;

use super::Spec;
use crate::source::{List, Node, Text};

/// Deepest chain of compositions (`allOf` in `allOf` …) that is followed.
const MAX_COMPOSITION_DEPTH: usize = 24;

/// A schema in its document. Cheap to copy. All questions see through `$ref`.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'a> {
    spec: &'a Spec,
    written: &'a Node,
    node: &'a Node,
}

impl<'a> Schema<'a> {
    /// The view of a schema node. A dangling reference behaves like a schema that says nothing.
    pub(super) fn new(spec: &'a Spec, written: &'a Node) -> Self {
        Schema {
            spec,
            written,
            node: spec.resolve(written).unwrap_or(written),
        }
    }

    /// The schema as it stands, perhaps a `$ref`.
    #[must_use]
    pub fn written(&self) -> &'a Node {
        self.written
    }

    /// The schema object behind the references.
    #[must_use]
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// The document that the schema belongs to.
    #[must_use]
    pub fn spec(&self) -> &'a Spec {
        self.spec
    }

    /// The name of the component that the schema is, when it is written as a reference to one.
    #[must_use]
    pub fn component_name(&self) -> Option<&'a str> {
        self.written.get_str("$ref")?.strip_prefix("#/components/schemas/")
    }

    /// The declared or evident type: `type` (the first that is not `null` of a list), else `object` or `array` when
    /// keywords show it, else that of the first composed part that has one.
    #[must_use]
    pub fn data_type(&self) -> Option<&'a str> {
        self.data_type_at(0)
    }

    fn data_type_at(&self, depth: usize) -> Option<&'a str> {
        let own = self.node.get("type").and_then(|declared| match declared.as_list() {
            Some(list) => list.iter().filter_map(Node::as_str).find(|name| *name != "null"),
            None => declared.as_str(),
        });
        if own.is_some() {
            return own;
        }
        if self.node.get("properties").is_some() || self.node.get("additionalProperties").is_some() {
            return Some("object");
        }
        if self.node.get("items").is_some() {
            return Some("array");
        }
        if depth >= MAX_COMPOSITION_DEPTH {
            return None;
        }
        ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .flat_map(|keyword| self.parts(keyword))
            .find_map(|part| part.data_type_at(depth + 1))
    }

    /// The members of `allOf`, `oneOf` or `anyOf`.
    pub fn parts(&self, keyword: &str) -> impl Iterator<Item = Schema<'a>> + use<'a> {
        let spec = self.spec;
        self.node
            .get(keyword)
            .and_then(Node::as_list)
            .map(List::as_slice)
            .unwrap_or_default()
            .iter()
            .map(move |part| Schema::new(spec, part))
    }

    /// Whether the type is `object` (declared or evident).
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.data_type() == Some("object")
    }

    /// Whether the type is `array` (declared or evident).
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.data_type() == Some("array")
    }

    /// All properties in order: the schema's own, then those of its parts (`allOf`, `oneOf`, `anyOf`) that it does not
    /// have. Bounded against schemas that contain themselves.
    #[must_use]
    pub fn properties(&self) -> IndexMap<Text, Schema<'a>> {
        let mut found = IndexMap::new();
        self.collect_properties(&mut found, &mut Vec::new());
        found
    }

    fn collect_properties(&self, found: &mut IndexMap<Text, Schema<'a>>, seen: &mut Vec<*const Node>) {
        let this = std::ptr::from_ref(self.node);
        if seen.len() >= MAX_COMPOSITION_DEPTH || seen.contains(&this) {
            return;
        }
        seen.push(this);
        for entry in self.node.get("properties").and_then(Node::as_map).into_iter().flatten() {
            found
                .entry(entry.key.clone())
                .or_insert_with(|| Schema::new(self.spec, &entry.value));
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for part in self.parts(keyword) {
                part.collect_properties(found, seen);
            }
        }
        seen.pop();
    }

    /// One property by name, seen like [`Self::properties`].
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Schema<'a>> {
        match self.node.get("properties").and_then(|own| own.get(name)) {
            Some(node) => Some(Schema::new(self.spec, node)),
            None => self.properties().get(name).copied(),
        }
    }

    /// Names of required properties: the schema's own and those of its `allOf` parts.
    #[must_use]
    pub fn required(&self) -> Vec<Text> {
        let mut names = Vec::new();
        self.collect_required(&mut names, 0);
        names
    }

    fn collect_required(&self, names: &mut Vec<Text>, depth: usize) {
        for name in self.node.get("required").and_then(Node::as_list).into_iter().flatten() {
            if let Some(name) = name.as_text()
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        if depth < MAX_COMPOSITION_DEPTH {
            for part in self.parts("allOf") {
                part.collect_required(names, depth + 1);
            }
        }
    }

    /// The schema of the items of an array, also when it stands in an `allOf` part.
    #[must_use]
    pub fn items(&self) -> Option<Schema<'a>> {
        if let Some(items) = self.node.get("items") {
            return Some(Schema::new(self.spec, items));
        }
        self.parts("allOf")
            .find_map(|part| part.node.get("items").map(|items| Schema::new(part.spec, items)))
    }

    /// `description`: beside the reference if it stands there, else the schema's own.
    #[must_use]
    pub fn description(&self) -> Option<&'a str> {
        self.written
            .get_str("description")
            .or_else(|| self.node.get_str("description"))
            .filter(|text| !text.trim().is_empty())
    }

    /// `title`
    #[must_use]
    pub fn title(&self) -> Option<&'a str> {
        self.node.get_str("title")
    }

    /// `format`
    #[must_use]
    pub fn format(&self) -> Option<&'a str> {
        self.node.get_str("format")
    }

    /// The values of `enum` as text, without null.
    #[must_use]
    pub fn enum_values(&self) -> Vec<Text> {
        self.node
            .get("enum")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
            .filter(|value| !value.is_null())
            .filter_map(Node::scalar_text)
            .collect()
    }

    /// A boolean keyword such as `readOnly`, `writeOnly`, `nullable`, `deprecated`.
    #[must_use]
    pub fn flag(&self, keyword: &str) -> bool {
        self.written
            .get(keyword)
            .or_else(|| self.node.get(keyword))
            .and_then(Node::as_bool)
            .unwrap_or(false)
    }
}
