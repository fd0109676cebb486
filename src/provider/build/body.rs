//! The request body of a method: which media type, which fields, and how values get their JSON types.

use crate::openapi::{HttpVerb, MediaType, Operation, Schema};
use crate::source::{Map, Node, Text};

/// What a method sends as body.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Nothing.
    None,
    /// An object whose top-level properties are the columns.
    Fields(Fields),
    /// Anything else (an array, a map, a free-form object): one field that holds the whole body.
    Whole(Whole),
}

/// An object body.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// The media type, as the document spells it.
    pub(super) media_type: Text,
    /// The properties in schema order.
    pub(super) fields: Vec<Field>,
    /// The schema, as written.
    pub(super) schema: Node,
}

/// One property of an object body.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: Text,
    pub(super) data_type: Text,
    pub(super) required: bool,
    pub(super) read_only: bool,
}

/// A body that is no object with properties.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The media type, as the document spells it.
    pub(super) media_type: Text,
    /// The name of the field that holds it.
    pub(super) name: Text,
    /// Whether a call needs it.
    pub(super) required: bool,
    /// The schema, as written.
    pub(super) schema: Node,
    /// Its JSON type for people.
    pub(super) data_type: Text,
}

impl Body {
    /// The media type that is sent.
    pub(super) fn media_type(&self) -> Option<&Text> {
        match self {
            Body::None => None,
            Body::Fields(fields) => Some(&fields.media_type),
            Body::Whole(whole) => Some(&whole.media_type),
        }
    }

    /// Names of the fields that a statement can set.
    pub(super) fn settable(&self) -> Vec<&Text> {
        match self {
            Body::None => Vec::new(),
            Body::Fields(fields) => {
                let settable = fields.fields.iter().filter(|field| !field.read_only);
                settable.map(|field| &field.name).collect()
            }
            Body::Whole(whole) => vec![&whole.name],
        }
    }

    /// Names of the fields without which the runtime does not choose the method.
    pub(super) fn required(&self) -> Vec<&Text> {
        match self {
            Body::None => Vec::new(),
            Body::Fields(fields) => {
                let required = fields.fields.iter().filter(|field| field.required);
                required.map(|field| &field.name).collect()
            }
            Body::Whole(whole) if whole.required => vec![&whole.name],
            Body::Whole(_) => Vec::new(),
        }
    }
}

/// Plans the body of an operation.
///
/// # Errors
/// The reason why the runtime cannot send the body that the operation needs.
pub(super) fn plan(spec: &crate::openapi::Spec, operation: &Operation) -> Result<Body, String> {
    let Some(body) = &operation.request_body else {
        return Ok(Body::None);
    };
    if matches!(operation.verb, HttpVerb::Get | HttpVerb::Head) {
        return Ok(Body::None);
    }
    let Some(media_type) = choose(&body.content) else {
        let offered: Vec<&str> = body.content.iter().map(|media_type| media_type.name.as_str()).collect();
        if body.required && !offered.is_empty() {
            return Err(format!(
                "the body is accepted as {} only, which the runtime cannot send",
                offered.join(", ")
            ));
        }
        return Ok(Body::None);
    };
    let Some(schema_node) = &media_type.schema else {
        return Ok(Body::None);
    };
    let schema = spec.schema(schema_node);
    let properties = schema.properties();
    if schema.is_array() || properties.is_empty() {
        return Ok(Body::Whole(Whole {
            media_type: media_type.name.clone(),
            name: whole_name(operation),
            required: body.required,
            schema: schema_node.clone(),
            data_type: schema.data_type().unwrap_or("object").into(),
        }));
    }
    let required = schema.required();
    let fields = properties
        .iter()
        .map(|(name, property)| field(name, property, &required));
    Ok(Body::Fields(Fields {
        media_type: media_type.name.clone(),
        fields: fields.collect(),
        schema: schema_node.clone(),
    }))
}

fn field(name: &Text, property: &Schema<'_>, required: &[Text]) -> Field {
    let read_only = property.flag("readOnly");
    Field {
        name: name.clone(),
        data_type: property.data_type().unwrap_or("string").into(),
        required: required.contains(name) && !read_only,
        read_only,
    }
}

/// `application/json` if offered, else the first other JSON type; `*/*` means JSON as well.
fn choose(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|media_type| media_type.name == "application/json")
        .or_else(|| content.iter().find(|media_type| media_type.is_json()))
        .or_else(|| content.iter().find(|media_type| media_type.name == "*/*"))
}

/// A field name that no parameter of the operation has.
fn whole_name(operation: &Operation) -> Text {
    ["body", "request_body", "payload", "request_payload"]
        .into_iter()
        .find(|name| !operation.parameters.iter().any(|parameter| parameter.name == *name))
        .unwrap_or("whole_request_body")
        .into()
}

/// Whether values of this type arrive as text in some statement forms (runtime contract 3.3, 4.2).
fn needs_coercion(data_type: &str) -> bool {
    matches!(data_type, "integer" | "number" | "boolean")
}

/// The request transform that turns quoted numbers and booleans into JSON ones and unwraps whole bodies; `None` when
/// the body needs neither.
///
/// The text is a Go template over the map of body fields. A value that does not look like a number or boolean goes
/// through as a string, so that the API (not the template) refuses it.
pub(super) fn transform(body: &Body) -> Option<Node> {
    let template = match body {
        Body::None => return None,
        Body::Whole(whole) => format!("{{{{ toJson (index . {}) }}}}", go_string(&whole.name)),
        Body::Fields(fields) => {
            let coerced = fields.fields.iter().filter(|field| needs_coercion(&field.data_type));
            let names: Vec<String> = coerced
                .map(|field| format!(" (eq $k {})", go_string(&field.name)))
                .collect();
            if names.is_empty() {
                return None;
            }
            coercing_template(&names.concat())
        }
    };
    let mut transform = Map::new();
    transform.insert("type", Node::string("golang_template_json_v0.3.0"));
    transform.insert("body", Node::string(template));
    Some(Node::map(transform))
}

fn coercing_template(conditions: &str) -> String {
    format!(
        concat!(
            r#"{{ {{{{- $sep := "" -}}}}{{{{- range $k, $v := . -}}}}{{{{- $sep -}}}}{{{{ toJson $k }}}}:"#,
            r#"{{{{- $raw := "" -}}}}{{{{- if and (eq (kindOf $v) "string") (or false{}) -}}}}"#,
            r#"{{{{- $raw = getRegexpFirstMatch $v "^(-?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)$" -}}}}{{{{- end -}}}}"#,
            r#"{{{{- if $raw -}}}}{{{{ $raw }}}}{{{{- else -}}}}{{{{ toJson $v }}}}{{{{- end -}}}}"#,
            r#"{{{{- $sep = "," -}}}}{{{{- end -}}}} }}"#
        ),
        conditions
    )
}

/// A Go string literal.
fn go_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
