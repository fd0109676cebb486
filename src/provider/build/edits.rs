//! Changes to operations where the runtime would trip: columns that cannot be selected get safe names, EXEC takes
//! text for everything, whole bodies get a field, a POST that answers SELECT gets a parameter.

use rustc_hash::FxHashMap;

use super::body::Body;
use super::method::Draft;
use super::response;
use crate::mapping::SqlVerb;
use crate::openapi::{self, HttpVerb, ParameterLocation, Schema};
use crate::provider::names;
use crate::source::{Entry, Map, Node, Span, Text, Value};

/// Vendor key that keeps the JSON type of an input that EXEC takes as text.
pub(crate) const WIRE_TYPE: &str = "x-wire-type";

/// The name of the component that makes an EXEC method's response fit for the runtime.
pub(super) fn exec_component(operation_id: &str) -> Text {
    let safe: String = operation_id
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || "._-".contains(character) {
                character
            } else {
                '_'
            }
        })
        .collect();
    ecow::eco_format!("{safe}_exec_response")
}

/// The changes of one service document.
#[derive(Debug, Default)]
pub(super) struct Edits {
    operations: FxHashMap<(Text, HttpVerb), OperationEdit>,
    components: Vec<(Text, Node)>,
}

#[derive(Debug, Default)]
struct OperationEdit {
    /// All parameters of the operation, when they change.
    parameters: Option<Node>,
    /// Media type and schema of the body, when they change.
    body: Option<(Text, Node)>,
    /// Status, old and new media type, and schema of the response, when they change.
    response: Option<(Text, Text, Text, Node)>,
}

impl Edits {
    /// Notes what a method needs.
    pub(super) fn add(&mut self, service: &openapi::Service, draft: &Draft) {
        let Some(operation) = service.spec.operation(&draft.path, draft.http_verb) else {
            return;
        };
        let is_exec = draft.sql_verb == SqlVerb::Exec;
        let mut edit = OperationEdit {
            parameters: is_exec.then(|| text_parameters(service, operation)).flatten(),
            body: body_edit(service, &draft.body, is_exec),
            response: None,
        };
        let is_post_select = draft.sql_verb == SqlVerb::Select && draft.body.media_type().is_some();
        if is_post_select && draft.parameters.is_empty() {
            edit.parameters = Some(Node::list([accept_parameter()]));
        }
        let plan = &draft.response;
        if let (Some(status), Some(media_type), Some(schema)) = (&plan.doc_key, &plan.media_type, &plan.schema) {
            let schema = service.spec.schema(schema);
            if draft.sql_verb == SqlVerb::Select {
                let renamed = rename_columns(&schema, plan.object_key.as_deref().unwrap_or_default());
                if renamed.is_some() || media_type == "*/*" {
                    let target = if media_type == "*/*" {
                        "application/json".into()
                    } else {
                        media_type.clone()
                    };
                    let node = renamed.unwrap_or_else(|| schema.written().clone());
                    edit.response = Some((status.clone(), media_type.clone(), target, node));
                }
            } else if is_exec && !response::exec_runs(&schema) && !schema.properties().is_empty() {
                self.components
                    .push((exec_component(&draft.operation_id), exec_response(&schema)));
            }
        }
        if edit.parameters.is_some() || edit.body.is_some() || edit.response.is_some() {
            self.operations.insert((draft.path.clone(), draft.http_verb), edit);
        }
    }

    /// The document with the changes made.
    pub(super) fn apply(self, root: &Node) -> Node {
        if self.operations.is_empty() && self.components.is_empty() {
            return root.clone();
        }
        let mut root = root.clone();
        let Some(document) = root.as_map_mut() else {
            return root;
        };
        if let Some(paths) = document.get_mut("paths").and_then(Node::as_map_mut) {
            for path in paths.iter_mut() {
                for verb in HttpVerb::ALL {
                    let Some(edit) = self.operations.get(&(path.key.clone(), verb)) else {
                        continue;
                    };
                    if let Some(operation) = path.value.as_map_mut().and_then(|item| item.get_mut(verb.as_str())) {
                        edit.apply(operation);
                    }
                }
            }
        }
        add_components(document, self.components);
        root
    }
}

