//! Objects of a document, key by key.

use crate::source::{Map, Node, Text};

/// An object under construction.
#[derive(Debug, Default)]
pub(super) struct Object(Map);

impl Object {
    pub(super) fn new() -> Self {
        Object::default()
    }

    pub(super) fn with(mut self, key: impl Into<Text>, value: Node) -> Self {
        self.0.insert(key, value);
        self
    }

    /// Sets a key to a text, when there is one.
    pub(super) fn with_text(self, key: &str, value: Option<&Text>) -> Self {
        match value {
            Some(value) => self.with(key, text(value.clone())),
            None => self,
        }
    }

    /// Sets a key to a list, when it is not empty.
    pub(super) fn with_list(self, key: &str, items: Vec<Node>) -> Self {
        if items.is_empty() {
            self
        } else {
            self.with(key, Node::list(items))
        }
    }

    pub(super) fn node(self) -> Node {
        Node::map(self.0)
    }
}

pub(super) fn text(value: impl Into<Text>) -> Node {
    Node::string(value)
}
