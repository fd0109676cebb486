//! The request body of a method: which media type, which fields, and how values get their form on the wire.

use super::call::needs_body;
use crate::openapi::{MediaType, Operation, Schema};
use crate::source::{Map, Node, Text};

/// The boundary that separates the parts of a multipart body. It stands in the media type too, because the runtime
/// sends that text as the content type.
const BOUNDARY: &str = "spgen-part-boundary";

/// What a method sends as body.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// Nothing.
    None,
    /// An object whose top-level properties are the columns.
    Fields(Fields),
    /// Anything else (an array, a map, a free-form object, text): one field that holds the whole body.
    Whole(Whole),
}

/// How a body is written on the wire. The runtime itself writes JSON only; the other forms are made by the request
/// transform, whose text it sends as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// JSON, also under vendor names.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// Text as it is.
    Raw,
}

/// An object body.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// The media type, as the document spells it.
    pub(super) media_type: Text,
    pub(super) encoding: Encoding,
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
    pub(super) encoding: Encoding,
    /// The name of the field that holds it.
    pub(super) name: Text,
    /// Whether a call needs it.
    pub(super) required: bool,
    /// The schema, as written.
    pub(super) schema: Node,
    /// Its JSON type for people.
    pub(super) data_type: Text,
}

impl Whole {
    fn is_empty_object_by_default(&self) -> bool {
        self.encoding == Encoding::Json && self.required && self.data_type == "object"
    }
}

impl Body {
    /// The media type, as the document spells it.
    pub(super) fn media_type(&self) -> Option<&Text> {
        match self {
            Body::None => None,
            Body::Fields(fields) => Some(&fields.media_type),
            Body::Whole(whole) => Some(&whole.media_type),
        }
    }

    /// The media type that is sent, and under which the emitted document holds the body.
    pub(super) fn sent_media_type(&self) -> Option<Text> {
        let (name, encoding) = match self {
            Body::None => return None,
            Body::Fields(fields) => (&fields.media_type, fields.encoding),
            Body::Whole(whole) => (&whole.media_type, whole.encoding),
        };
        Some(match encoding {
            // The runtime writes JSON under `application/…json` without parameters only.
            Encoding::Json => {
                let essence = name.split(';').next().unwrap_or_default().trim();
                match essence.starts_with("application/") {
                    true => essence.into(),
                    false => "application/json".into(),
                }
            }
            Encoding::Multipart => ecow::eco_format!("multipart/form-data; boundary={BOUNDARY}"),
            Encoding::Raw if name.contains('*') => "application/octet-stream".into(),
            _ => name.clone(),
        })
    }

    /// The media type that is sent, with the schema as written.
    pub(super) fn as_written(&self) -> Option<(Text, Node)> {
        let schema = match self {
            Body::None => return None,
            Body::Fields(fields) => &fields.schema,
            Body::Whole(whole) => &whole.schema,
        };
        Some((self.sent_media_type()?, schema.clone()))
    }

    /// Whether a call that gives no field sends an empty object: one in JSON of which nothing is required, or one
    /// without known fields that has to be there.
    pub(super) fn is_empty_object_by_default(&self) -> bool {
        match self {
            Body::None => false,
            Body::Fields(fields) => fields.encoding == Encoding::Json && self.required().is_empty(),
            Body::Whole(whole) => whole.is_empty_object_by_default(),
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
            Body::Whole(whole) if whole.required && whole.data_type != "object" => vec![&whole.name],
            Body::Whole(_) => Vec::new(),
        }
    }
}

