use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::openapi::{Position, for_each_reference};
use crate::source::{Node, pointer};

/// ## What it finds
/// A component of a service document that no operation reaches.
/// ## Why it matters
/// The runtime parses the whole document for each statement: what nobody needs costs every user time.
/// ## Example
/// `components: {schemas: {OldWidget: …}}` with no reference to it
/// ## Instead
/// Remove it; `spgen build` carries over only what is reached.
pub(super) static RULE: Rule = Rule {
    id: "unused-component",
    severity: Severity::Note,
    check: Check::Document(On::Service, check),
};

/// Sections whose entries are found by reference.
const SECTIONS: [&str; 6] = [
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
];

fn check(document: &Document, out: &mut Out<'_>) {
    let root = &document.service.spec.root;
    let Some(components) = root.get("components") else {
        return;
    };
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = Vec::new();
    // Extensions are somebody's data, but the resources refer to schemas too.
    collect_any(components.get("x-stackQL-resources"), &mut open);
    if let Some(paths) = root.get("paths") {
        for_each_reference(paths, Position::ROOT.key("paths"), &mut |reference| {
            open.push(reference.text.to_string());
        });
    }
    while let Some(reference) = open.pop() {
        let Some(name) = component_of(&reference) else { continue };
        if !reached.insert(name.clone()) {
            continue;
        }
        let Some(node) = document.service.spec.target(&format!("#{name}")) else {
            continue;
        };
        let position = Position::of_pointer(root, &name);
        for_each_reference(node, position, &mut |reference| open.push(reference.text.to_string()));
        if let Some(reference) = node.get_str("$ref") {
            open.push(reference.to_owned());
        }
        mapped_types(node, &mut open);
    }
    for section in SECTIONS {
        for entry in components.get(section).and_then(Node::as_map).into_iter().flatten() {
            let name = format!("/components/{section}/{}", pointer::escape(&entry.key));
            if !reached.contains(&name) {
                out.add(entry.key_span, name, format!("no operation reaches `{}`", entry.key))
                    .help("remove it");
            }
        }
    }
}

/// The pointer of the component that a reference leads to or into.
fn component_of(reference: &str) -> Option<String> {
    let mut tokens = reference.strip_prefix("#/components/")?.split('/');
    let section = tokens.next()?;
    let name = tokens.next()?;
    Some(format!("/components/{section}/{name}"))
}

fn collect_any(node: Option<&Node>, open: &mut Vec<String>) {
    let Some(node) = node else { return };
    if let Some(reference) = node.get_str("$ref") {
        open.push(reference.to_owned());
    }
    for entry in node.as_map().into_iter().flatten() {
        collect_any(Some(&entry.value), open);
    }
    for item in node.as_list().into_iter().flatten() {
        collect_any(Some(item), open);
    }
}

/// A discriminator names schemas without `$ref`.
fn mapped_types(node: &Node, open: &mut Vec<String>) {
    let mapping = node
        .get("discriminator")
        .and_then(|discriminator| discriminator.get("mapping"));
    for entry in mapping.and_then(Node::as_map).into_iter().flatten() {
        open.extend(entry.value.as_str().map(str::to_owned));
    }
}
