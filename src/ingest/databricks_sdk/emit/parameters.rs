//! Path and query parameters and the body of a request.

use super::build::{Object, text};
use super::schemas::Schemas;
use crate::ingest::databricks_sdk::facts::{Body, Method, Sent, Type};
use crate::ingest::databricks_sdk::operations::{Operation, Origin, PathParameter, kind_of};
use crate::source::{Map, Node, Text};

/// All parameters of an operation: path first, in the order of the path.
pub(super) fn parameters(operation: &Operation<'_>, schemas: &mut Schemas<'_>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for parameter in &operation.path_parameters {
        let node = path_parameter(parameter, operation.method, schemas);
        out.push(if is_in_body(&parameter.name, operation.method, schemas) {
            node.with("x-in-body", Node::bool(true)).node()
        } else {
            node.node()
        });
    }
    for sent in &operation.method.request.query {
        query_parameters(sent, operation.method, schemas, &mut out);
    }
    out
}

/// Whether the body has a field of this name. It is the same value then: what the path names is what the body holds.
fn is_in_body(name: &str, method: &Method, schemas: &Schemas<'_>) -> bool {
    match &method.request.body {
        Body::Fields(fields) => fields.iter().any(|sent| sent.wire == name),
        Body::Whole(parameter) => schemas
            .record(kind_of(method, parameter))
            .is_some_and(|record| record.fields.iter().any(|field| field.wire == name)),
        Body::None | Body::Bytes(_) => false,
    }
}

fn path_parameter(parameter: &PathParameter<'_>, method: &Method, schemas: &mut Schemas<'_>) -> Object {
    let object = |about: Option<&Text>, schema: Node| {
        let object = Object::new()
            .with("name", text(parameter.name.clone()))
            .with("in", text("path"));
        let object = object
            .with("required", Node::bool(true))
            .with_text("description", about)
            .with("schema", schema);
        if parameter.multi_segment {
            object.with("x-multi-segment", Node::bool(true))
        } else {
            object
        }
    };
    match &parameter.origin {
        Origin::Account => object(
            Some(&"The id of the Databricks account".into()),
            schemas.schema(&Type::String),
        ),
        Origin::Parameter {
            parameter: name, kind, ..
        } => object(method.text.parameters.get(*name), schemas.schema(kind)),
        Origin::Part {
            parameter: name,
            form,
            last,
            ..
        } => {
            let own = method.text.parameters.get(*name).filter(|_| *last);
            let part: Text = ecow::eco_format!("Part of the resource name `{form}`");
            let origin = Object::new()
                .with("parameter", text((*name).clone()))
                .with("form", text(form.as_str()))
                .node();
            object(Some(own.unwrap_or(&part)), schemas.schema(&Type::String)).with("x-resource-name", origin)
        }
    }
}

/// One parameter, or for an object one for each of its leaves: the client sends `filter_by.user_ids=…`.
fn query_parameters(sent: &Sent, method: &Method, schemas: &mut Schemas<'_>, out: &mut Vec<Node>) {
    let about = method.text.parameters.get(&sent.parameter);
    let required = method
        .parameters
        .iter()
        .any(|known| known.name == sent.parameter && known.required);
    let kind = kind_of(method, &sent.parameter);
    // An object of a class without fields has no leaves, and must not be lost for that.
    if sent.object && schemas.record(kind).is_some_and(|record| !record.fields.is_empty()) {
        let mut origin = Object::new().with("parameter", text(sent.wire.clone()));
        origin = origin.with_text("description", about);
        leaves(&sent.wire, kind, about, &origin.node(), schemas, out, 0);
        return;
    }
    let mut object = Object::new()
        .with("name", text(sent.wire.clone()))
        .with("in", text("query"));
    if required {
        object = object.with("required", Node::bool(true));
    }
    object = object
        .with_text("description", about)
        .with("schema", schemas.schema(kind));
    if let Some((_, value)) = method.request.constants.iter().find(|(key, _)| *key == sent.wire) {
        object = object.with("x-client-default", Node::integer(*value));
    }
    out.push(object.node());
}

/// How deep objects in a query go. The SDK has two levels; a class that holds itself must end somewhere.
const MAX_DEPTH: usize = 4;

fn leaves(
    prefix: &str,
    kind: &Type,
    about: Option<&Text>,
    origin: &Node,
    schemas: &mut Schemas<'_>,
    out: &mut Vec<Node>,
    depth: usize,
) {
    match schemas.record(kind) {
        Some(record) if depth < MAX_DEPTH => {
            for field in &record.fields {
                let name = format!("{prefix}.{}", field.wire);
                leaves(
                    &name,
                    &field.kind,
                    field.text.as_ref().or(about),
                    origin,
                    schemas,
                    out,
                    depth + 1,
                );
            }
        }
        _ => {
            let object = Object::new().with("name", text(prefix)).with("in", text("query"));
            let object = object
                .with_text("description", about)
                .with("schema", schemas.schema(kind));
            out.push(object.with("x-object", origin.clone()).node());
        }
    }
}

/// The body of a request, if it has one.
pub(super) fn body(method: &Method, schemas: &mut Schemas<'_>) -> Option<Node> {
    let media_type = |default: &str| method.request.content_type.clone().unwrap_or_else(|| default.into());
    let (media_type, schema, about, required) = match &method.request.body {
        Body::None => return None,
        Body::Fields(fields) => {
            let (schema, required) = object_of(fields, method, schemas);
            (media_type("application/json"), schema, None, required)
        }
        Body::Whole(parameter) => {
            let kind = kind_of(method, parameter);
            let masked = method.request.query.iter().any(|sent| sent.wire == "update_mask");
            let schema = if masked && method.request.verb == "PATCH" {
                schemas.partial(kind)
            } else {
                schemas.schema(kind)
            };
            (
                media_type("application/json"),
                schema,
                Some(parameter),
                is_required(method, parameter),
            )
        }
        Body::Bytes(parameter) => {
            let schema = schemas.schema(kind_of(method, parameter));
            (
                media_type("application/octet-stream"),
                schema,
                Some(parameter),
                is_required(method, parameter),
            )
        }
    };
    let about = about.and_then(|parameter| method.text.parameters.get(parameter));
    let mut object = Object::new().with_text("description", about);
    if required {
        object = object.with("required", Node::bool(true));
    }
    let content = Object::new()
        .with(media_type, Object::new().with("schema", schema).node())
        .node();
    Some(object.with("content", content).node())
}

fn is_required(method: &Method, parameter: &str) -> bool {
    method
        .parameters
        .iter()
        .any(|known| known.name == parameter && known.required)
}

fn object_of(fields: &[Sent], method: &Method, schemas: &mut Schemas<'_>) -> (Node, bool) {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for sent in fields {
        let about = method.text.parameters.get(&sent.parameter);
        properties.insert(
            sent.wire.clone(),
            schemas.described(kind_of(method, &sent.parameter), about),
        );
        if is_required(method, &sent.parameter) {
            required.push(text(sent.wire.clone()));
        }
    }
    let any_required = !required.is_empty();
    let mut object = Object::new()
        .with("type", text("object"))
        .with_list("required", required);
    object = if properties.is_empty() {
        // The client sends `{}`, and there is nothing that could be put into it.
        object.with("additionalProperties", Node::bool(false))
    } else {
        object.with("properties", Node::map(properties))
    };
    (object.node(), any_required)
}