impl OperationEdit {
    fn apply(&self, operation: &mut Node) {
        let Some(operation) = operation.as_map_mut() else {
            return;
        };
        if let Some(parameters) = &self.parameters {
            operation.insert("parameters", parameters.clone());
        }
        if let Some((media_type, schema)) = &self.body {
            let entry: Map = [("schema", schema.clone())].into_iter().collect();
            let content: Map = [(media_type.clone(), Node::map(entry))].into_iter().collect();
            let body = operation
                .get("requestBody")
                .and_then(Node::as_map)
                .cloned()
                .unwrap_or_default();
            let mut body = if body.contains_key("$ref") { Map::new() } else { body };
            body.insert("content", Node::map(content));
            operation.insert("requestBody", Node::map(body));
        }
        if let Some((status, old, new, schema)) = &self.response {
            let entry: Map = [("schema", schema.clone())].into_iter().collect();
            let response = operation
                .get_mut("responses")
                .and_then(Node::as_map_mut)
                .and_then(|responses| responses.get_mut(status));
            let Some(response) = response else { return };
            let mut map = response.as_map().cloned().unwrap_or_default();
            map.remove("$ref");
            if !map.contains_key("description") {
                map.insert("description", Node::string("Success"));
            }
            let mut content = map.get("content").and_then(Node::as_map).cloned().unwrap_or_default();
            if old != new {
                content.remove(old);
            }
            content.insert(new.clone(), Node::map(entry));
            map.insert("content", Node::map(content));
            response.value = Value::Map(map);
        }
    }
}

fn add_components(document: &mut Map, components: Vec<(Text, Node)>) {
    if components.is_empty() {
        return;
    }
    if !document.contains_key("components") {
        document.insert("components", Node::map(Map::new()));
    }
    let Some(all) = document.get_mut("components").and_then(Node::as_map_mut) else {
        return;
    };
    if !all.contains_key("schemas") {
        all.insert("schemas", Node::map(Map::new()));
    }
    if let Some(schemas) = all.get_mut("schemas").and_then(Node::as_map_mut) {
        for (name, schema) in components {
            schemas.insert(name, schema);
        }
    }
}

/// EXEC can pass text only (runtime contract 4.2): parameters of other scalar types are declared as strings, and keep
/// their real type under [`WIRE_TYPE`]. `None` when nothing changes.
fn text_parameters(service: &openapi::Service, operation: &openapi::Operation) -> Option<Node> {
    let mut changed = false;
    let mut list = Vec::with_capacity(operation.parameters.len());
    for parameter in &operation.parameters {
        let mut node = parameter.node.clone();
        let schema = parameter.schema.as_ref().map(|schema| service.spec.schema(schema));
        let text = match &schema {
            Some(schema) => as_text(schema),
            None => Some(typed("string")),
        };
        if let (Some(text), Some(map)) = (text, node.as_map_mut()) {
            map.remove("content");
            map.insert("schema", text);
            changed = true;
        }
        if parameter.location != ParameterLocation::Cookie {
            list.push(node);
        }
    }
    changed.then(|| Node::list(list))
}

/// The schema as text, when EXEC would not take it as it is.
fn as_text(schema: &Schema<'_>) -> Option<Node> {
    let data_type = schema.data_type();
    if matches!(data_type, Some("string" | "object" | "array")) {
        return None;
    }
    let mut node = schema.node().as_map().cloned().unwrap_or_default();
    for keyword in [
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "default",
        "enum",
        "example",
    ] {
        if let Some(value) = node.remove(keyword)
            && let Some(value) = texts(keyword, &value)
        {
            node.insert(keyword, value);
        }
    }
    node.insert("type", Node::string("string"));
    if let Some(data_type) = data_type {
        node.insert(WIRE_TYPE, Node::string(data_type));
    }
    Some(Node::map(node))
}

/// The values of `default`, `enum` and `example` as text, so that they fit the type `string`.
fn texts(keyword: &str, value: &Node) -> Option<Node> {
    match keyword {
        "default" | "example" => value.scalar_text().map(Node::string),
        "enum" => Some(Node::list(
            value
                .as_list()?
                .iter()
                .filter(|value| !value.is_null())
                .filter_map(Node::scalar_text)
                .map(Node::string),
        )),
        _ => None,
    }
}

fn typed(data_type: &str) -> Node {
    let map: Map = [("type", Node::string(data_type))].into_iter().collect();
    Node::map(map)
}

fn accept_parameter() -> Node {
    let map: Map = [
        ("name", Node::string("Accept")),
        ("in", Node::string("header")),
        ("description", Node::string("Media type of the answer.")),
        ("required", Node::bool(false)),
        ("schema", typed("string")),
    ]
    .into_iter()
    .collect();
    Node::map(map)
}