/// Plans the body of an operation; `wanted` is the media type that the author chose.
///
/// # Errors
/// The reason why the runtime cannot send the body that the operation needs.
pub(super) fn plan(spec: &crate::openapi::Spec, operation: &Operation, wanted: Option<&str>) -> Result<Body, String> {
    let Some(body) = &operation.request_body else {
        return Ok(Body::None);
    };
    if !needs_body(operation) {
        return Ok(Body::None);
    }
    let Some((media_type, encoding)) = choose(&body.content, wanted) else {
        return Ok(Body::None);
    };
    let empty = Node::map(Map::new());
    let schema_node = media_type.schema.as_ref().unwrap_or(&empty);
    let schema = spec.schema(schema_node);
    let properties = schema.properties();
    // An object that can hold nothing: there is nothing to give.
    if properties.is_empty() && schema.node().get("additionalProperties").and_then(Node::as_bool) == Some(false) {
        return Ok(Body::None);
    }
    if encoding == Encoding::Raw || schema.is_array() || properties.is_empty() {
        let encoding = match encoding {
            Encoding::Json => Encoding::Json,
            _ => Encoding::Raw,
        };
        return Ok(Body::Whole(Whole {
            media_type: media_type.name.clone(),
            encoding,
            name: whole_name(operation),
            required: body.required,
            schema: schema_node.clone(),
            data_type: match encoding {
                Encoding::Json => schema.data_type().unwrap_or("object").into(),
                _ => "string".into(),
            },
        }));
    }
    let required = schema.required();
    let fields = properties
        .iter()
        .map(|(name, property)| field(name, property, &required));
    Ok(Body::Fields(Fields {
        media_type: media_type.name.clone(),
        encoding,
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

/// The media type that is sent: JSON if offered (`*/*` means JSON too), else a form, else multipart, else the first.
fn choose<'a>(content: &'a [MediaType], wanted: Option<&str>) -> Option<(&'a MediaType, Encoding)> {
    if let Some(chosen) = content
        .iter()
        .find(|media_type| Some(media_type.name.as_str()) == wanted)
    {
        let (_, encoding) = choose(std::slice::from_ref(chosen), None)?;
        return Some((chosen, encoding));
    }
    let named = |wanted: &str| content.iter().find(|media_type| media_type.essence() == wanted);
    MediaType::preferred_json(content)
        .map(|media_type| (media_type, Encoding::Json))
        .or_else(|| Some((named("application/x-www-form-urlencoded")?, Encoding::Form)))
        .or_else(|| Some((named("multipart/form-data")?, Encoding::Multipart)))
        .or_else(|| Some((content.first()?, Encoding::Raw)))
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

/// The request transform that turns quoted numbers and booleans into JSON ones, unwraps whole bodies and writes the
/// encodings that the runtime does not know; `None` when the body needs none of it.
///
/// The text is a Go template over the map of body fields.
pub(super) fn transform(body: &Body) -> Option<Node> {
    let template = match body {
        Body::None => return None,
        // The default `{}` of the request goes through the transform, too.
        Body::Whole(whole) if whole.is_empty_object_by_default() => {
            "{{- range $v := . -}}{{ toJson $v }}{{- else -}}{}{{- end -}}".to_owned()
        }
        // The only field there is, also when the map is empty.
        Body::Whole(Whole {
            encoding: Encoding::Json,
            data_type,
            ..
        }) if !needs_coercion(data_type) => "{{- range $v := . -}}{{ toJson $v }}{{- end -}}".to_owned(),
        Body::Whole(_) => {
            r#"{{- range $v := . -}}{{ if eq (kindOf $v) "string" }}{{ $v }}{{ else }}{{ toJson $v }}{{ end }}{{- end -}}"#
                .to_owned()
        }
        Body::Fields(fields) => match fields.encoding {
            Encoding::Form => FORM_TEMPLATE.to_owned(),
            Encoding::Multipart => multipart_template(),
            Encoding::Json | Encoding::Raw => {
                let coerced = fields.fields.iter().filter(|field| needs_coercion(&field.data_type));
                let names: Vec<String> = coerced
                    .map(|field| format!(" (eq $k {})", go_string(&field.name)))
                    .collect();
                if names.is_empty() {
                    return None;
                }
                coercing_template(&names.concat())
            }
        },
    };
    let mut transform = Map::new();
    transform.insert("type", Node::string("golang_template_json_v0.3.0"));
    transform.insert("body", Node::string(template));
    Some(Node::map(transform))
}

/// `a=1&b=2`, each part escaped.
const FORM_TEMPLATE: &str = concat!(
    r#"{{- $sep := "" -}}{{- range $k, $v := . -}}{{- $sep -}}{{ urlquery $k }}="#,
    r#"{{- if eq (kindOf $v) "string" -}}{{ urlquery $v }}{{- else -}}{{ urlquery (toJson $v) }}{{- end -}}"#,
    r#"{{- $sep = "&" -}}{{- end -}}"#
);

/// One part for each field, text or JSON.
fn multipart_template() -> String {
    format!(
        concat!(
            "{{{{- range $k, $v := . }}}}--{boundary}\r\n",
            "Content-Disposition: form-data; name={{{{ toJson $k }}}}\r\n\r\n",
            "{{{{ if eq (kindOf $v) \"string\" }}}}{{{{ $v }}}}{{{{ else }}}}{{{{ toJson $v }}}}{{{{ end }}}}\r\n",
            "{{{{ end }}}}--{boundary}--\r\n"
        ),
        boundary = BOUNDARY
    )
}

/// Writes JSON; fields of the given names whose text looks like a number or boolean are written bare. Another text goes
/// through as a string, so that the API (not the template) refuses it.
fn coercing_template(conditions: &str) -> String {
    format!(
        concat!(
            r#"{{ {{{{- $sep := "" -}}}}{{{{- range $k, $v := . -}}}}{{{{- $sep -}}}}{{{{ toJson $k }}}}:"#,
            r#"{{{{- $raw := "" -}}}}{{{{- if and (eq (kindOf $v) "string") (or false{}) -}}}}"#,
            // The pattern always matches, because a failed match would be an error; the group is empty where it does not fit.
            r#"{{{{- $raw = getRegexpFirstMatch $v "^(?:(-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)$)?" -}}}}{{{{- end -}}}}"#,
            r#"{{{{- if $raw -}}}}{{{{ $raw }}}}{{{{- else -}}}}{{{{ toJson $v }}}}{{{{- end -}}}}"#,
            r#"{{{{- $sep = "," -}}}}{{{{- end -}}}} }}"#
        ),
        conditions
    )
}

/// A Go string literal.
fn go_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            _ if character.is_control() => literal.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}
