//! `OpenAPI` Overlay 1.0: patches of a description that stand beside it, applied before anything else looks at it.
//!
//! A patch must not outlive its reason in silence: an action that matches nothing, or whose expectation (the extension
//! `x-expect`) no longer holds, is an error.

mod read;
mod select;

use super::Change;
use crate::diagnostic::Diagnostic;
use crate::source::{Map, Node, Span, Text, Value, pointer};
pub use read::read_overlay;
use select::{Mirror, Path};

/// The id of findings about an overlay and of the changes that it makes.
const ID: &str = "overlay";

/// What every finding about an action that does not work says.
const MEND: &str = "remove or mend this patch";

/// A file of patches.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The document that the patches are for, by file name or URL; all when absent.
    pub extends: Option<Node>,
    /// The patches in order; each sees what those before it made.
    pub actions: Vec<Action>,
}

/// One patch.
#[derive(Debug, Clone)]
pub struct Action {
    path: Path,
    target: Text,
    target_span: Span,
    /// Where the action stands in its file.
    pointer: String,
    /// Each matched node must hold this: a map these keys at least, everything else the same value.
    expect: Option<Node>,
    /// `None` is a removal.
    update: Option<Node>,
}

/// Applies an overlay to the documents (each with its file name) that it is for. Every match of every action is a
/// change; an action that does not work is a finding and changes nothing.
#[must_use]
pub fn apply_overlay(overlay: &Overlay, documents: &mut [(&str, &mut Node)]) -> (Vec<Change>, Vec<Diagnostic>) {
    let mut patched: Vec<Patched<'_>> = documents
        .iter_mut()
        .filter(|(name, _)| overlay.is_for(name))
        .map(|(_, root)| Patched {
            mirror: Mirror::of(root),
            root,
        })
        .collect();
    let mut changes = Vec::new();
    let mut findings = Vec::new();
    if patched.is_empty() && !overlay.actions.is_empty() {
        let extends = overlay.extends.as_ref();
        findings.push(
            Diagnostic::error(
                ID,
                format!("no source is `{}`, which this overlay extends", overlay.extended()),
            )
            .at(extends.map_or(Span::NONE, |extends| extends.span))
            .pointer("/extends")
            .help("correct `extends`, or leave it out to patch all sources"),
        );
        return (changes, findings);
    }
    for action in &overlay.actions {
        let mut matches = 0;
        let mut faults = Vec::new();
        let mut places = Vec::new();
        for (index, document) in patched.iter().enumerate() {
            let pointers = document.mirror.select(&action.path);
            matches += pointers.len();
            faults.extend(pointers.iter().filter_map(|place| action.fault(document.root, place)));
            places.push((index, pointers));
        }
        if matches == 0 {
            findings.push(action.finding(format!("`{}` matches nothing", action.target)));
        } else if let Some(fault) = faults.into_iter().next() {
            findings.push(fault);
        } else {
            for (index, pointers) in places {
                patched[index].apply(action, pointers, &mut changes);
            }
        }
    }
    (changes, findings)
}

impl Overlay {
    fn is_for(&self, document: &str) -> bool {
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        self.extends.is_none() || last(self.extended()) == last(document)
    }

    fn extended(&self) -> &str {
        self.extends.as_ref().and_then(Node::as_str).unwrap_or_default()
    }
}

impl Action {
    fn finding(&self, message: String) -> Diagnostic {
        Diagnostic::error(ID, message)
            .at(self.target_span)
            .pointer(format!("{}/target", self.pointer))
            .help(MEND)
    }

    /// Why the action cannot be applied to a place.
    fn fault(&self, root: &Node, place: &str) -> Option<Diagnostic> {
        let node = pointer::follow(root, place)?;
        if let Some(expected) = &self.expect
            && let Some(difference) = difference(expected, node, "")
        {
            let finding = Diagnostic::error(
                ID,
                format!("what this patch expects at `{}` is not there", shown(place)),
            )
            .at(expected.span)
            .pointer(format!("{}/x-expect", self.pointer))
            .label(node.span, "the place that the patch is for")
            .note_that(difference)
            .help(MEND);
            return Some(finding);
        }
        match &self.update {
            None if place.is_empty() => Some(self.finding("the whole document cannot be removed".into())),
            Some(update) => match (&node.value, &update.value) {
                (Value::Map(_), Value::Map(_)) | (Value::List(_), _) => None,
                (Value::Map(_), _) => Some(self.finding(format!(
                    "`{}` is a map, but `update` is {}",
                    shown(place),
                    update.kind()
                ))),
                _ => Some(
                    self.finding(format!(
                        "`{}` is {}; only maps and lists can be updated",
                        shown(place),
                        node.kind()
                    ))
                    .note_that("to set one value, let `target` select the map around it"),
                ),
            },
            None => None,
        }
    }
}

