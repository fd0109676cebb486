//! The tree: scalars keep their text, maps keep their order, clones share their children.

use ecow::{EcoString, EcoVec};

use super::Span;

/// Text of a document: cheap to clone, short strings live inline.
pub type Text = EcoString;

/// A value together with where it was read.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands; [`Span::NONE`] when a stage made it.
    pub span: Span,
}

/// What a node can be. Numbers keep their source text, so nothing is lost beyond 64 bits.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number of the YAML 1.2 core schema, as written.
    Number(Text),
    /// Text, decoded.
    String(Text),
    /// A sequence.
    List(List),
    /// A mapping, in source order.
    Map(Map),
}

/// A sequence of nodes.
pub type List = EcoVec<Node>;

/// Two nodes are equal when their values are: positions do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Default for Node {
    /// Null, without a position.
    fn default() -> Self {
        Node::new(Value::Null)
    }
}

impl Node {
    /// A node without a position.
    #[must_use]
    pub fn new(value: Value) -> Self {
        Node {
            value,
            span: Span::NONE,
        }
    }

    /// A text node without a position.
    #[must_use]
    pub fn string(text: impl Into<Text>) -> Self {
        Node::new(Value::String(text.into()))
    }

    /// A boolean node without a position.
    #[must_use]
    pub fn bool(value: bool) -> Self {
        Node::new(Value::Bool(value))
    }

    /// An integer node without a position.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Node::new(Value::Number(ecow::eco_format!("{value}")))
    }

    /// A list node without a position.
    #[must_use]
    pub fn list(items: impl IntoIterator<Item = Node>) -> Self {
        Node::new(Value::List(items.into_iter().collect()))
    }

    /// A map node without a position.
    #[must_use]
    pub fn map(map: Map) -> Self {
        Node::new(Value::Map(map))
    }

    /// The same value at another position.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The text of a string node.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string node, shared.
    #[must_use]
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of any scalar: strings decoded, numbers as written, `true`, `false`, `null`.
    #[must_use]
    pub fn scalar_text(&self) -> Option<Text> {
        match &self.value {
            Value::Null => Some("null".into()),
            Value::Bool(value) => Some(if *value { "true" } else { "false" }.into()),
            Value::Number(text) | Value::String(text) => Some(text.clone()),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The value of a boolean node.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a number node that is an integer within `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The map of a map node.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map of a map node, to change it.
    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map of a map node, taken out of it; an empty one for other nodes.
    #[must_use]
    pub fn into_map(self) -> Map {
        match self.value {
            Value::Map(map) => map,
            _ => Map::new(),
        }
    }

    /// The items of a list node.
    #[must_use]
    pub fn as_list(&self) -> Option<&List> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value under a key, when this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The text under a key, when this is a map and that value a string.
    #[must_use]
    pub fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// One word for messages: `a string`, `a map` and so on.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// One key of a map with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key as text; `200` and `"200"` are the same key.
    pub key: Text,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

/// A mapping in source order. Keys are unique. Look-up is linear: the maps that are looked up often have few keys, and
/// the large ones (components, paths) are indexed by [`crate::openapi::Spec`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    entries: EcoVec<Entry>,
}

impl Map {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Map::default()
    }

    /// A map of entries whose keys are known to be unique.
    #[must_use]
    pub fn from_unique(entries: EcoVec<Entry>) -> Self {
        Map { entries }
    }

    /// Whether both maps are the same entries in memory, so that no comparison is needed.
    #[must_use]
    pub fn shares_with(&self, other: &Map) -> bool {
        self.entries.len() == other.entries.len() && std::ptr::eq(self.entries.as_ptr(), other.entries.as_ptr())
    }

    /// Number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The entries in order, to change their values (not their keys).
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.entries.make_mut().iter_mut()
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter().map(|entry| &entry.key)
    }

    /// The entry of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry at a place in the order.
    #[must_use]
    pub fn entry_at(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let index = self.index_of(key)?;
        Some(&mut self.entries.make_mut()[index].value)
    }

    /// Whether a key is present.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Sets a key: a present one keeps its place, a new one goes to the end. Returns the old value.
    pub fn insert(&mut self, key: impl Into<Text>, value: Node) -> Option<Node> {
        let key = key.into();
        if let Some(index) = self.index_of(&key) {
            let entry = &mut self.entries.make_mut()[index];
            return Some(std::mem::replace(&mut entry.value, value));
        }
        self.entries.push(Entry {
            key,
            key_span: Span::NONE,
            value,
        });
        None
    }

    /// Adds an entry whose key the caller knows to be new.
    pub fn push_unique(&mut self, entry: Entry) {
        debug_assert!(!self.contains_key(&entry.key), "duplicate key {}", entry.key);
        self.entries.push(entry);
    }

    /// Removes a key; the order of the others stays.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let index = self.index_of(key)?;
        Some(self.entries.remove(index).value)
    }

    /// Keeps the entries for which the predicate holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&Entry) -> bool) {
        if self.entries.iter().all(&mut keep) {
            return;
        }
        self.entries = self.entries.iter().filter(|entry| keep(entry)).cloned().collect();
    }

    fn index_of(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key == key)
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Map {
    type Item = &'a mut Entry;
    type IntoIter = std::slice::IterMut<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<K: Into<Text>> FromIterator<(K, Node)> for Map {
    /// Collects pairs; of equal keys the last value wins, at the place of the first.
    fn from_iter<I: IntoIterator<Item = (K, Node)>>(pairs: I) -> Self {
        let mut map = Map::new();
        for (key, value) in pairs {
            map.insert(key, value);
        }
        map
    }
}
