//! What a method returns: the columns of one row, by the runtime's rules.

use super::inputs::{preferred, type_name};
use super::shape::{Row, Shape};
use super::{Method, Service};
use crate::openapi::{MediaType, Operation, Schema};
use crate::source::{Node, Text};

/// The name that the runtime gives to the only column of a list of texts.
pub const ANONYMOUS_COLUMN: &str = "column_anon";

/// The list name that the runtime looks for when there is no object key.
const DEFAULT_LIST: &str = "items";

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name in SQL, unquoted: the key of the property.
    pub name: Text,
    /// The name in the response: `xml.name` of the property if it has one (it counts for JSON too), else its key.
    pub wire_name: Text,
    /// JSON type for people.
    pub data_type: Text,
    /// Description as written.
    pub description: Option<Text>,
    /// Enum values, as text.
    pub values: Vec<Text>,
    /// The schema, resolved; null when there is none.
    pub schema: Node,
}

/// The columns of a method's rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Columns {
    /// Rows with these columns, in schema order.
    Rows(Vec<Column>),
    /// The response is an array of scalars: one column, `column_anon`.
    Anonymous(Column),
    /// Nothing can be selected; why.
    None(String),
}

impl Columns {
    /// The columns, if any.
    #[must_use]
    pub fn list(&self) -> &[Column] {
        match self {
            Columns::Rows(columns) => columns,
            Columns::Anonymous(column) => std::slice::from_ref(column),
            Columns::None(_) => &[],
        }
    }
}

/// The columns of the rows that a method returns.
#[must_use]
pub fn columns(service: &Service, method: &Method) -> Columns {
    let Some(operation) = method.operation.find(&service.spec) else {
        return Columns::None("the operation does not exist".into());
    };
    let (schema, media_type) = match response_schema(service, method, operation) {
        Ok(found) => found,
        Err(reason) => return Columns::None(reason),
    };
    let response = Shape::of(schema);
    let key = object_key(method, &response);
    match rows_at(&response, &key, &media_type) {
        Some(rows) => columns_of(&rows),
        None => Columns::None(format!("the object key `{key}` leads nowhere in the response")),
    }
}

/// The declared type of the response that counts; `None` without a schema or a type.
#[must_use]
pub fn response_type(service: &Service, method: &Method) -> Option<Text> {
    let operation = method.operation.find(&service.spec)?;
    let (schema, _) = response_schema(service, method, operation).ok()?;
    Shape::of(schema).data_type().map(Text::from)
}

/// Whether the rows of a method stand in a list, so that there may be many or none.
pub(super) fn is_list(service: &Service, method: &Method) -> bool {
    let response = method
        .operation
        .find(&service.spec)
        .and_then(|operation| response_schema(service, method, operation).ok());
    let Some((schema, media_type)) = response else {
        return false;
    };
    let response = Shape::of(schema);
    let key = object_key(method, &response);
    match place_of(&response, &key, &media_type) {
        Place::Found { shape, in_list } => in_list || key.ends_with("[*]") || shape.is_array(),
        Place::Nowhere => false,
        Place::Named => !key.is_empty() || response.is_array(),
    }
}

/// The schema of the response that counts, with its media type. `Err` says why there is none.
pub(super) fn response_schema<'a>(
    service: &'a Service,
    method: &'a Method,
    operation: &'a Operation,
) -> Result<(Schema<'a>, Text), String> {
    let spec = &service.spec;
    let response = &method.response;
    if let Some(reference) = response.schema_override.as_ref().and_then(|node| node.get_str("$ref")) {
        let name = reference.trim_start_matches("#/components/schemas/");
        let schema = spec
            .component("schemas", name)
            .ok_or_else(|| format!("`schema_override` names the schema `{name}`, which does not exist"))?;
        return Ok((
            spec.schema(schema),
            response.override_media_type.clone().unwrap_or_default(),
        ));
    }
    let content = match (&response.media_type, &response.doc_key) {
        (Some(media_type), Some(status)) => operation
            .responses
            .iter()
            .find(|response| response.status == *status)
            .and_then(|response| response.content.iter().find(|content| content.name == *media_type)),
        _ => default_content(operation),
    };
    let content = content.ok_or("no response body is described")?;
    let schema = content.schema.as_ref().ok_or("the response body has no schema")?;
    let media_type = response
        .override_media_type
        .clone()
        .unwrap_or_else(|| content.name.clone());
    Ok((spec.schema(schema), media_type))
}

