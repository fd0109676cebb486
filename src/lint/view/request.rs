//! What a method takes: parameters, server variables, body fields.

use super::Document;
use crate::openapi::{Operation, Parameter, ParameterLocation, Schema, ServerVariable};
use crate::provider::BodyNaming;
use crate::source::{Node, Text};

/// Parameters and server variables.
#[derive(Debug, Default)]
pub(in crate::lint) struct Parameters<'a> {
    /// Path, query and header parameters, in order.
    pub(in crate::lint) all: Vec<&'a Parameter>,
    /// Variables of the first server.
    pub(in crate::lint) server: Vec<&'a ServerVariable>,
}

pub(super) fn parameters(operation: Option<&Operation>) -> Parameters<'_> {
    let Some(operation) = operation else {
        return Parameters::default();
    };
    Parameters {
        all: operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location != ParameterLocation::Cookie)
            .collect(),
        server: operation
            .servers
            .first()
            .map(|server| server.variables.iter().collect())
            .unwrap_or_default(),
    }
}

/// A request body.
#[derive(Debug)]
pub(in crate::lint) struct Body<'a> {
    /// The media type that is sent.
    pub(in crate::lint) media_type: &'a Text,
    /// Whether that is JSON.
    pub(in crate::lint) is_json: bool,
    /// Its schema.
    pub(in crate::lint) schema: Option<Schema<'a>>,
    /// The top-level fields that the runtime sees.
    pub(in crate::lint) fields: Vec<(Text, Schema<'a>)>,
    /// Names that SQL must give, as SQL calls them.
    pub(in crate::lint) required: Vec<Text>,
    /// How fields are named: `naive`, `naive_x`, or the default (`data__x`).
    pub(in crate::lint) algorithm: Option<&'a str>,
}

impl Body<'_> {
    /// How SQL calls its fields.
    pub(in crate::lint) fn naming(&self) -> BodyNaming {
        BodyNaming::by(self.algorithm)
    }
}

pub(super) fn body<'a>(document: &'a Document, method: &'a Node, operation: &'a Operation) -> Option<Body<'a>> {
    let body = operation.request_body.as_ref()?;
    let wanted = method.get("request").and_then(|request| request.get_str("mediaType"));
    let media_type = body
        .content
        .iter()
        .find(|media_type| wanted == Some(media_type.name.as_str()))
        .or_else(|| {
            body.content
                .iter()
                .find(|media_type| media_type.name == "application/json")
        })
        .or_else(|| body.content.iter().find(|media_type| media_type.is_json()))
        .or_else(|| body.content.first())?;
    let schema = media_type
        .schema
        .as_ref()
        .map(|schema| document.service.spec.schema(schema));
    let algorithm = method
        .get("config")
        .and_then(|config| config.get("requestBodyTranslate"))
        .and_then(|translate| translate.get_str("algorithm"));
    let fields = schema.as_ref().map(seen_properties).unwrap_or_default();
    let mut body = Body {
        media_type: &media_type.name,
        is_json: media_type.is_json(),
        schema,
        fields,
        required: Vec::new(),
        algorithm,
    };
    if let Some(schema) = body
        .schema
        .as_ref()
        .filter(|schema| body.is_json && schema.node().get("properties").is_some())
    {
        let naming = body.naming();
        body.required = own_required(schema)
            .filter(|name| body.fields.iter().any(|(field, _)| field == *name))
            .map(|name| naming.sql_name(name))
            .collect();
    }
    Some(body)
}

fn own_required<'a>(schema: &Schema<'a>) -> impl Iterator<Item = &'a Text> + use<'a> {
    let required = schema.node().get("required").and_then(Node::as_list);
    required.into_iter().flatten().filter_map(Node::as_text)
}

/// The properties that the runtime sees: with `properties` beside a composition, only the former.
pub(super) fn seen_properties<'a>(schema: &Schema<'a>) -> Vec<(Text, Schema<'a>)> {
    match schema.node().get("properties").and_then(Node::as_map) {
        Some(own) if !own.is_empty() => own
            .iter()
            .map(|entry| (entry.key.clone(), schema.spec().schema(&entry.value)))
            .collect(),
        _ => schema.properties().into_iter().collect(),
    }
}
