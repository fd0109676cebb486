//! An overlay file as actions, with every mistake in it at once.

use super::{Action, ID, Overlay, select::Path};
use crate::diagnostic::{Diagnostic, similar};
use crate::source::{Document, Map, Node, pointer};

const DOCUMENT_KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO_KEYS: [&str; 2] = ["title", "version"];
const ACTION_KEYS: [&str; 5] = ["target", "description", "update", "remove", "x-expect"];

/// Reads an overlay.
///
/// # Errors
/// All that is wrong with its form.
pub fn read_overlay(document: &Document) -> Result<Overlay, Vec<Diagnostic>> {
    let mut reader = Reader { findings: Vec::new() };
    let overlay = reader.overlay(&document.root);
    if reader.findings.is_empty() {
        Ok(overlay)
    } else {
        Err(reader.findings)
    }
}

struct Reader {
    findings: Vec<Diagnostic>,
}

impl Reader {
    fn overlay(&mut self, root: &Node) -> Overlay {
        let mut overlay = Overlay {
            extends: None,
            actions: Vec::new(),
        };
        let Some(map) = self.map(root, "", &DOCUMENT_KEYS) else {
            return overlay;
        };
        match map.get("overlay").map(|version| (version, version.scalar_text())) {
            Some((_, Some(version))) if version.starts_with("1.") => {}
            Some((version, _)) => self.fault(
                version,
                "/overlay",
                "only Overlay 1.x is known".into(),
                "write `overlay: 1.0.0`",
            ),
            None => self.fault(
                root,
                "",
                "`overlay`, the version of the format, is missing".into(),
                "write `overlay: 1.0.0`",
            ),
        }
        if let Some(info) = map.get("info") {
            self.map(info, "/info", &INFO_KEYS);
        }
        if let Some(extends) = map.get("extends") {
            overlay.extends = Some(extends.clone());
            if extends.as_str().is_none() {
                self.wrong_kind(extends, "/extends", "a string");
            }
        }
        match map.get("actions") {
            None => self.fault(
                root,
                "",
                "`actions` is missing".into(),
                "list the patches under `actions`",
            ),
            Some(actions) => match actions.as_list() {
                None => self.wrong_kind(actions, "/actions", "a list"),
                Some(list) => {
                    let read = list.iter().enumerate();
                    let read = read.filter_map(|(index, action)| self.action(action, format!("/actions/{index}")));
                    overlay.actions = read.collect();
                }
            },
        }
        overlay
    }

    fn action(&mut self, node: &Node, place: String) -> Option<Action> {
        let map = self.map(node, &place, &ACTION_KEYS)?;
        let Some(target) = map.get("target") else {
            self.fault(
                node,
                &place,
                "`target` is missing".into(),
                "say with a JSONPath what the patch is for",
            );
            return None;
        };
        let target_place = format!("{place}/target");
        let Some(text) = target.as_text() else {
            self.wrong_kind(target, &target_place, "a string");
            return None;
        };
        let path = match Path::parse(text) {
            Ok(path) => Some(path),
            Err((message, at)) => {
                let message = format!("`{text}` is no JSONPath: {message} at character {}", at + 1);
                self.fault(
                    target,
                    &target_place,
                    message,
                    "write a path as RFC 9535 has it, e.g. `$.paths['/pets'].get`",
                );
                None
            }
        };
        let removes = match map.get("remove").map(|remove| (remove, remove.as_bool())) {
            None => false,
            Some((_, Some(removes))) => removes,
            Some((remove, None)) => {
                self.wrong_kind(remove, &format!("{place}/remove"), "true or false");
                false
            }
        };
        let update = map.get("update");
        if update.is_none() && map.get("remove").is_none() {
            self.fault(
                node,
                &place,
                "the action does nothing".into(),
                "give `update`, or `remove: true`",
            );
        }
        // As the specification has it: where both are given, the removal counts.
        let update = if removes { None } else { Some(update?.clone()) };
        Some(Action {
            path: path?,
            target: text.clone(),
            target_span: target.span,
            pointer: place,
            expect: map.get("x-expect").cloned(),
            update,
        })
    }

    /// The map of a node, with its unknown keys reported; extensions are free.
    fn map<'n>(&mut self, node: &'n Node, place: &str, known: &[&'static str]) -> Option<&'n Map> {
        let Some(map) = node.as_map() else {
            self.wrong_kind(node, place, "a map");
            return None;
        };
        for entry in map {
            let closest = similar(&entry.key, known.iter().copied());
            let is_free = entry.key.starts_with("x-") && closest.is_none();
            if known.contains(&entry.key.as_str()) || is_free {
                continue;
            }
            let help = match closest {
                Some(closest) => format!("did you mean `{closest}`?"),
                None => format!("the keys here are {}", known.join(", ")),
            };
            self.findings.push(
                Diagnostic::error(ID, format!("there is no key `{}` in an overlay here", entry.key))
                    .at(entry.key_span)
                    .pointer(format!("{place}/{}", pointer::escape(&entry.key)))
                    .help(help),
            );
        }
        Some(map)
    }

    fn wrong_kind(&mut self, node: &Node, place: &str, wanted: &str) {
        let message = format!("expected {wanted}, found {}", node.kind());
        self.findings
            .push(Diagnostic::error(ID, message).at(node.span).pointer(place));
    }

    fn fault(&mut self, node: &Node, place: &str, message: String, help: &str) {
        self.findings
            .push(Diagnostic::error(ID, message).at(node.span).pointer(place).help(help));
    }
}
