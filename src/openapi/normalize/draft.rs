//! The document while passes work on it, with the record of what they did.

use rustc_hash::FxHashMap;

use super::layout::Kind;
use super::place::Place;
use super::walk::{self, rewrite_values};
use crate::diagnostic::Diagnostic;
use crate::openapi::{Change, HttpVerb, Spec};
use crate::source::{Entry, List, Node, Span, Text, Value};

/// The document while passes work on it.
pub(super) struct Draft {
    /// The document.
    pub(super) root: Node,
    /// What the passes changed.
    pub(super) log: Log,
    /// The ids that reading gave to the operations, by path and verb of the source.
    pub(super) ids: FxHashMap<(Text, HttpVerb), Text>,
    /// How often a schema may appear inside itself.
    pub(super) circular_depth: usize,
    /// Whether every reference that leads somewhere is one to a component by now.
    pub(super) has_settled_references: bool,
}

/// What passes changed and what they could not mend.
#[derive(Default)]
pub(super) struct Log {
    /// The pass at work.
    pub(super) pass: &'static str,
    /// Every change so far.
    pub(super) changes: Vec<Change>,
    /// What could not be mended without a loss.
    pub(super) findings: Vec<Diagnostic>,
}

impl Log {
    /// Records that a value was replaced.
    pub(super) fn replaced(&mut self, place: &Place<'_>, before: &Node, after: &Node) {
        self.changes.push(
            Change::new(self.pass, place.pointer(), before.span)
                .before(before)
                .after(after),
        );
    }

    /// Records that a value is gone.
    pub(super) fn removed(&mut self, place: &Place<'_>, before: &Node) {
        self.changes
            .push(Change::new(self.pass, place.pointer(), before.span).before(before));
    }

    /// Records that a value is new.
    pub(super) fn added(&mut self, place: &Place<'_>, after: &Node, span: Span) {
        self.changes
            .push(Change::new(self.pass, place.pointer(), span).after(after));
    }

    /// Records a change in words.
    pub(super) fn told(&mut self, place: &Place<'_>, span: Span, before: impl Into<Text>, after: impl Into<Text>) {
        self.changes.push(
            Change::new(self.pass, place.pointer(), span)
                .before_text(before)
                .after_text(after),
        );
    }

    /// Reports something that loses meaning, for people to look at.
    pub(super) fn warn(&mut self, place: &Place<'_>, span: Span, message: impl Into<String>, help: &str) {
        self.findings.push(
            Diagnostic::warning(self.pass, message)
                .at(span)
                .pointer(place.pointer())
                .help(help),
        );
    }
}

/// An operation where it stands.
pub(super) struct OperationAt<'a> {
    pub(super) path: &'a Text,
    pub(super) verb: HttpVerb,
    pub(super) node: &'a Node,
    pub(super) place: Place<'a>,
}

impl Draft {
    pub(super) fn new(spec: Spec, circular_depth: usize) -> Self {
        let ids = spec
            .operations
            .iter()
            .map(|operation| ((operation.path.clone(), operation.verb), operation.id.clone()))
            .collect();
        Draft {
            root: spec.root,
            log: Log::default(),
            ids,
            circular_depth,
            has_settled_references: false,
        }
    }

    /// The document with its components indexed, for looking up references. Shares everything with the draft.
    pub(super) fn view(&self) -> Spec {
        Spec::index(self.root.clone())
    }

    /// Rewrites the whole document from the leaves up; see [`walk::rewrite`].
    pub(super) fn rewrite(&mut self, mut change: impl FnMut(Kind, &Node, &Place<'_>, &mut Log) -> Option<Node>) {
        let log = &mut self.log;
        let start = Place::start("");
        let mut change = |kind: Kind, node: &Node, place: &Place<'_>| change(kind, node, place, log);
        if let Some(root) = walk::rewrite(Kind::Document, &self.root, &start, &mut change) {
            self.root = root;
        }
    }

    /// Rewrites all schemas; see [`Self::rewrite`].
    pub(super) fn rewrite_schemas(&mut self, mut change: impl FnMut(&Node, &Place<'_>, &mut Log) -> Option<Node>) {
        self.rewrite(|kind, node, place, log| match kind {
            Kind::Schema => change(node, place, log),
            _ => None,
        });
    }

    /// Rewrites path items; the key of a path may not change.
    pub(super) fn edit_path_items(&mut self, mut edit: impl FnMut(&Entry, &Place<'_>, &mut Log) -> Option<Node>) {
        let start = Place::start("/paths");
        let log = &mut self.log;
        let Some(paths) = self.root.get("paths") else { return };
        let changed = paths.as_map().and_then(|map| {
            rewrite_values(map, |entry| {
                if entry.key.starts_with("x-") {
                    return None;
                }
                edit(entry, &start.key(&entry.key), log)
            })
        });
        if let Some(changed) = changed {
            let changed = changed.at(paths.span);
            self.set("paths", changed);
        }
    }

    /// Rewrites operations.
    pub(super) fn edit_operations(&mut self, mut edit: impl FnMut(&OperationAt<'_>, &mut Log) -> Option<Node>) {
        self.edit_path_items(|path, place, log| {
            let changed = rewrite_values(path.value.as_map()?, |entry| {
                let verb = entry.key.parse::<HttpVerb>().ok()?;
                entry.value.as_map()?;
                let operation = OperationAt {
                    path: &path.key,
                    verb,
                    node: &entry.value,
                    place: place.key(&entry.key),
                };
                edit(&operation, log)
            })?;
            Some(changed.at(path.value.span))
        });
    }

    /// Keeps those parameters of operations for which the predicate holds; it sees them with references resolved.
    pub(super) fn retain_parameters(&mut self, mut keep: impl FnMut(&Node, &Place<'_>, &mut Log) -> bool) {
        let view = self.view();
        self.edit_operations(|operation, log| {
            let parameters = operation.node.get("parameters")?;
            let list = parameters.as_list()?;
            let place = operation.place.key("parameters");
            let kept: List = list
                .iter()
                .enumerate()
                .filter(|(index, written)| match view.resolve(written) {
                    Some(parameter) => keep(parameter, &place.index(*index), log),
                    None => true,
                })
                .map(|(_, written)| written.clone())
                .collect();
            if kept.len() == list.len() {
                return None;
            }
            if kept.is_empty() {
                return without(operation.node, &["parameters"]);
            }
            Some(with(
                operation.node,
                "parameters",
                Node::new(Value::List(kept)).at(parameters.span),
            ))
        });
    }

    /// Sets a key of the document.
    pub(super) fn set(&mut self, key: &str, value: Node) {
        if let Some(map) = self.root.as_map_mut() {
            map.insert(key, value);
        }
    }
}

/// A copy of a map node with one key set.
pub(super) fn with(node: &Node, key: &str, value: Node) -> Node {
    let mut node = node.clone();
    if let Some(map) = node.as_map_mut() {
        map.insert(key, value);
    }
    node
}

/// A copy of a map node without some keys; `None` when it has none of them.
pub(super) fn without(node: &Node, keys: &[&str]) -> Option<Node> {
    let map = node.as_map()?;
    if !keys.iter().any(|key| map.contains_key(key)) {
        return None;
    }
    let mut node = node.clone();
    node.as_map_mut()?.retain(|entry| !keys.contains(&entry.key.as_str()));
    Some(node)
}
