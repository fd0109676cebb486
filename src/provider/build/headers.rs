//! Headers with values that the settings give: the runtime sends an optional header with a default by itself (runtime
//! contract 3.2).

use indexmap::IndexMap;

use super::call::Call;
use crate::openapi::{OWN_HEADERS, Parameter, ParameterLocation, Spec};
use crate::source::{Map, Node, Text};

/// Gives the headers of a call the values that are set.
pub(super) fn apply(spec: &Spec, call: &mut Call, values: &IndexMap<Text, Text>) {
    for (name, value) in values {
        if is_own(name) {
            continue;
        }
        let mut parameters = call.parameters.iter_mut();
        let declared = parameters.find(|parameter| {
            parameter.location == ParameterLocation::Header && parameter.name.eq_ignore_ascii_case(name)
        });
        match declared {
            Some(parameter) => set_default(spec, parameter, value),
            None => call.parameters.push(header(name, value)),
        }
        call.is_changed = true;
    }
}

/// Whether the runtime sets a header itself.
pub(super) fn is_own(name: &str) -> bool {
    OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())
}

fn set_default(spec: &Spec, parameter: &mut Parameter, value: &Text) {
    let schema = parameter.schema.as_ref().map(|schema| spec.schema(schema));
    let mut schema = schema
        .and_then(|schema| schema.node().as_map().cloned())
        .unwrap_or_default();
    schema.insert("type", Node::string("string"));
    schema.insert("default", Node::string(value.clone()));
    let schema = Node::map(schema);
    parameter.required = false;
    parameter.schema = Some(schema.clone());
    if let Some(node) = parameter.node.as_map_mut() {
        node.remove("content");
        node.insert("required", Node::bool(false));
        node.insert("schema", schema);
    }
}

fn header(name: &Text, value: &Text) -> Parameter {
    let schema: Map = [
        ("type", Node::string("string")),
        ("default", Node::string(value.clone())),
    ]
    .into_iter()
    .collect();
    let schema = Node::map(schema);
    let node: Map = [
        ("name", Node::string(name.clone())),
        ("in", Node::string("header")),
        ("required", Node::bool(false)),
        ("schema", schema.clone()),
    ]
    .into_iter()
    .collect();
    Parameter {
        name: name.clone(),
        location: ParameterLocation::Header,
        required: false,
        deprecated: false,
        description: None,
        schema: Some(schema),
        has_content: false,
        node: Node::map(node),
    }
}
