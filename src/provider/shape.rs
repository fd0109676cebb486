//! A schema as the runtime sees it, which is less than what OpenAPI says: composition counts only where the schema has
//! no properties of its own.

use indexmap::IndexMap;

use crate::openapi::{Schema, Spec};
use crate::source::{Node, Text};

/// Deepest chain of compositions that is followed. The runtime itself overflows its stack on endless ones.
const MAX_COMPOSITION_DEPTH: usize = 24;

/// A schema after the runtime's own merging.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'a> {
    spec: &'a Spec,
    schema: Schema<'a>,
    data_type: Option<&'a str>,
    properties: IndexMap<Text, Schema<'a>>,
    items: Option<Schema<'a>>,
    is_merged: bool,
}

impl<'a> Shape<'a> {
    /// The schema as it is declared, nothing merged.
    pub(crate) fn of(schema: Schema<'a>) -> Self {
        let spec = schema.spec();
        let node = schema.node();
        Shape {
            spec,
            schema,
            data_type: declared_type(node),
            properties: own_properties(spec, node),
            items: node
                .get("items")
                .filter(|items| items.as_map().is_some())
                .map(|items| spec.schema(items)),
            is_merged: false,
        }
    }

    /// The schema that it was made from.
    pub(crate) fn schema(&self) -> Schema<'a> {
        self.schema
    }

    /// The declared type, or that of an `allOf` part.
    pub(crate) fn data_type(&self) -> Option<&'a str> {
        self.data_type
            .or_else(|| self.schema.parts("allOf").find_map(|part| declared_type(part.node())))
    }

    /// Whether it says `type: array` itself.
    pub(crate) fn is_array(&self) -> bool {
        self.data_type == Some("array")
    }

    /// The schema of the items, also from `allOf`.
    pub(crate) fn items(&self) -> Option<Schema<'a>> {
        if self.is_merged {
            return self.items;
        }
        let composed = self.schema.parts("allOf").filter_map(|part| {
            let items = part.node().get("items")?;
            Some(self.spec.schema(items))
        });
        composed.last().or(self.items)
    }

    fn is_composed(&self) -> bool {
        !self.is_merged
            && ["allOf", "oneOf", "anyOf"]
                .iter()
                .any(|keyword| self.has_parts(keyword))
    }

    fn has_parts(&self, keyword: &str) -> bool {
        self.schema.parts(keyword).next().is_some()
    }

    /// One step of an object key. Properties beside a composition are not seen here.
    pub(crate) fn step(&self, name: &str) -> Option<Shape<'a>> {
        if name == "[*]" {
            let additional = || {
                let node = self.schema.node().get("additionalProperties")?;
                node.as_map().map(|_| self.spec.schema(node))
            };
            if let Some(items) = self.items().or_else(additional) {
                return Some(Shape::of(items));
            }
        }
        let found = if self.is_composed() {
            self.composed(&["allOf", "oneOf", "anyOf"], 0)?
                .properties
                .get(name)
                .copied()
        } else {
            self.properties.get(name).copied()
        };
        found.map(Shape::of)
    }

    /// One property of its own: the old form of object keys looks nowhere else.
    pub(crate) fn own_property(&self, name: &str) -> Option<Shape<'a>> {
        self.properties.get(name).copied().map(Shape::of)
    }

    /// Whether it has properties of its own.
    pub(crate) fn has_own_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// The composition as one schema, when there is one.
    pub(crate) fn merged(&self) -> Option<Shape<'a>> {
        self.is_composed()
            .then(|| self.composed(&["allOf", "oneOf", "anyOf"], 0))
            .flatten()
    }

    /// The fields of a request body: its own properties, or those of its composition when it has none.
    pub(crate) fn fields(&self) -> IndexMap<Text, Schema<'a>> {
        if self.properties.is_empty()
            && let Some(merged) = self.merged()
        {
            return merged.properties;
        }
        self.properties.clone()
    }

    /// The columns of a row: `Some` with the properties (perhaps none) of an object, `None` when it is none.
    pub(crate) fn row(&self) -> Option<Row<'a>> {
        self.row_at(0)
    }

    fn row_at(&self, depth: usize) -> Option<Row<'a>> {
        let is_object =
            self.data_type == Some("object") || (!self.is_array() && (self.has_own_properties() || self.is_composed()));
        if is_object {
            if self.has_own_properties() || depth >= MAX_COMPOSITION_DEPTH {
                return Some(Row::Object(self.properties.clone()));
            }
            // The order differs from that of object keys; so it is.
            for keyword in ["allOf", "anyOf", "oneOf"] {
                if !self.is_merged && self.has_parts(keyword) {
                    return self.composed(&[keyword], 0)?.row_at(depth + 1);
                }
            }
            return Some(Row::Object(IndexMap::new()));
        }
        if self.is_array() {
            let items = self.items?;
            return (depth < MAX_COMPOSITION_DEPTH)
                .then(|| Shape::of(items).row_at(depth + 1))
                .flatten();
        }
        (self.data_type() == Some("string")).then_some(Row::Text(self.schema))
    }

    /// The union of the first of these keywords that is present. A name that occurs again gets the component's name in
    /// front (and is always null at run time).
    fn composed(&self, keywords: &[&str], depth: usize) -> Option<Shape<'a>> {
        let keyword = keywords.iter().find(|keyword| self.has_parts(keyword))?;
        let mut merged = Shape {
            properties: IndexMap::new(),
            is_merged: true,
            ..self.clone()
        };
        for part in self.schema.parts(keyword) {
            let mut shape = Shape::of(part);
            if depth < MAX_COMPOSITION_DEPTH
                && shape.is_composed()
                && let Some(inner) = shape.composed(&["allOf", "oneOf", "anyOf"], depth + 1)
            {
                shape = inner;
            }
            merged.data_type = shape.data_type().or(merged.data_type);
            merged.items = shape.items.or(merged.items);
            for (name, property) in shape.properties {
                if merged.properties.contains_key(&name) {
                    let prefixed = format!("{}_{name}", last_segment(part.written()));
                    merged.properties.insert(prefixed.into(), property);
                } else {
                    merged.properties.insert(name, property);
                }
            }
        }
        Some(merged)
    }
}

/// What one row consists of.
#[derive(Debug, Clone)]
pub(crate) enum Row<'a> {
    /// Named columns.
    Object(IndexMap<Text, Schema<'a>>),
    /// One text without a name.
    Text(Schema<'a>),
}

/// `type`; of a list the first that is not `null` (the runtime refuses lists, people write them all the same).
fn declared_type(node: &Node) -> Option<&str> {
    let declared = node.get("type")?;
    match declared.as_list() {
        Some(list) => list.iter().filter_map(Node::as_str).find(|name| *name != "null"),
        None => declared.as_str(),
    }
}

fn own_properties<'a>(spec: &'a Spec, node: &'a Node) -> IndexMap<Text, Schema<'a>> {
    let declared = node.get("properties").and_then(Node::as_map);
    declared
        .into_iter()
        .flatten()
        .map(|entry| (entry.key.clone(), spec.schema(&entry.value)))
        .collect()
}

fn last_segment(written: &Node) -> &str {
    written
        .get_str("$ref")
        .and_then(|reference| reference.rsplit('/').next())
        .unwrap_or_default()
}
