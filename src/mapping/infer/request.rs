//! What an operation asks for: the body's form and the names that a caller must give.

use crate::openapi::{MediaType, Operation, ParameterLocation, Spec};
use crate::source::Text;

/// The form of the request body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Body {
    /// None.
    #[default]
    Absent,
    /// JSON that is an object with properties.
    Fields,
    /// JSON of another form: free, a list, a scalar.
    FreeJson,
    /// Form data with files.
    Multipart,
    /// Bytes, text, anything that is not JSON.
    Opaque,
}

/// Whether content of a media type is described as an object with properties.
pub(super) fn has_fields(media: &MediaType, spec: &Spec) -> bool {
    let schema = media.schema.as_ref().map(|node| spec.schema(node));
    schema.is_some_and(|schema| !schema.properties().is_empty())
}

/// The body's form and the required names, sorted: path, query, header and top-level body fields. Two methods of one
/// resource and verb must not have the same.
pub(super) fn of(operation: &Operation, spec: &Spec) -> (Body, Vec<Text>) {
    let mut required: Vec<Text> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required && parameter.location != ParameterLocation::Cookie)
        .map(|parameter| parameter.name.clone())
        .collect();
    let mut form = Body::Absent;
    if let Some(body) = &operation.request_body {
        let json = body.content.iter().find(|media| media.is_json());
        form = match json {
            Some(media) => match media.schema.as_ref().map(|node| spec.schema(node)) {
                Some(schema) if !schema.properties().is_empty() => {
                    required.extend(schema.required());
                    Body::Fields
                }
                _ => Body::FreeJson,
            },
            None if body.content.is_empty() => Body::Absent,
            None if body.content.iter().any(|media| media.name.starts_with("multipart/")) => Body::Multipart,
            None if body.content.iter().any(|media| media.name == "*/*") => Body::FreeJson,
            // A form has fields as JSON has; and where an upload takes the thing itself as well, that is what it is about.
            None if body.content.iter().any(|media| has_fields(media, spec)) => Body::Fields,
            None => Body::Opaque,
        };
    }
    required.sort_unstable();
    required.dedup();
    (form, required)
}
