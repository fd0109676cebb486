//! The body schema that the runtime can fill.

use super::parameters::as_text;
use super::{is_composed, typed, with_properties};
use crate::openapi::Spec;
use crate::provider::build::body::{Body, Encoding, Fields, Whole};
use crate::source::{Map, Node, Text};

/// Media type and schema of the body in the emitted document; `None` when it stands as it is. `is_text` names the fields
/// that are declared as text.
pub(super) fn edit(spec: &Spec, body: &Body, is_text: &dyn Fn(&Text) -> bool) -> Option<(Text, Node)> {
    let media_type = body.sent_media_type()?;
    match body {
        Body::None => None,
        Body::Whole(whole) => Some((media_type, whole_schema(spec, whole))),
        Body::Fields(fields) => {
            let is_same_type = media_type == fields.media_type;
            match fields_schema(spec, fields, is_text) {
                None if is_same_type => None,
                None => Some((media_type, fields.schema.clone())),
                Some(schema) => Some((media_type, schema)),
            }
        }
    }
}

/// An object with one property that holds the body.
fn whole_schema(spec: &Spec, whole: &Whole) -> Node {
    let inner = spec.schema(&whole.schema);
    let field = match (whole.encoding, whole.data_type.as_str()) {
        (Encoding::Json, "array" | "object")
            if inner.node().get("type").is_some() && whole.schema.get("$ref").is_some() =>
        {
            whole.schema.clone()
        }
        (Encoding::Json, "array" | "object") => {
            let mut field = inner.node().as_map().cloned().unwrap_or_default();
            field.insert("type", Node::string(whole.data_type.clone()));
            Node::map(field)
        }
        _ => typed("string"),
    };
    let properties: Map = [(whole.name.clone(), field)].into_iter().collect();
    let mut schema = Map::new();
    schema.insert("type", Node::string("object"));
    // A map or free-form object of the API must not be measured against this wrapping: it holds none of its names.
    if whole.required && whole.data_type != "object" {
        schema.insert("required", Node::list([Node::string(whole.name.clone())]));
    }
    schema.insert("properties", Node::map(properties));
    Node::map(schema)
}

/// The object schema with plain properties, read-only names not required, and text instead of numbers and booleans
/// where wanted; `None` when it is so already.
fn fields_schema(spec: &Spec, fields: &Fields, is_text: &dyn Fn(&Text) -> bool) -> Option<Node> {
    let schema = spec.schema(&fields.schema);
    let properties = schema.properties();
    let mut changed = is_composed(&schema);
    let mut edited = Map::new();
    for (name, property) in &properties {
        let text = is_text(name).then(|| as_text(property)).flatten();
        changed |= text.is_some();
        edited.insert(name.clone(), text.unwrap_or_else(|| property.written().clone()));
    }
    let declared = schema.required();
    let required: Vec<Node> = fields
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| Node::string(field.name.clone()))
        .collect();
    changed |= declared.len() != required.len();
    if !changed {
        return None;
    }
    let mut node = with_properties(&schema, edited);
    if required.is_empty() {
        node.remove("required");
    } else {
        node.insert("required", Node::list(required));
    }
    Some(Node::map(node))
}
