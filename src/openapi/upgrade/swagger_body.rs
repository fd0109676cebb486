//! Body and form parameters of `Swagger` 2.0 as a request body.

use super::Log;
use super::swagger_2_0::PASS;
use super::swagger_parameter::field_schema;
use crate::openapi::Change;
use crate::source::{List, Map, Node, Text, Value};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The parameters of an operation that become its request body, each with its place.
#[derive(Clone, Default)]
pub(super) struct BodyParts {
    pub(super) body: Option<(Node, String)>,
    pub(super) form: Vec<(Node, String)>,
    /// A shared body.
    pub(super) reference: Option<Node>,
}

impl BodyParts {
    /// An operation's own body counts, else that of its path item. Form fields of both come together.
    pub(super) fn or(mut self, shared: &BodyParts) -> BodyParts {
        if self.body.is_none() && self.reference.is_none() {
            if self.form.is_empty() {
                self.body.clone_from(&shared.body);
                self.reference.clone_from(&shared.reference);
            }
            for (field, place) in &shared.form {
                let name = field.get_str("name");
                if !self.form.iter().any(|(own, _)| own.get_str("name") == name) {
                    self.form.push((field.clone(), place.clone()));
                }
            }
        }
        self
    }
}

/// The request body for an operation that takes these media types.
pub(super) fn request_body(parts: &BodyParts, consumes: &[Text], place: &str, log: &mut Log) -> Option<Node> {
    if let Some((body, from)) = &parts.body {
        let made = of_body(body, consumes);
        log.change(
            Change::new(PASS, from.as_str(), body.span)
                .before(body)
                .after_text("requestBody"),
        );
        return Some(made);
    }
    if let Some(reference) = &parts.reference {
        log.change(Change::new(PASS, place, reference.span).after(reference));
        return Some(reference.clone());
    }
    if parts.form.is_empty() {
        return None;
    }
    for (field, from) in &parts.form {
        log.change(
            Change::new(PASS, from.as_str(), field.span)
                .before(field)
                .after_text("a property of the requestBody"),
        );
    }
    Some(of_form(&parts.form, consumes))
}

fn of_body(body: &Node, consumes: &[Text]) -> Node {
    let schema = body.get("schema").cloned().unwrap_or_else(|| Node::map(Map::new()));
    let json = [Text::from("application/json")];
    // Forms have no body parameter: such media types are meant for other operations.
    let fitting: Vec<Text> = consumes
        .iter()
        .filter(|name| !matches!(name.as_str(), MULTIPART | URL_ENCODED))
        .cloned()
        .collect();
    let media_types = if fitting.is_empty() { &json[..] } else { &fitting };
    let mut out = Map::new();
    for key in ["description", "required"] {
        if let Some(value) = body.get(key) {
            out.insert(key, value.clone());
        }
    }
    out.insert("content", content(media_types, &schema));
    // The name is what generated clients call the body; nothing on the wire has it.
    if let Some(name) = body.get("name") {
        out.insert("x-body-name", name.clone());
    }
    for entry in body
        .as_map()
        .into_iter()
        .flatten()
        .filter(|entry| entry.key.starts_with("x-"))
    {
        out.insert(entry.key.clone(), entry.value.clone());
    }
    Node::map(out).at(body.span)
}

fn of_form(fields: &[(Node, String)], consumes: &[Text]) -> Node {
    let has_file = fields.iter().any(|(field, _)| field.get_str("type") == Some("file"));
    let mut media_types: Vec<Text> = consumes
        .iter()
        .filter(|name| name.as_str() == MULTIPART || (name.as_str() == URL_ENCODED && !has_file))
        .cloned()
        .collect();
    if media_types.is_empty() {
        media_types.push(if has_file { MULTIPART } else { URL_ENCODED }.into());
    }
    let mut properties = Map::new();
    let mut required = List::new();
    for (field, _) in fields {
        let Some(name) = field.get("name").and_then(Node::as_text) else {
            continue;
        };
        properties.insert(name.clone(), field_schema(field));
        if field.get("required").and_then(Node::as_bool) == Some(true) {
            required.push(Node::string(name.clone()));
        }
    }
    let span = fields
        .first()
        .map_or(crate::source::Span::NONE, |(field, _)| field.span);
    let is_required = !required.is_empty();
    let mut schema: Map = [
        ("type", Node::string("object")),
        ("properties", Node::map(properties).at(span)),
    ]
    .into_iter()
    .collect();
    if is_required {
        schema.insert("required", Node::new(Value::List(required)).at(span));
    }
    let mut out = Map::new();
    if is_required {
        out.insert("required", Node::bool(true));
    }
    out.insert("content", content(&media_types, &Node::map(schema).at(span)));
    Node::map(out).at(span)
}

fn content(media_types: &[Text], schema: &Node) -> Node {
    let mut out = Map::new();
    for media_type in media_types {
        let holder: Map = [("schema", schema.clone())].into_iter().collect();
        out.insert(media_type.clone(), Node::map(holder).at(schema.span));
    }
    Node::map(out).at(schema.span)
}
