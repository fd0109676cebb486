//! Which places a `JSONPath` (RFC 9535) selects.

use std::collections::BTreeSet;

use serde_json_path::JsonPath;

use crate::source::{Node, pointer};

/// A parsed path.
#[derive(Debug, Clone)]
pub(super) struct Path(JsonPath);

impl Path {
    /// # Errors
    /// What is wrong with the text, and the byte where.
    pub(super) fn parse(text: &str) -> Result<Self, (String, usize)> {
        JsonPath::parse(text)
            .map(Path)
            .map_err(|error| (error.message().to_owned(), error.position()))
    }
}

/// A copy of a document in the form that paths are evaluated on, kept up with the patches.
pub(super) struct Mirror(serde_json::Value);

impl Mirror {
    pub(super) fn of(root: &Node) -> Self {
        Mirror(value(root))
    }

    /// The pointers of the selected places: each once, in the order of the path's selectors.
    pub(super) fn select(&self, path: &Path) -> Vec<String> {
        let located = path.0.query_located(&self.0);
        let mut seen = BTreeSet::new();
        let mut places: Vec<String> = located
            .locations()
            .map(serde_json_path::NormalizedPath::to_json_pointer)
            .collect();
        places.retain(|place| seen.insert(place.clone()));
        places
    }

    pub(super) fn set(&mut self, place: &str, node: &Node) {
        if let Some(old) = self.0.pointer_mut(place) {
            *old = value(node);
        }
    }

    pub(super) fn remove(&mut self, place: &str) {
        let Some((holder, token)) = place.rsplit_once('/') else {
            return;
        };
        let token = pointer::unescape(token);
        match self.0.pointer_mut(holder) {
            Some(serde_json::Value::Object(map)) => {
                map.shift_remove(&*token);
            }
            Some(serde_json::Value::Array(list)) => {
                if let Some(index) = token.parse::<usize>().ok().filter(|index| *index < list.len()) {
                    list.remove(index);
                }
            }
            _ => {}
        }
    }
}

fn value(node: &Node) -> serde_json::Value {
    // A tree has text keys and finite numbers only, so this cannot fail.
    serde_json::to_value(node).unwrap_or_default()
}
