use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::openapi::HttpVerb;
use crate::source::{Entry, Node, pointer};

/// ## What it finds
/// Two paths that differ only in the names of their placeholders and share a verb.
/// ## Why it matters
/// They are the same address: a request for one is taken for the other.
/// ## Example
/// `GET /widgets/{id}` and `GET /widgets/{name}`
/// ## Instead
/// One path with one operation, or paths that differ.
pub(super) static RULE: Rule = Rule {
    id: "colliding-paths",
    severity: Severity::Warning,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in document
        .service
        .spec
        .root
        .get("paths")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        let shape = shape(&entry.key);
        let Some(first) = seen.get(&shape) else {
            seen.insert(shape, entry);
            continue;
        };
        let shared = entry
            .value
            .as_map()
            .into_iter()
            .flatten()
            .find(|verb| verb.key.parse::<HttpVerb>().is_ok() && first.value.get(&verb.key).is_some());
        if let Some(verb) = shared {
            out.add(
                entry.key_span,
                format!("/paths/{}/{}", pointer::escape(&entry.key), verb.key),
                format!("`{}` is the same address as `{}`", entry.key, first.key),
            )
            .label(first.key_span, "the other one");
        }
    }
}

/// The path with all placeholders alike.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => {
                inside = true;
                shape.push_str("{}");
            }
            '}' => inside = false,
            _ if !inside => shape.push(character),
            _ => {}
        }
    }
    shape
}