/// The body schema that the runtime can fill: whole bodies become one field, EXEC fields become text.
fn body_edit(service: &openapi::Service, body: &Body, is_exec: bool) -> Option<(Text, Node)> {
    match body {
        Body::None => None,
        Body::Whole(whole) => {
            let inner = service.spec.schema(&whole.schema);
            let mut field = inner.node().as_map().cloned().unwrap_or_default();
            if !matches!(inner.data_type(), Some("array" | "object")) {
                field = Map::new();
                field.insert("type", Node::string("object"));
            } else if !field.contains_key("type") {
                field.insert("type", Node::string(whole.data_type.clone()));
            }
            let properties: Map = [(whole.name.clone(), Node::map(field))].into_iter().collect();
            let mut schema = Map::new();
            schema.insert("type", Node::string("object"));
            if whole.required {
                schema.insert("required", Node::list([Node::string(whole.name.clone())]));
            }
            schema.insert("properties", Node::map(properties));
            Some((json_name(&whole.media_type), Node::map(schema)))
        }
        Body::Fields(fields) => {
            let schema = service.spec.schema(&fields.schema);
            let texts: Vec<(&Text, Node)> = match is_exec {
                true => fields
                    .fields
                    .iter()
                    .filter_map(|field| Some((&field.name, as_text(&schema.property(&field.name)?)?)))
                    .collect(),
                false => Vec::new(),
            };
            let is_any_json = fields.media_type == "*/*";
            if texts.is_empty() && !is_any_json {
                return None;
            }
            if texts.is_empty() {
                return Some((json_name(&fields.media_type), fields.schema.clone()));
            }
            let mut node = schema.node().as_map().cloned().unwrap_or_default();
            let mut properties: Map = schema
                .properties()
                .iter()
                .map(|(name, property)| (name.clone(), property.written().clone()))
                .collect();
            for (name, text) in texts {
                properties.insert(name.clone(), text);
            }
            node.insert("properties", Node::map(properties));
            Some((json_name(&fields.media_type), Node::map(node)))
        }
    }
}

fn json_name(media_type: &Text) -> Text {
    if media_type == "*/*" {
        "application/json".into()
    } else {
        media_type.clone()
    }
}

/// An object with the response's properties and one array, so that the runtime finds every column that it looks for
/// (runtime contract 4.3).
fn exec_response(schema: &Schema<'_>) -> Node {
    let mut properties: Map = schema
        .properties()
        .iter()
        .map(|(name, property)| (name.clone(), property.written().clone()))
        .collect();
    let mut list = Map::new();
    list.insert("type", Node::string("array"));
    list.insert("description", Node::string("Always empty; lets EXEC run."));
    list.insert("items", typed("string"));
    properties.insert("exec_rows", Node::map(list));
    let mut node = Map::new();
    node.insert("type", Node::string("object"));
    node.insert("properties", Node::map(properties));
    Node::map(node)
}

/// The response schema with safe column names, when some column could not be selected (runtime contract 6.2): the
/// property gets another key, and `xml.name` says what it is called on the wire. `None` when all can be.
fn rename_columns(schema: &Schema<'_>, object_key: &str) -> Option<Node> {
    let steps: Vec<&str> = object_key
        .trim_start_matches('$')
        .split('.')
        .filter(|step| !step.is_empty())
        .collect();
    rename_at(schema, &steps)
}

fn rename_at(schema: &Schema<'_>, steps: &[&str]) -> Option<Node> {
    if schema.is_array() {
        let items = rename_at(&schema.items()?, steps)?;
        let mut node = schema.node().as_map().cloned().unwrap_or_default();
        node.insert("items", items);
        return Some(Node::map(node));
    }
    if let Some((step, rest)) = steps.split_first() {
        let name = step.trim_end_matches("[*]");
        let renamed = rename_at(&schema.property(name)?, rest)?;
        let mut node = schema.node().as_map().cloned().unwrap_or_default();
        let mut properties = written_properties(schema);
        properties.insert(name, renamed);
        node.insert("properties", Node::map(properties));
        return Some(Node::map(node));
    }
    let wire_names: Vec<Text> = schema.properties().keys().cloned().collect();
    let columns = names::column_names(&wire_names);
    if columns == wire_names {
        return None;
    }
    let mut renamed = Map::new();
    let mut new_names: FxHashMap<Text, Text> = FxHashMap::default();
    for (column, (wire, property)) in columns.iter().zip(schema.properties()) {
        let node = if *column == wire {
            property.written().clone()
        } else {
            with_wire_name(&property, &wire)
        };
        new_names.insert(wire, column.clone());
        renamed.push_unique(Entry {
            key: column.clone(),
            key_span: Span::NONE,
            value: node,
        });
    }
    let mut node = schema.node().as_map().cloned().unwrap_or_default();
    node.insert("properties", Node::map(renamed));
    if let Some(required) = node.get("required").and_then(Node::as_list).cloned() {
        let required = required
            .iter()
            .filter_map(Node::as_text)
            .map(|name| Node::string(new_names.get(name).unwrap_or(name).clone()));
        node.insert("required", Node::list(required));
    }
    Some(Node::map(node))
}

fn written_properties(schema: &Schema<'_>) -> Map {
    let properties = schema.properties();
    properties
        .iter()
        .map(|(name, property)| (name.clone(), property.written().clone()))
        .collect()
}

/// The property with `xml: {name: wire}`. A reference cannot carry it, so it is replaced by what it refers to.
fn with_wire_name(property: &Schema<'_>, wire: &str) -> Node {
    let mut node = property.node().as_map().cloned().unwrap_or_default();
    let xml: Map = [("name", Node::string(wire))].into_iter().collect();
    node.insert("xml", Node::map(xml));
    Node::map(node)
}