/// The response that the runtime takes when the method names none: the lowest numeric status below 300, else `default`.
fn default_content(operation: &Operation) -> Option<&MediaType> {
    let lowest = operation
        .responses
        .iter()
        .filter(|response| response.status.parse::<u16>().is_ok_and(|code| code < 300))
        .min_by(|left, right| left.status.cmp(&right.status));
    let response = lowest.or_else(|| operation.responses.iter().find(|response| response.status == "default"))?;
    preferred(&response.content)
}

/// The key under which rows are looked for; empty for the response itself.
fn object_key(method: &Method, response: &Shape<'_>) -> Text {
    if let Some(key) = &method.response.object_key {
        return key.clone();
    }
    let overridden = method.response.override_media_type.is_some();
    match response.data_type() {
        Some("string" | "integer") if !overridden => ANONYMOUS_COLUMN.into(),
        _ if response.own_property(DEFAULT_LIST).is_some() => DEFAULT_LIST.into(),
        _ => Text::new(),
    }
}

/// The schema of one row behind an object key. `None`: the runtime does not find it.
fn rows_at<'a>(response: &Shape<'a>, key: &str, media_type: &str) -> Option<Shape<'a>> {
    if key.is_empty() {
        let own_items = response.schema().node().get("items").map(|_| response.items());
        return Some(own_items.flatten().map_or_else(|| response.clone(), Shape::of));
    }
    match place_of(response, key, media_type) {
        Place::Found { shape, .. } => Some(item_of(shape)),
        Place::Nowhere => None,
        Place::Named => list_named(response, key),
    }
}

/// Where an object key leads.
enum Place<'a> {
    /// To this schema; `in_list`: through the items of a list.
    Found { shape: Shape<'a>, in_list: bool },
    /// To none.
    Nowhere,
    /// It is no path: empty, or the bare name of a list.
    Named,
}

/// Follows an object key that is a path, of JSON or of XML.
fn place_of<'a>(response: &Shape<'a>, key: &str, media_type: &str) -> Place<'a> {
    let steps: Vec<&str> = if is_json(media_type) && key.starts_with('$') {
        json_path_steps(key)
    } else if is_xml(media_type) && !key.is_empty() {
        // The first step names the document's root element.
        let steps = key.trim_start_matches('/').split('/').skip(1);
        steps.filter(|step| *step != "*").collect()
    } else {
        return Place::Named;
    };
    let mut shape = response.clone();
    let mut in_list = false;
    for step in steps {
        in_list |= shape.is_array();
        match shape.step(step) {
            Some(next) => shape = next,
            None => return Place::Nowhere,
        }
    }
    Place::Found { shape, in_list }
}

/// The items, where the schema says what they are; else the schema itself.
fn item_of(shape: Shape<'_>) -> Shape<'_> {
    if shape.schema().node().get("items").is_some()
        && let Some(items) = shape.items()
    {
        return Shape::of(items);
    }
    shape
}

/// The old form of an object key: the bare name of a list.
fn list_named<'a>(response: &Shape<'a>, key: &str) -> Option<Shape<'a>> {
    if response.is_array() {
        return response.items().map(Shape::of);
    }
    if response.has_own_properties() {
        return response.own_property(key)?.items().map(Shape::of);
    }
    response.merged()
}

