//! Trees from the bottom up: what the readers of both syntaxes share.
//!
//! Children of collections that are still open lie on two stacks, so that each finished collection is allocated once
//! and in its right size.

use std::collections::hash_map;

use ecow::EcoVec;
use rustc_hash::FxHashMap;

use super::{Document, Entry, FileId, List, Map, Node, Span, Text, Value, pointer};
use crate::diagnostic::Diagnostic;

/// Up to this many keys of a map are compared one by one.
const FEW_KEYS: usize = 12;

/// Most findings that are listed for one file.
const MAX_FINDINGS: usize = 1000;

/// A tree that is being read.
pub(super) struct Builder {
    file: FileId,
    open: Vec<Open>,
    entries: Vec<Entry>,
    items: Vec<Node>,
    findings: Vec<Diagnostic>,
    unlisted: usize,
    root: Option<Node>,
}

/// A collection whose end has not been seen.
struct Open {
    start: u32,
    /// Where its children start on their stack.
    base: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    /// A map that waits for a key.
    Map,
    /// A map whose last entry waits for its value.
    MapWithKey,
}

impl Builder {
    pub(super) fn new(file: FileId) -> Self {
        Builder {
            file,
            open: Vec::new(),
            entries: Vec::new(),
            items: Vec::new(),
            findings: Vec::new(),
            unlisted: 0,
            root: None,
        }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// Number of collections that are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The JSON pointer of the place that has been reached: the last key or item that was begun.
    pub(super) fn pointer(&self) -> String {
        self.pointer_above(self.entries.len())
    }

    /// The same, without the map whose entries start here.
    fn pointer_above(&self, mut entries_end: usize) -> String {
        let mut pointer = String::new();
        let mut items_end = self.items.len();
        let mut tokens = Vec::with_capacity(self.open.len());
        for open in self.open.iter().rev() {
            if open.kind == Kind::List {
                tokens.push((items_end - open.base).to_string());
                items_end = open.base;
            } else {
                let last = self.entries[open.base..entries_end].last();
                tokens.extend(last.map(|entry| pointer::escape(&entry.key).into_owned()));
                entries_end = open.base;
            }
        }
        for token in tokens.iter().rev() {
            pointer.push('/');
            pointer.push_str(token);
        }
        pointer
    }

    /// Whether the next scalar is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.kind == Kind::Map)
    }

    /// Whether a map is open whose key waits for its value.
    pub(super) fn expects_value(&self) -> bool {
        self.open.last().is_some_and(|open| open.kind == Kind::MapWithKey)
    }

    pub(super) fn open_list(&mut self, start: usize) {
        let base = self.items.len();
        self.push_open(start, base, Kind::List);
    }

    pub(super) fn open_map(&mut self, start: usize) {
        let base = self.entries.len();
        self.push_open(start, base, Kind::Map);
    }

    fn push_open(&mut self, start: usize, base: usize, kind: Kind) {
        self.open.push(Open {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            base,
            kind,
        });
    }

    /// Sets the key for the next value.
    pub(super) fn key(&mut self, key: Text, key_span: Span) {
        if let Some(open) = self.open.last_mut() {
            open.kind = Kind::MapWithKey;
            self.entries.push(Entry {
                key,
                key_span,
                value: Node::new(Value::Null),
            });
        }
    }

    /// Takes back the last key, whose value is not to be added.
    pub(super) fn take_key(&mut self) -> Option<Entry> {
        let open = self.open.last_mut().filter(|open| open.kind == Kind::MapWithKey)?;
        open.kind = Kind::Map;
        self.entries.pop()
    }

    /// Puts a finished node where it belongs.
    pub(super) fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => {
                self.root.get_or_insert(node);
            }
            Some(open) if open.kind == Kind::List => self.items.push(node),
            Some(open) => {
                open.kind = Kind::Map;
                if let Some(entry) = self.entries.last_mut() {
                    entry.value = node;
                }
            }
        }
    }

    /// Closes the innermost collection, which ends before this offset.
    pub(super) fn close(&mut self, end: usize) -> Option<Node> {
        let open = self.open.pop()?;
        let value = if open.kind == Kind::List {
            Value::List(self.items.drain(open.base..).collect::<List>())
        } else {
            self.settle_duplicates(open.base);
            Value::Map(Map::from_unique(self.entries.drain(open.base..).collect::<EcoVec<_>>()))
        };
        let span = Span {
            file: self.file,
            start: open.start,
            end: u32::try_from(end).unwrap_or(u32::MAX).max(open.start),
        };
        Some(Node { value, span })
    }

    /// Notes a finding about the place that has been reached, unless there are so many that nobody would read them.
    pub(super) fn note(&mut self, finding: impl FnOnce() -> Diagnostic) {
        if self.has_room() {
            self.findings.push(finding().pointer(self.pointer()));
        }
    }

    fn has_room(&mut self) -> bool {
        let has_room = self.findings.len() < MAX_FINDINGS;
        self.unlisted += usize::from(!has_room);
        has_room
    }

    /// The tree and what was noticed, in the order of the text.
    pub(super) fn finish(mut self) -> Document {
        let nothing = Node::new(Value::Null).at(self.span(0, 0));
        self.findings.sort_by_key(|finding| finding.span.start);
        if self.unlisted > 0 {
            self.findings.push(Diagnostic::note(
                "more-findings",
                format!(
                    "{} more findings of this kind in this file are not listed",
                    self.unlisted
                ),
            ));
        }
        Document {
            file: self.file,
            root: self.root.unwrap_or(nothing),
            findings: self.findings,
        }
    }

    /// Of equal keys the last value counts, at the place of the first.
    fn settle_duplicates(&mut self, base: usize) {
        let duplicates = duplicates(&self.entries[base..]);
        if duplicates.is_empty() {
            return;
        }
        for (first, again) in &duplicates {
            let value = std::mem::replace(&mut self.entries[base + again].value, Node::new(Value::Null));
            let again = self.entries[base + again].key_span;
            self.entries[base + first].value = value;
            if self.has_room() {
                let Entry { key, key_span, .. } = &self.entries[base + first];
                let pointer = format!("{}/{}", self.pointer_above(base), pointer::escape(key));
                self.findings.push(
                    Diagnostic::warning(
                        "duplicate-key",
                        format!("the key `{key}` stands twice; the last one counts"),
                    )
                    .at(again)
                    .pointer(pointer)
                    .label(*key_span, "first here")
                    .help("remove one of them"),
                );
            }
        }
        let mut removed = duplicates.iter().map(|(_, again)| *again).peekable();
        let kept: Vec<Entry> = self
            .entries
            .drain(base..)
            .enumerate()
            .filter(|(place, _)| removed.next_if_eq(place).is_none())
            .map(|(_, entry)| entry)
            .collect();
        self.entries.extend(kept);
    }
}

/// The places of keys that stood before, each with the place of the first, in order.
fn duplicates(entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if entries.len() <= FEW_KEYS {
        for (place, entry) in entries.iter().enumerate() {
            if let Some(first) = entries[..place].iter().position(|before| before.key == entry.key) {
                found.push((first, place));
            }
        }
        return found;
    }
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    seen.reserve(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        match seen.entry(&entry.key) {
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(place);
            }
            hash_map::Entry::Occupied(first) => found.push((*first.get(), place)),
        }
    }
    found
}
