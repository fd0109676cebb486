//! What a method takes: parameters, server variables and body fields, by the runtime's rules.

use super::shape::Shape;
use super::{Method, Service};
use crate::openapi::{MediaType, Operation, Parameter, ParameterLocation, Schema, Server, UrlVariable, url_variables};
use crate::source::{Node, Text, Value};

/// Where an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum InputPlace {
    /// Into the path.
    Path,
    /// Into the query string.
    Query,
    /// Into a header.
    Header,
    /// Into the server URL.
    Server,
    /// Into the request body.
    Body,
}

/// One thing that a statement can give to a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The name in SQL, unquoted.
    pub name: Text,
    /// The name on the wire; differs from `name` for body fields under the default algorithm (`data__x`).
    pub wire_name: Text,
    /// Where it goes.
    pub place: InputPlace,
    /// Whether the method cannot be called without it.
    pub required: bool,
    /// JSON type for people: `string`, `integer`, `number`, `boolean`, `array`, `object`, or `any`.
    pub data_type: Text,
    /// Description as written.
    pub description: Option<Text>,
    /// The default, as text.
    pub default: Option<Text>,
    /// Enum values, as text.
    pub values: Vec<Text>,
    /// The example beside the schema of a parameter.
    pub example: Option<Node>,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether the body schema calls the field read-only. The runtime does not care; a required one stays required.
    pub read_only: bool,
    /// The schema, resolved; null when there is none.
    pub schema: Node,
}

/// All inputs of a method: the operation's own parameters in document order, then those of its path item, then the
/// server variables, then the body fields (as they stand in the schema). Names are unique: where parameters clash, path
/// beats query beats header, and all of them beat the body, as in the runtime.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inputs {
    /// The inputs in that order.
    pub all: Vec<Input>,
    /// Whether the body requires a field that a parameter of the same name beats: no statement can give it.
    pub hides_required: bool,
}

impl Inputs {
    /// The inputs without which no call is possible.
    pub fn required(&self) -> impl Iterator<Item = &Input> {
        self.all.iter().filter(|input| input.required)
    }

    /// The inputs of one place.
    pub fn at(&self, place: InputPlace) -> impl Iterator<Item = &Input> {
        self.all.iter().filter(move |input| input.place == place)
    }

    /// An input by its name in SQL.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Input> {
        self.all.iter().find(|input| input.name == name)
    }
}

/// What a method takes. Nothing, when its operation does not exist.
#[must_use]
pub fn inputs(service: &Service, method: &Method) -> Inputs {
    let Some(operation) = method.operation.find(&service.spec) else {
        return Inputs::default();
    };
    let mut all: Vec<Input> = Vec::new();
    for parameter in &operation.parameters {
        if wins(parameter, &operation.parameters) {
            all.push(parameter_input(service, parameter));
        }
    }
    // The first server counts, also where others follow.
    for variable in operation.servers.first().into_iter().flat_map(server_inputs) {
        if !all.iter().any(|input| input.name == variable.name) {
            all.push(variable);
        }
    }
    let mut hides_required = false;
    for field in body_inputs(service, method, operation) {
        if all.iter().any(|input| input.name == field.name) {
            hides_required |= field.required;
        } else {
            all.push(field);
        }
    }
    Inputs { all, hides_required }
}

/// Whether a parameter can be given at all: no cookies (the runtime has no place for them), no required query or header
/// that may be empty (it loses those), and of equal names only the one that the runtime finds first.
fn wins(parameter: &Parameter, all: &[Parameter]) -> bool {
    let allows_empty = parameter.node.get("allowEmptyValue").and_then(Node::as_bool) == Some(true);
    if parameter.location == ParameterLocation::Cookie
        || (allows_empty && parameter.required && parameter.location != ParameterLocation::Path)
    {
        return false;
    }
    !all.iter()
        .any(|other| other.name == parameter.name && rank(other.location) < rank(parameter.location))
}

fn rank(location: ParameterLocation) -> u8 {
    match location {
        ParameterLocation::Path => 0,
        ParameterLocation::Query => 1,
        ParameterLocation::Header => 2,
        ParameterLocation::Cookie => 3,
    }
}

fn parameter_input(service: &Service, parameter: &Parameter) -> Input {
    let schema = parameter.schema.as_ref().map(|schema| service.spec.schema(schema));
    let described = parameter
        .description
        .clone()
        .or_else(|| schema.and_then(|schema| schema.description()).map(Text::from));
    Input {
        name: parameter.name.clone(),
        wire_name: parameter.name.clone(),
        place: match parameter.location {
            ParameterLocation::Path => InputPlace::Path,
            ParameterLocation::Query => InputPlace::Query,
            ParameterLocation::Header | ParameterLocation::Cookie => InputPlace::Header,
        },
        required: parameter.required,
        data_type: schema.map_or("string".into(), |schema| type_name(&schema, "string")),
        description: described,
        default: schema.and_then(|schema| default_of(&schema)),
        values: schema.map(|schema| schema.enum_values()).unwrap_or_default(),
        example: parameter.node.get("example").cloned(),
        deprecated: parameter.deprecated || schema.is_some_and(|schema| schema.flag("deprecated")),
        read_only: false,
        schema: schema.map_or(Node::new(Value::Null), |schema| schema.node().clone()),
    }
}