/// `a`, `[*]`, `b` of `$.a[*].b`.
fn json_path_steps(key: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    for (index, part) in key.split('.').enumerate() {
        if index == 0 && part == "$" {
            continue;
        }
        match part.strip_suffix("[*]") {
            Some(name) => steps.extend([name, "[*]"]),
            None => steps.push(part),
        }
    }
    steps
}

fn columns_of(rows: &Shape<'_>) -> Columns {
    match rows.row() {
        Some(Row::Object(properties)) if properties.is_empty() => {
            Columns::None("the response schema names no properties".into())
        }
        Some(Row::Object(properties)) => {
            Columns::Rows(properties.iter().map(|(name, schema)| column(name, schema)).collect())
        }
        Some(Row::Text(schema)) => Columns::Anonymous(column(&ANONYMOUS_COLUMN.into(), &schema)),
        None => Columns::None(match rows.data_type() {
            Some(data_type) => format!("the response is of type `{data_type}` and has no columns"),
            None => "the response schema says nothing about columns".into(),
        }),
    }
}

fn column(name: &Text, schema: &Schema<'_>) -> Column {
    Column {
        wire_name: xml_name(schema).map_or_else(|| name.clone(), Text::from),
        name: name.clone(),
        data_type: type_name(schema, "any"),
        description: schema.description().map(Text::from),
        values: schema.enum_values(),
        schema: schema.node().clone(),
    }
}

/// `xml.name` of the schema or of one of its `allOf` parts.
fn xml_name<'a>(schema: &Schema<'a>) -> Option<&'a str> {
    let own = |node: &'a Node| node.get("xml").and_then(|xml| xml.get_str("name"));
    own(schema.node()).or_else(|| schema.parts("allOf").find_map(|part| own(part.node())))
}

fn is_json(media_type: &str) -> bool {
    media_type
        .strip_prefix("application/")
        .is_some_and(|rest| rest.contains("json") && !rest.contains(char::is_whitespace))
}

fn is_xml(media_type: &str) -> bool {
    ["application/", "text/"]
        .iter()
        .filter_map(|prefix| media_type.strip_prefix(prefix))
        .any(|rest| rest.contains("xml") && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::{Place, Shape, json_path_steps, place_of};
    use crate::openapi;
    use crate::source::{FileId, read};

    #[test]
    fn paths_of_json_and_of_xml_are_followed_through_lists() {
        let text = "{components: {schemas: {S: {type: object, properties: {rows: {type: array, items: {type: object, \
                    properties: {a: {type: object}}}}, one: {type: object}}}}}}";
        let (spec, _) = openapi::read(read(FileId::NONE, text).expect("YAML").root);
        let response = Shape::of(spec.schema(spec.component("schemas", "S").expect("a schema")));
        for (key, media_type, expected) in [
            ("$.rows", "application/json", Some((true, false))),
            ("$.rows[*].a", "application/json", Some((false, true))),
            ("$.one", "application/json", Some((false, false))),
            ("$.two", "application/json", None),
            ("/Answer/rows", "text/xml", Some((true, false))),
            ("/Answer/one", "text/xml", Some((false, false))),
            ("/Answer/two", "text/xml", None),
        ] {
            let found = match place_of(&response, key, media_type) {
                Place::Found { shape, in_list } => Some((shape.is_array(), in_list)),
                Place::Nowhere => None,
                Place::Named => panic!("{key} is a path"),
            };
            assert_eq!(found, expected, "{key}");
        }
        assert!(matches!(place_of(&response, "rows", "application/json"), Place::Named));
    }

    #[test]
    fn object_keys_are_taken_apart_as_the_runtime_does() {
        assert_eq!(json_path_steps("$"), Vec::<&str>::new());
        assert_eq!(json_path_steps("$.a"), ["a"]);
        assert_eq!(json_path_steps("$.a[*].b"), ["a", "[*]", "b"]);
        assert_eq!(json_path_steps("$[*]"), ["$", "[*]"]);
    }
}
