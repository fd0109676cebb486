//! Response schemas whose columns the runtime can find and name.

use rustc_hash::FxHashMap;

use super::{is_composed, typed, with_properties};
use crate::openapi::Schema;
use crate::provider::build::response::{Plan, Rows};
use crate::provider::build::settings::ColumnSettings;
use crate::provider::names;
use crate::source::{Entry, Map, Node, Span, Text};

/// The media type under which the emitted document holds a response.
pub(in crate::provider::build) fn sent_name(name: &Text) -> Text {
    if name == "*/*" {
        "application/json".into()
    } else {
        name.clone()
    }
}

/// The name of the component that makes an EXEC method's response fit for the runtime.
pub(in crate::provider::build) fn exec_component(operation_id: &str) -> Text {
    component_name(operation_id, "exec_response")
}

/// A component name made from an operation id.
pub(in crate::provider::build) fn component_name(operation_id: &str, suffix: &str) -> Text {
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
    ecow::eco_format!("{safe}_{suffix}")
}

/// Whether EXEC runs with this response schema as it is (runtime contract 4.3): a root array of objects, or an array
/// among the properties.
pub(in crate::provider::build) fn exec_runs(schema: &Schema<'_>) -> bool {
    if has_misleading_items(schema) {
        return false;
    }
    schema.is_array() && schema.items().is_some_and(|items| !items.properties().is_empty())
        || schema
            .properties()
            .values()
            .any(|property| property.is_array() && property.items().is_some())
}

/// Whether the response has a property that the runtime takes for the list of rows by its name, although it is none.
fn has_misleading_items(schema: &Schema<'_>) -> bool {
    schema.property("items").is_some_and(|items| !items.is_array())
}

/// Whether an EXEC method gets a response component of its own.
pub(in crate::provider::build) fn needs_exec_component(plan: &Plan, schema: &Schema<'_>) -> bool {
    matches!(&plan.rows, Rows::Columns(_)) && !schema.is_array() && !exec_runs(schema)
}

/// An object with the response's properties and one array, so that the runtime finds every column that it looks for
/// (runtime contract 4.3).
pub(super) fn exec_schema(schema: &Schema<'_>) -> Node {
    let mut properties = written_properties(schema);
    if has_misleading_items(schema) {
        properties.remove("items");
    }
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

/// The response of a SELECT with names that can be selected (runtime contract 6.2): a property gets another key, and
/// `xml.name` says what it is called on the wire. `None` when all can be. `inputs` are the required names of the
/// resource's methods, which the runtime adds as columns.
pub(super) fn selectable(
    schema: &Schema<'_>,
    object_key: &str,
    inputs: &[Text],
    settings: &ColumnSettings,
) -> Option<Node> {
    edit_rows(schema, &steps_of(object_key), &|row| {
        let columns = renamed_properties(row, inputs, settings);
        (columns.is_some() || has_hidden_properties(row)).then(|| columns.unwrap_or_else(|| written_properties(row)))
    })
}

/// The response of INSERT, UPDATE or REPLACE: as for SELECT, and properties that share one reference get a copy each,
/// because RETURNING overlooks the second of them (runtime contract 4.3).
pub(super) fn returnable(
    schema: &Schema<'_>,
    object_key: &str,
    inputs: &[Text],
    settings: &ColumnSettings,
) -> Option<Node> {
    edit_rows(schema, &steps_of(object_key), &|row| {
        let renamed = renamed_properties(row, inputs, settings);
        let properties = renamed.clone().unwrap_or_else(|| written_properties(row));
        let parted = with_parted_references(row, &properties);
        let changed = renamed.is_some() || parted.is_some() || has_hidden_properties(row);
        changed.then(|| parted.unwrap_or(properties))
    })
}

/// Properties beside a composition: the runtime would see the schema's own only.
fn has_hidden_properties(row: &Schema<'_>) -> bool {
    is_composed(row) && row.node().get("properties").is_some()
}

fn steps_of(object_key: &str) -> Vec<&str> {
    object_key
        .trim_start_matches('$')
        .split('.')
        .filter(|step| !step.is_empty())
        .collect()
}

/// Follows the object key and changes the properties of the row schema; `None` when they stand as they are.
fn edit_rows(schema: &Schema<'_>, steps: &[&str], edit: &dyn Fn(&Schema<'_>) -> Option<Map>) -> Option<Node> {
    if schema.is_array() {
        let items = edit_rows(&schema.items()?, steps, edit)?;
        let mut node = schema.node().as_map().cloned().unwrap_or_default();
        node.insert("items", items);
        return Some(Node::map(node));
    }
    if let Some((step, rest)) = steps.split_first() {
        let name = step.trim_end_matches("[*]");
        let edited = edit_rows(&schema.property(name)?, rest, edit)?;
        let mut properties = written_properties(schema);
        properties.insert(name, edited);
        return Some(Node::map(with_properties(schema, properties)));
    }
    Some(Node::map(with_required_of(schema, edit(schema)?)))
}

/// The row schema with these properties, its `required` names brought in line.
fn with_required_of(schema: &Schema<'_>, properties: Map) -> Map {
    let wire_names: FxHashMap<&str, &Text> = properties
        .iter()
        .filter_map(|entry| Some((entry.value.get("xml")?.get_str("name")?, &entry.key)))
        .collect();
    let required = schema.node().get("required").and_then(Node::as_list).cloned();
    let required = required.map(|names| {
        let names: Vec<Node> = names
            .iter()
            .filter_map(Node::as_text)
            .map(|name| Node::string(wire_names.get(name.as_str()).copied().unwrap_or(name).clone()))
            .collect();
        names
    });
    let mut node = with_properties(schema, properties);
    if let Some(required) = required {
        node.insert("required", Node::list(required));
    }
    node
}

fn renamed_properties(row: &Schema<'_>, inputs: &[Text], settings: &ColumnSettings) -> Option<Map> {
    let mut properties = row.properties();
    let declared = properties.len();
    properties.retain(|name, _| settings.only.is_empty() || settings.only.contains(name));
    let wire_names: Vec<Text> = properties.keys().cloned().collect();
    let wanted: Vec<Text> = wire_names.iter().map(|name| settings.column_name(name)).collect();
    let columns = names::column_names_beside(&wanted, inputs);
    if columns == wire_names && declared == wire_names.len() {
        return None;
    }
    let mut renamed = Map::new();
    for (column, (wire, property)) in columns.iter().zip(&properties) {
        let value = if column == wire {
            property.written().clone()
        } else {
            with_wire_name(property, wire)
        };
        renamed.push_unique(Entry {
            key: column.clone(),
            key_span: Span::NONE,
            value,
        });
    }
    Some(renamed)
}

/// The properties with each repeated reference replaced by what it refers to; `None` when none is repeated.
fn with_parted_references(row: &Schema<'_>, properties: &Map) -> Option<Map> {
    let mut seen: Vec<&str> = Vec::new();
    let mut parted = Map::new();
    let mut changed = false;
    for entry in properties {
        let reference = entry.value.get_str("$ref");
        let mut value = entry.value.clone();
        if let Some(reference) = reference {
            if seen.contains(&reference) {
                value = row.spec().resolve(&entry.value).unwrap_or(&entry.value).clone();
                changed = true;
            } else {
                seen.push(reference);
            }
        }
        parted.insert(entry.key.clone(), value);
    }
    changed.then_some(parted)
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