/// The variables of a server that its URL names, in the order of the URL.
fn server_inputs(server: &Server) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    for UrlVariable { name, .. } in url_variables(&server.url) {
        let declared = server.variables.iter().find(|variable| variable.name == name);
        let Some(variable) = declared else {
            continue;
        };
        inputs.push(Input {
            name: variable.name.clone(),
            wire_name: variable.name.clone(),
            place: InputPlace::Server,
            required: true,
            data_type: "string".into(),
            description: variable.description.clone(),
            default: variable.default.clone().filter(|default| !default.is_empty()),
            values: variable.values.clone(),
            example: None,
            deprecated: false,
            read_only: false,
            schema: Node::new(Value::Null),
        });
    }
    inputs
}

/// How the runtime names body fields in SQL (`config.requestBodyTranslate.algorithm` of the method).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyNaming {
    /// `naive`: as on the wire.
    Plain,
    /// `naive_x`: as on the wire, all of them below the field `x`.
    Below(Text),
    /// Anything else: `data__` in front.
    Prefixed,
}

impl BodyNaming {
    /// The naming of a method.
    #[must_use]
    pub fn of(method: &Method) -> Self {
        let translate = method.config.get("requestBodyTranslate");
        BodyNaming::by(translate.and_then(|translate| translate.get_str("algorithm")))
    }

    /// The naming that an algorithm stands for.
    #[must_use]
    pub fn by(algorithm: Option<&str>) -> Self {
        match algorithm.unwrap_or_default().strip_prefix("naive") {
            None => BodyNaming::Prefixed,
            Some(rest) => match rest.strip_prefix('_') {
                Some(parent) if !parent.is_empty() => BodyNaming::Below(parent.into()),
                _ => BodyNaming::Plain,
            },
        }
    }

    /// A field's name in SQL.
    #[must_use]
    pub fn sql_name(&self, wire: &str) -> Text {
        match self {
            BodyNaming::Plain | BodyNaming::Below(_) => wire.into(),
            BodyNaming::Prefixed => ecow::eco_format!("data__{wire}"),
        }
    }
}

/// The media type of the request body that the runtime sends: the one that the method names, else JSON, XML or bytes by
/// their plain names. Forms are never sent.
#[must_use]
pub fn request_content<'a>(operation: &'a Operation, method: &Method) -> Option<&'a MediaType> {
    let body = operation.request_body.as_ref()?;
    let named = method.request.as_ref().and_then(|request| request.media_type.as_ref());
    match named {
        Some(name) => body.content.iter().find(|media_type| media_type.name == *name),
        None => preferred(&body.content),
    }
}

/// The media type that the runtime takes when none is named.
pub(super) fn preferred(content: &[MediaType]) -> Option<&MediaType> {
    ["application/json", "application/xml", "application/octet-stream"]
        .iter()
        .find_map(|name| {
            content
                .iter()
                .find(|media_type| media_type.name == *name && media_type.schema.is_some())
        })
}

fn body_inputs(service: &Service, method: &Method, operation: &Operation) -> Vec<Input> {
    let Some(schema) = request_content(operation, method).and_then(|content| content.schema.as_ref()) else {
        return Vec::new();
    };
    let shape = Shape::of(service.spec.schema(schema));
    // Only the list beside the properties counts, not those of composed parts.
    let required: Vec<Text> = shape
        .schema()
        .node()
        .get("required")
        .and_then(Node::as_list)
        .into_iter()
        .flatten()
        .filter_map(Node::scalar_text)
        .collect();
    let naming = BodyNaming::of(method);
    shape
        .fields()
        .into_iter()
        .map(|(name, field)| field_input(&naming, name, &field, &required))
        .collect()
}

fn field_input(naming: &BodyNaming, name: Text, field: &Schema<'_>, required: &[Text]) -> Input {
    Input {
        name: naming.sql_name(&name),
        place: InputPlace::Body,
        required: required.contains(&name),
        data_type: type_name(field, "any"),
        description: field.description().map(Text::from),
        default: default_of(field),
        values: field.enum_values(),
        example: None,
        deprecated: field.flag("deprecated"),
        read_only: field.flag("readOnly"),
        schema: field.node().clone(),
        wire_name: name,
    }
}

/// The type for people; `otherwise` where the schema does not say.
pub(super) fn type_name(schema: &Schema<'_>, otherwise: &str) -> Text {
    match schema.data_type() {
        Some(name) => name.into(),
        None if !schema.enum_values().is_empty() => "string".into(),
        None => otherwise.into(),
    }
}

fn default_of(schema: &Schema<'_>) -> Option<Text> {
    schema
        .node()
        .get("default")
        .filter(|default| !default.is_null())
        .and_then(Node::scalar_text)
}
