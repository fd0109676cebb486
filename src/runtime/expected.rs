//! The request that a statement should make of a method, and whether one that arrived is it.

use serde_json::Value;

use super::api::{json_body, percent_decode, split_target};
use super::server::Arrived;
use super::statement::{Literal, Said};
use crate::openapi::Operation;
use crate::provider::{Input, InputPlace, Inputs, Method, SentBody};
use crate::source::Node;

/// What should arrive.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    server: Vec<(String, String)>,
    body: Body,
}

#[derive(Debug, Clone, Default)]
enum Body {
    /// None is looked for: the method has none, or none of its fields is given.
    #[default]
    Any,
    /// Each of these fields.
    Fields(Vec<(String, Value)>),
    /// Exactly this.
    Whole(Value),
    /// A form or text: only looked at for being there.
    Written,
}

impl Expected {
    /// What a statement should make of a method.
    pub(super) fn of(operation: &Operation, method: &Method, inputs: &Inputs, said: &Said) -> Self {
        let mut expected = Expected {
            path: operation.path.split('?').next().unwrap_or_default().to_owned(),
            ..Expected::default()
        };
        let mut fields: Vec<(&Input, Value)> = Vec::new();
        for (name, literal) in &said.given {
            let Some(input) = inputs.get(name) else { continue };
            let pair = || (input.wire_name.to_string(), literal.text().to_owned());
            match input.place {
                InputPlace::Path => {
                    expected.path = expected
                        .path
                        .replace(&format!("{{{}}}", input.wire_name), literal.text());
                }
                InputPlace::Query => expected.query.push(pair()),
                InputPlace::Header if input.wire_name.eq_ignore_ascii_case("accept") => {}
                InputPlace::Header => expected.headers.push(pair()),
                InputPlace::Server => expected.server.push(pair()),
                InputPlace::Body => fields.push((input, body_value(input, literal))),
            }
        }
        if let Some(json) = said
            .json
            .as_deref()
            .and_then(|json| serde_json::from_str::<Value>(json).ok())
        {
            fields.clear();
            for (name, value) in json.as_object().into_iter().flatten() {
                let input = inputs
                    .all
                    .iter()
                    .find(|input| input.place == InputPlace::Body && input.wire_name == *name);
                if let Some(input) = input {
                    let literal = match value {
                        Value::String(text) => Literal::Text(text.clone()),
                        other => Literal::Bare(other.to_string()),
                    };
                    fields.push((input, body_value(input, &literal)));
                }
            }
        }
        expected.body = body_of(method, fields);
        expected
    }

    /// What is wrong with a request that arrived.
    pub(super) fn differences(&self, arrived: &Arrived, target: &str, server: &[(String, String)]) -> Vec<String> {
        let mut wrong = Vec::new();
        let (path, query) = split_target(target);
        let path = percent_decode(path);
        if path != percent_decode(&self.path) {
            wrong.push(format!("the path is `{path}`, not `{}`", self.path));
        }
        for (name, value) in &self.query {
            match query.iter().find(|(known, _)| known == name) {
                None => wrong.push(format!("`{name}` is not in the query")),
                Some((_, sent)) if sent != value && !query.contains(&(name.clone(), value.clone())) => {
                    wrong.push(format!("`{name}` is `{sent}` in the query, not `{value}`"));
                }
                Some(_) => {}
            }
        }
        for (name, value) in &self.headers {
            match arrived.header(name) {
                None => wrong.push(format!("the header `{name}` is missing")),
                Some(sent) if sent != value => wrong.push(format!("the header `{name}` is `{sent}`, not `{value}`")),
                Some(_) => {}
            }
        }
        for (name, value) in &self.server {
            match server.iter().find(|(known, _)| known == name) {
                Some((_, sent)) if sent == value => {}
                sent => wrong.push(format!("the server variable `{name}` is {sent:?}, not `{value}`")),
            }
        }
        wrong.extend(self.body.differences(arrived));
        wrong
    }

