use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::source::{Node, Value};

/// ## What it finds
/// A resource or method that violates the schema of service documents: `id`, `name`, `title` missing or no text,
/// `methods`, `sqlVerbs`, `config` of the wrong kind, neither methods nor a view.
/// ## Why it matters
/// The runtime refuses the service or shows nonsense; its static checks and other tools refuse the document.
/// ## Example
/// `widgets: {methods: [list]}`
/// ## Instead
/// `widgets: {id: acme.shop.widgets, name: widgets, title: Widgets, methods: {list: …}, sqlVerbs: …}`
pub(super) static RULE: Rule = Rule {
    id: "malformed-resource",
    severity: Severity::Error,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    let Some(node) = resource.node.as_map() else {
        out.add(
            resource.node.span,
            resource.pointer.as_str(),
            format!(
                "the resource `{}` must be a map, and is {}",
                resource.key,
                resource.node.kind()
            ),
        );
        return;
    };
    let mut wrong = |key: &str, expected: &str, value: &Node| {
        out.add(
            value.span,
            format!("{}/{key}", resource.pointer),
            format!(
                "`{key}` of `{}` must be {expected}, and is {}",
                resource.key,
                value.kind()
            ),
        );
    };
    for key in ["id", "name", "title", "description"] {
        match node.get(key) {
            Some(value) if value.as_str().is_none() => wrong(key, "text", value),
            _ => {}
        }
    }
    for key in ["methods", "sqlVerbs", "config"] {
        match node.get(key) {
            Some(value) if value.as_map().is_none() => wrong(key, "a map", value),
            _ => {}
        }
    }
    for verb in node.get("sqlVerbs").and_then(Node::as_map).into_iter().flatten() {
        if verb.value.as_list().is_none() {
            wrong(&format!("sqlVerbs/{}", verb.key), "a list", &verb.value);
        }
    }
    for method in node.get("methods").and_then(Node::as_map).into_iter().flatten() {
        for key in ["operation", "request", "response", "config"] {
            match method.value.get(key) {
                Some(value) if !matches!(value.value, Value::Map(_)) => {
                    wrong(&format!("methods/{}/{key}", method.key), "a map", value);
                }
                _ => {}
            }
        }
    }
    for key in ["id", "name"] {
        if !node.contains_key(key) {
            out.add(
                resource.key_span,
                resource.pointer.as_str(),
                format!("the resource `{}` has no `{key}`", resource.key),
            );
        }
    }
    let has_methods = node
        .get("methods")
        .and_then(Node::as_map)
        .is_some_and(|methods| !methods.is_empty());
    if !has_methods && resource.views().is_none() {
        out.add(
            resource.key_span,
            resource.pointer.as_str(),
            format!("the resource `{}` has neither methods nor a view", resource.key),
        )
        .help("remove it");
    }
}
