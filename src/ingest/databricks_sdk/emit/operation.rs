//! One operation.

use super::build::{Object, text};
use super::schemas::Schemas;
use super::{parameters, responses};
use crate::ingest::databricks_sdk::facts::{Answer, Method, Module, Paging, Place};
use crate::ingest::databricks_sdk::operations::{Operation, snake};
use crate::ingest::databricks_sdk::requests;
use crate::source::{Node, Text};

/// The operation object.
pub(super) fn emit(operation: &Operation<'_>, module: &Module, schemas: &mut Schemas<'_>) -> Node {
    let method = operation.method;
    let class = operation.api.class.strip_suffix("API").unwrap_or(&operation.api.class);
    let parameters = parameters::parameters(operation, schemas);
    let mut object = Object::new()
        .with(
            "operationId",
            text(ecow::eco_format!("{}_{}", snake(class), method.name)),
        )
        .with("tags", Node::list([text(operation.attribute.clone())]))
        .with_text("summary", method.text.text.as_ref().and_then(summary).as_ref())
        .with_text("description", method.text.text.as_ref())
        .with_list("parameters", parameters);
    if let Some(body) = parameters::body(method, schemas) {
        object = object.with("requestBody", body);
    }
    object = object.with("responses", responses::responses(operation, module, schemas));
    if let Some(key) = responses::object_key(operation, schemas) {
        object = object.with("x-object-key", text(key));
    }
    if let Some(pagination) = pagination(method, schemas) {
        object = object.with("x-pagination", pagination);
    }
    let origin = Object::new()
        .with("api", text(operation.api.class.clone()))
        .with("method", text(method.name.clone()))
        .with("attr", text(operation.attribute.clone()));
    let path = requests::path(&method.request.path);
    let origin = if path == operation.path {
        origin
    } else {
        origin.with("path", text(path))
    };
    let twins = operation.same_request.iter().map(|twin| text(twin.clone())).collect();
    object
        .with("x-sdk", origin.node())
        .with_list("x-same-request", twins)
        .node()
}

/// The first sentence, when it is short enough to be one.
fn summary(about: &Text) -> Option<Text> {
    const LONGEST: usize = 200;
    let paragraph = about.split("\n\n").next()?;
    let sentence = match paragraph.find(". ") {
        Some(end) => &paragraph[..=end],
        None => paragraph,
    };
    let plain = sentence.len() <= LONGEST && !sentence.contains('\n') && !sentence.is_empty();
    plain.then(|| sentence.into())
}

fn pagination(method: &Method, schemas: &Schemas<'_>) -> Option<Node> {
    let key = |key: &str, location: &str| {
        Object::new()
            .with("key", text(key))
            .with("location", text(location))
            .node()
    };
    let style = |style: &str| Object::new().with("style", text(style));
    let object = match &method.paging {
        Some(Paging::Token {
            place,
            request,
            response,
        }) => style("token")
            .with("requestToken", key(request, location(*place)))
            .with("responseToken", key(response, "body")),
        Some(Paging::Offset { request }) => style("offset").with("requestToken", key(request, "query")),
        Some(Paging::Page { request }) => style("page").with("requestToken", key(request, "query")),
        Some(Paging::NextBody { response }) => style("next-body").with("responseToken", key(response, "body")),
        // The client hands the page on, and leaves it to the caller to ask for the next one.
        None => {
            let Answer::Class(kind) = &method.answer else {
                return None;
            };
            let asks = method.request.query.iter().any(|sent| sent.wire == "page_token");
            let tells = schemas
                .record(kind)?
                .fields
                .iter()
                .any(|field| field.wire == "next_page_token");
            if !(asks && tells) {
                return None;
            }
            style("token")
                .with("requestToken", key("page_token", "query"))
                .with("responseToken", key("next_page_token", "body"))
        }
    };
    Some(object.node())
}

fn location(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Body => "body",
    }
}
