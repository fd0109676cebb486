use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};
use crate::source::{Node, Value};

/// ## What it finds
/// A number, boolean or null where OpenAPI wants text: `version`, `description`, `name`, `title`, `summary`.
/// ## Why it matters
/// The runtime refuses the whole document; all resources of the service are gone.
/// ## Example
/// `info: {title: Shop, version: 1.10}`
/// ## Instead
/// `info: {title: Shop, version: '1.10'}`
pub(super) static RULE: Rule = Rule {
    id: "unquoted-text",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let keys: &[&str] = match place.position {
        Position::Object(Kind::Schema) => &["title", "description", "format", "pattern"],
        Position::Object(Kind::Parameter | Kind::SecurityScheme) => &["name", "description"],
        Position::Object(Kind::Operation | Kind::PathItem) => &["summary", "description", "operationId"],
        Position::Object(Kind::Response | Kind::RequestBody | Kind::Header) => &["description"],
        Position::Other if place.at.own_key().is_some_and(|(key, _)| key == "info") => {
            &["title", "version", "description"]
        }
        _ => return,
    };
    for key in keys {
        let Some(node) = place.at.node.get(key) else { continue };
        let is_misread = match &node.value {
            Value::String(text) => is_misread(text) && node.span.is_known() && !place.document.is_quoted(node.span),
            // An empty description is harmless.
            Value::Null => false,
            _ => true,
        };
        if is_misread {
            out.add(
                node.span,
                place.pointer_of(key),
                format!("`{key}` must be text, and this is {}", shown(node)),
            )
            .note("the runtime refuses the whole document")
            .help("put it in quotes");
        }
    }
}

fn is_misread(text: &str) -> bool {
    matches!(
        text,
        "y" | "Y" | "yes" | "Yes" | "YES" | "n" | "N" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF"
    )
}

fn shown(node: &Node) -> &'static str {
    match node.value {
        Value::String(_) => "a boolean for YAML 1.1 readers",
        _ => node.kind(),
    }
}
