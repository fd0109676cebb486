//! Placeholders and their declarations.

use crate::openapi::normalize::draft::{Draft, with, without};
use crate::openapi::normalize::template::placeholders;
use crate::source::{List, Map, Node, Value};

pass! {
    /// Declares placeholders that no parameter declares, and drops path parameters without a placeholder.
    ///
    /// A placeholder that is not declared is sent unfilled; a parameter without placeholder is required and goes nowhere.
    /// Where one of each is left over, they are the same thing under two spellings, and the declaration is renamed.
    /// A parameter that is declared twice is kept once.
    "path-parameters", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.edit_operations(|operation, log| {
        let names = placeholders(operation.path);
        let written = operation.node.get("parameters");
        let list = written.and_then(Node::as_list).map(List::as_slice).unwrap_or_default();
        let place = operation.place.key("parameters");
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let mut kept: Vec<Node> = Vec::new();
        let mut strays: Vec<(usize, &Node, usize)> = Vec::new();
        let mut is_changed = false;
        for (index, item) in list.iter().enumerate() {
            let Some(parameter) = view.resolve(item) else {
                kept.push(item.clone());
                continue;
            };
            let identity = (
                parameter.get_str("name").unwrap_or_default(),
                parameter.get_str("in").unwrap_or_default(),
            );
            if seen.contains(&identity) {
                log.removed(&place.index(index), parameter);
                is_changed = true;
                continue;
            }
            seen.push(identity);
            if identity.1 == "path" && !names.contains(&identity.0) {
                strays.push((index, parameter, kept.len()));
            }
            kept.push(item.clone());
        }
        let undeclared: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| !seen.contains(&(*name, "path")))
            .collect();
        if let ([name], [(index, parameter, at)]) = (undeclared.as_slice(), strays.as_slice()) {
            let renamed = with(parameter, "name", Node::string(*name));
            log.replaced(
                &place.index(*index).key("name"),
                parameter.get("name").unwrap_or(parameter),
                &Node::string(*name),
            );
            kept[*at] = renamed;
            is_changed = true;
        } else {
            for (index, parameter, at) in strays.iter().rev() {
                log.removed(&place.index(*index), parameter);
                kept.remove(*at);
                is_changed = true;
            }
            for name in undeclared {
                let declared = Node::map(Map::from_iter([
                    ("name", Node::string(name)),
                    ("in", Node::string("path")),
                    ("required", Node::bool(true)),
                    ("schema", Node::map(Map::from_iter([("type", Node::string("string"))]))),
                ]));
                log.added(&place, &declared, operation.node.span);
                kept.push(declared);
                is_changed = true;
            }
        }
        if !is_changed {
            return None;
        }
        if kept.is_empty() {
            return without(operation.node, &["parameters"]);
        }
        let span = written.map_or(operation.node.span, |written| written.span);
        let kept = Node::new(Value::List(kept.into_iter().collect())).at(span);
        Some(with(operation.node, "parameters", kept))
    });
}
