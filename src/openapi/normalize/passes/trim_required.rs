//! Names in `required` that cannot be required.

use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, with, without};
use crate::source::{List, Map, Node, Value};

pass! {
    /// Removes names from `required` that are no property of the schema, and those of read-only properties.
    ///
    /// The runtime asks for every required property in an `INSERT`, also for those that only the server sets. A name
    /// without property is nothing that could be given.
    "trim-required", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.rewrite_schemas(|schema, place, log| {
        let required = schema.get("required")?;
        let names = required.as_list()?;
        // What a composition that was left in brings is not looked at.
        if ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some()) {
            return None;
        }
        let properties = schema.get("properties").and_then(Node::as_map);
        let mut kept = List::new();
        for name in names {
            let is_wanted = name
                .as_str()
                .and_then(|text| properties?.get(text))
                .is_some_and(|property| !is_read_only(&view, property));
            if is_wanted && !kept.contains(name) {
                kept.push(name.clone());
            }
        }
        if kept.len() == names.len() {
            return None;
        }
        let kept = Node::new(Value::List(kept)).at(required.span);
        log.replaced(&place.key("required"), required, &kept);
        if kept.as_list().is_some_and(List::is_empty) {
            return without(schema, &["required"]);
        }
        Some(with(schema, "required", kept))
    });
}

fn is_read_only(view: &Spec, property: &Node) -> bool {
    let says_so = |node: &Node| {
        node.as_map()
            .and_then(|map: &Map| map.get("readOnly"))
            .and_then(Node::as_bool)
            == Some(true)
    };
    says_so(property) || (property.get("$ref").is_some() && view.resolve(property).is_some_and(says_so))
}