/// A place for people: the root has an empty pointer.
fn shown(place: &str) -> &str {
    if place.is_empty() { "/" } else { place }
}

/// What a node lacks of what is expected, in words.
fn difference(expected: &Node, actual: &Node, place: &str) -> Option<String> {
    match (&expected.value, &actual.value) {
        (Value::Map(wanted), Value::Map(there)) => wanted.iter().find_map(|entry| {
            let place = format!("{place}/{}", pointer::escape(&entry.key));
            match there.get(&entry.key) {
                Some(value) => difference(&entry.value, value, &place),
                None => Some(format!("`{place}` is missing")),
            }
        }),
        _ if expected == actual => None,
        _ => {
            let of = |node: &Node| match node.scalar_text() {
                Some(text) => format!("`{text}`"),
                None => node.kind().to_owned(),
            };
            let subject = if place.is_empty() {
                "the place".to_owned()
            } else {
                format!("`{place}`")
            };
            let (actual, expected) = (of(actual), of(expected));
            Some(if actual == expected {
                format!("{subject} holds other values")
            } else {
                format!("{subject} is {actual}, not {expected}")
            })
        }
    }
}

/// A document that is being patched.
struct Patched<'a> {
    root: &'a mut Node,
    mirror: Mirror,
}

impl Patched<'_> {
    fn apply(&mut self, action: &Action, mut places: Vec<String>, changes: &mut Vec<Change>) {
        if action.update.is_none() {
            // Items behind a removed one move, so the last goes first; what lies in another goes with it.
            places.sort_by_cached_key(|place| {
                let tokens = place.split('/');
                let in_order = tokens.map(|token| (token.parse::<usize>().unwrap_or(0), token.to_owned()));
                std::cmp::Reverse(in_order.collect::<Vec<_>>())
            });
        }
        for place in places {
            let Some(node) = pointer::follow(self.root, &place) else {
                continue;
            };
            let change = Change::new(ID, place.clone(), node.span).before(node);
            match &action.update {
                None => {
                    remove(self.root, &place);
                    self.mirror.remove(&place);
                    changes.push(change);
                }
                Some(update) => {
                    let Some(node) = follow_mut(self.root, &place) else {
                        continue;
                    };
                    merge(node, update, true);
                    changes.push(change.after(node));
                    let node = node.clone();
                    self.mirror.set(&place, &node);
                }
            }
        }
    }
}

/// Maps are merged, lists grow by the update, everything else is replaced.
fn merge(node: &mut Node, update: &Node, is_target: bool) {
    match (&mut node.value, &update.value) {
        (Value::Map(map), Value::Map(new)) => {
            for entry in new {
                match map.get_mut(&entry.key) {
                    Some(old) => merge(old, &entry.value, false),
                    None => {
                        map.insert(entry.key.clone(), entry.value.clone());
                    }
                }
            }
        }
        // The list that an action selects takes the update as one item, a list inside an update all of its items.
        (Value::List(list), _) if is_target => list.push(update.clone()),
        (Value::List(list), Value::List(more)) => list.extend(more.iter().cloned()),
        _ => *node = update.clone(),
    }
}

fn follow_mut<'a>(root: &'a mut Node, place: &str) -> Option<&'a mut Node> {
    if place.is_empty() {
        return Some(root);
    }
    place.strip_prefix('/')?.split('/').try_fold(root, |node, token| {
        let token = pointer::unescape(token);
        match &mut node.value {
            Value::Map(map) => map.get_mut(&token),
            Value::List(list) => list.make_mut().get_mut(token.parse::<usize>().ok()?),
            _ => None,
        }
    })
}

fn remove(root: &mut Node, place: &str) {
    let Some((holder, token)) = place.rsplit_once('/') else {
        return;
    };
    let token = pointer::unescape(token);
    let Some(holder) = follow_mut(root, holder) else { return };
    match &mut holder.value {
        Value::Map(map) => {
            Map::remove(map, &token);
        }
        Value::List(list) => {
            if let Some(index) = token.parse::<usize>().ok().filter(|index| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => {}
    }
}
