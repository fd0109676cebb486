//! What an operation answers: rows, one thing, or nothing that SQL can show.

use super::request;
use crate::openapi::{MediaType, Operation, Schema, Spec};
use crate::source::Text;

/// The form of the success response.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Reply {
    /// No body at all: 204, a redirect, a description without content.
    #[default]
    Empty,
    /// Text, binary, event streams: nothing with columns.
    NotJson,
    /// A bare string, number or boolean.
    Scalar,
    /// A list at the top.
    List,
    /// An object without declared properties, or a schema that says nothing.
    Free,
    /// XML with fields.
    Xml,
    /// A map from keys to things.
    Map,
    /// An object with properties.
    Object(Vec<Field>),
}

/// A top-level property of the response.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub(super) name: Text,
    pub(super) kind: FieldKind,
    pub(super) required: bool,
}

/// What a property holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FieldKind {
    /// A list; whether its items are objects (or unknown), and the name of the item schema.
    List { of_objects: bool, item: Option<Text> },
    /// An object with its own properties.
    Object { fields: Vec<Field>, schema: Option<Text> },
    /// Anything else.
    Value,
}

impl Reply {
    /// The form of the success response that rows are read from, with the name of the schema of its rows.
    pub(super) fn of(operation: &Operation, spec: &Spec) -> (Reply, Option<Text>) {
        let Some((_, media)) = operation.success_json() else {
            let content: Vec<&MediaType> = operation
                .successes()
                .into_iter()
                .flat_map(|response| &response.content)
                .collect();
            let reply = match () {
                () if content.is_empty() => Reply::Empty,
                () if content.iter().any(|media| is_xml_with_fields(media, spec)) => Reply::Xml,
                () => Reply::NotJson,
            };
            return (reply, None);
        };
        match &media.schema {
            Some(node) => {
                let schema = spec.schema(node);
                (Reply::of_schema(schema), row_schema_name(schema))
            }
            None => (Reply::Free, None),
        }
    }

    fn of_schema(schema: Schema<'_>) -> Reply {
        match schema.data_type() {
            Some("array") => Reply::List,
            Some("string" | "integer" | "number" | "boolean") => {
                if schema.format() == Some("binary") {
                    Reply::NotJson
                } else {
                    Reply::Scalar
                }
            }
            _ => {
                let fields = fields_of(schema, 3);
                if !fields.is_empty() {
                    Reply::Object(fields)
                } else if schema
                    .node()
                    .get("additionalProperties")
                    .is_some_and(|value| value.as_map().is_some_and(|map| !map.is_empty()))
                {
                    Reply::Map
                } else {
                    // Alternatives of lists: one is enough to make rows.
                    let alternatives = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| schema.parts(keyword));
                    if alternatives.into_iter().any(|part| part.is_array()) {
                        Reply::List
                    } else {
                        Reply::Free
                    }
                }
            }
        }
    }

    /// The fields of an object reply.
    pub(super) fn fields(&self) -> &[Field] {
        match self {
            Reply::Object(fields) => fields,
            _ => &[],
        }
    }

    /// Whether SQL can show rows of it.
    pub(super) fn has_rows(&self) -> bool {
        matches!(
            self,
            Reply::List | Reply::Object(_) | Reply::Free | Reply::Xml | Reply::Map
        )
    }
}

fn is_xml_with_fields(media: &MediaType, spec: &Spec) -> bool {
    let essence = media.essence();
    (essence.ends_with("/xml") || essence.ends_with("+xml")) && request::has_fields(media, spec)
}

fn row_schema_name(schema: Schema<'_>) -> Option<Text> {
    let schema = if schema.is_array() {
        schema.items().unwrap_or(schema)
    } else {
        schema
    };
    schema.component_name().map(Text::from)
}

fn fields_of(schema: Schema<'_>, depth: usize) -> Vec<Field> {
    if depth == 0 {
        return Vec::new();
    }
    let required = schema.required();
    schema
        .properties()
        .into_iter()
        .map(|(name, property)| Field {
            required: required.contains(&name),
            kind: match property.data_type() {
                Some("array") => {
                    let items = property.items();
                    FieldKind::List {
                        of_objects: items.is_none_or(|items| {
                            !matches!(items.data_type(), Some("string" | "integer" | "number" | "boolean"))
                        }),
                        item: items.and_then(|items| items.component_name()).map(Text::from),
                    }
                }
                Some("object") => FieldKind::Object {
                    fields: fields_of(property, depth - 1),
                    schema: property.component_name().map(Text::from),
                },
                _ => FieldKind::Value,
            },
            name,
        })
        .collect()
}
