//! Responses, and which part of them holds the rows.

use super::build::{Object, text};
use super::schemas::Schemas;
use crate::ingest::databricks_sdk::facts::{Answer, Method, Module, Paging, Record, Type};
use crate::ingest::databricks_sdk::operations::Operation;
use crate::ingest::databricks_sdk::wrappers::Wrapper;
use crate::source::{Map, Node, Text};

/// The `responses` of an operation. The SDK knows the answer of success alone.
pub(super) fn responses(operation: &Operation<'_>, module: &Module, schemas: &mut Schemas<'_>) -> Node {
    let method = operation.method;
    let mut response = Object::new().with("description", text("The request succeeded"));
    if !method.request.answer_headers.is_empty() {
        response = response.with("headers", headers(method, schemas));
    }
    if method.request.verb != "HEAD"
        && let Some((media_type, schema)) = content(operation, module, schemas)
    {
        let content = Object::new()
            .with(media_type, Object::new().with("schema", schema).node())
            .node();
        response = response.with("content", content);
    }
    Object::new().with("200", response.node()).node()
}

fn content(operation: &Operation<'_>, module: &Module, schemas: &mut Schemas<'_>) -> Option<(Text, Node)> {
    let method = operation.method;
    let accept = method.request.accept.clone();
    if method.request.raw_answer {
        let media_type = accept.unwrap_or_else(|| "application/octet-stream".into());
        let kind = if media_type.starts_with("text/") {
            Type::String
        } else {
            Type::Binary
        };
        return Some((media_type, schemas.schema(&kind)));
    }
    let schema = match &method.answer {
        Answer::Nothing => return None,
        Answer::Untyped => schemas.schema(&Type::Object),
        Answer::Class(kind) | Answer::Unwrapped { wrapper: kind, .. } => schemas.schema(kind),
        Answer::Array(item) => schemas.schema(&Type::List(Box::new(item.clone()))),
        Answer::Pages { .. } => page(operation, module, schemas)?,
    };
    Some((accept.unwrap_or_else(|| "application/json".into()), schema))
}

fn page(operation: &Operation<'_>, module: &Module, schemas: &mut Schemas<'_>) -> Option<Node> {
    let (wrapper, key, item) = operation.pages(module)?;
    match wrapper {
        Wrapper::Class(name) | Wrapper::OneOf(name, _) => Some(schemas.schema(&Type::Class { module: None, name })),
        Wrapper::None => {
            let elements = schemas.schema(&Type::List(Box::new(item.clone())));
            let mut properties = Map::new();
            properties.insert(key.clone(), elements);
            match &operation.method.paging {
                Some(Paging::Token { response, .. }) => {
                    properties.insert(response.clone(), schemas.schema(&Type::String));
                }
                Some(Paging::NextBody { response }) => {
                    properties.insert(response.clone(), schemas.schema(&Type::Object));
                }
                Some(Paging::Offset { .. } | Paging::Page { .. }) | None => {}
            }
            Some(
                Object::new()
                    .with("type", text("object"))
                    .with("properties", Node::map(properties))
                    .node(),
            )
        }
    }
}

fn headers(method: &Method, schemas: &mut Schemas<'_>) -> Node {
    let record = match &method.answer {
        Answer::Class(kind) => schemas.record(kind),
        _ => None,
    };
    let mut out = Map::new();
    for name in &method.request.answer_headers {
        let field = record.and_then(|record| record.fields.iter().find(|field| field.wire.eq_ignore_ascii_case(name)));
        let schema = schemas.schema(field.map_or(&Type::String, |field| &field.kind));
        let about = field.and_then(|field| field.text.as_ref());
        out.insert(
            name.clone(),
            Object::new()
                .with_text("description", about)
                .with("schema", schema)
                .node(),
        );
    }
    Node::map(out)
}

/// The key that holds the rows: what the client iterates over, and for answers that it hands on whole, the only thing
/// that such a class can be a wrapper of.
pub(super) fn object_key(operation: &Operation<'_>, schemas: &Schemas<'_>) -> Option<Text> {
    let method = operation.method;
    let key = match &method.answer {
        Answer::Pages { key, .. } => key.clone(),
        Answer::Unwrapped { wrapper, attribute } => {
            let record = schemas.record(wrapper)?;
            record
                .fields
                .iter()
                .find(|field| field.attribute == *attribute)?
                .wire
                .clone()
        }
        Answer::Class(kind) if method.request.verb == "GET" && !method.request.raw_answer => {
            wrapped(kind, schemas.record(kind)?)?
        }
        _ => return None,
    };
    Some(ecow::eco_format!("$.{key}"))
}

fn wrapped(kind: &Type, record: &Record) -> Option<Text> {
    let is_class = |kind: &Type| matches!(kind, Type::Class { .. });
    let is_list = |kind: &Type| matches!(kind, Type::List(item) if is_class(item));
    let paged = record.fields.iter().any(|field| field.wire == "next_page_token");
    let mut lists = record.fields.iter().filter(|field| is_list(&field.kind));
    if paged && let (Some(only), None) = (lists.next(), lists.next()) {
        return Some(only.wire.clone());
    }
    let is_response = matches!(kind, Type::Class { name, .. } if name.ends_with("Response"));
    match record.fields.as_slice() {
        [only] if is_response && (is_class(&only.kind) || is_list(&only.kind)) => Some(only.wire.clone()),
        _ => None,
    }
}