    /// The request that a faultless client would make.
    pub(super) fn request(&self, operation: &Operation) -> (Arrived, String) {
        let mut target = self.path.clone();
        let fixed = operation.path.split_once('?').map(|(_, fixed)| fixed.to_owned());
        let given = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let query: Vec<String> = fixed.into_iter().chain(given).collect();
        if !query.is_empty() {
            target.push('?');
            target.push_str(&query.join("&"));
        }
        let body = match &self.body {
            Body::Any | Body::Written => Vec::new(),
            Body::Fields(fields) => Value::Object(fields.iter().cloned().collect()).to_string().into_bytes(),
            Body::Whole(value) => value.to_string().into_bytes(),
        };
        let arrived = Arrived {
            verb: operation.verb.as_str().to_ascii_uppercase(),
            target: target.clone(),
            headers: self.headers.clone(),
            body,
        };
        (arrived, target)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

fn body_of(method: &Method, fields: Vec<(&Input, Value)>) -> Body {
    if fields.is_empty() {
        return Body::Any;
    }
    let request = method.request.as_ref();
    let media_type = request
        .and_then(|request| request.media_type.as_deref())
        .unwrap_or("application/json");
    if !media_type.contains("json") {
        return Body::Written;
    }
    let sent = SentBody::of(method);
    if sent == SentBody::Whole {
        return Body::Whole(fields.into_iter().next().map(|(_, value)| value).unwrap_or_default());
    }
    let is_nested = method
        .config
        .get("requestBodyTranslate")
        .and_then(|translate| translate.get_str("algorithm"))
        .is_some_and(|algorithm| algorithm.starts_with("naive_"));
    let has_keys = matches!(sent, SentBody::Json | SentBody::Coerced(_));
    if is_nested || !has_keys {
        return Body::Written;
    }
    Body::Fields(
        fields
            .into_iter()
            .map(|(input, value)| (input.wire_name.to_string(), value))
            .collect(),
    )
}

/// The JSON that a value should become: by the declared type, whatever the statement's spelling.
fn body_value(input: &Input, literal: &Literal) -> Value {
    let text = literal.text();
    let wire_type = input.schema.get_str("x-wire-type").unwrap_or(&input.data_type);
    let string = || Value::String(text.to_owned());
    match wire_type {
        "string"
            if matches!(
                input.schema.get("x-stackQL-stringOnly").and_then(Node::as_bool),
                Some(true)
            ) =>
        {
            string()
        }
        "integer" | "number" | "boolean" | "array" | "object" => {
            serde_json::from_str(text).unwrap_or_else(|_| string())
        }
        "string" => string(),
        _ => match literal {
            Literal::Bare(_) => serde_json::from_str(text).unwrap_or_else(|_| string()),
            Literal::Text(_) if text.starts_with(['{', '[']) => serde_json::from_str(text).unwrap_or_else(|_| string()),
            Literal::Text(_) => string(),
        },
    }
}

impl Body {
    fn differences(&self, arrived: &Arrived) -> Vec<String> {
        match self {
            Body::Any => Vec::new(),
            Body::Written if arrived.body.is_empty() => vec!["the request has no body".to_owned()],
            Body::Written => Vec::new(),
            Body::Whole(value) => match json_body(arrived) {
                Some(Ok(sent)) if same(&sent, value) => Vec::new(),
                Some(Ok(sent)) => vec![format!("the body is `{sent}`, not `{value}`")],
                Some(Err(error)) => vec![format!("the body is no JSON: {error}")],
                None => vec!["the request has no body".to_owned()],
            },
            Body::Fields(fields) => match json_body(arrived) {
                Some(Ok(Value::Object(sent))) => fields
                    .iter()
                    .filter_map(|(name, value)| match sent.get(name) {
                        None => Some(format!("the body lacks `{name}`")),
                        Some(sent) if !same(sent, value) => {
                            Some(format!("the body field `{name}` is `{sent}`, not `{value}`"))
                        }
                        Some(_) => None,
                    })
                    .collect(),
                Some(Ok(sent)) => vec![format!("the body is `{sent}`, not an object")],
                Some(Err(error)) => vec![format!("the body is no JSON: {error}")],
                None => vec!["the request has no body".to_owned()],
            },
        }
    }
}

/// Equal, where `1` and `1.0` are the same number.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}
