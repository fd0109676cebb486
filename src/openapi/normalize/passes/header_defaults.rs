//! Headers that are sent by themselves.

use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, with, without};
use crate::openapi::normalize::layout::Kind;
use crate::source::{Node, Text};

pass! {
    /// Makes a required header optional, with a default, when there is only one value for it: its default, or the only
    /// one of its `enum`.
    ///
    /// The runtime sends an optional header with its default by itself, and asks people for a required one although it
    /// has a default. Headers without such a value stay as they are.
    "header-defaults", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.rewrite(|kind, parameter, place, log| {
        let is_required = parameter.get("required").and_then(Node::as_bool) == Some(true);
        if kind != Kind::Parameter || parameter.get_str("in") != Some("header") || !is_required {
            return None;
        }
        let schema = parameter.get("schema")?;
        let value = only_value(&view, schema)?;
        // What is sent is text, whatever it stands for.
        let plain = with(view.resolve(schema)?, "type", Node::string("string"));
        let plain = with(&plain, "default", Node::string(value.clone()));
        log.told(
            place,
            parameter.span,
            "required",
            ecow::eco_format!("sent by itself as `{value}`"),
        );
        let changed = with(parameter, "schema", plain.at(schema.span));
        let changed = with(&changed, "required", Node::bool(false));
        Some(without(&changed, &["content"]).unwrap_or(changed))
    });
}

/// The default of a header, or the only value that its schema allows.
fn only_value(view: &Spec, schema: &Node) -> Option<Text> {
    let schema = view.schema(schema);
    let default = schema.node().get("default").and_then(Node::scalar_text);
    default.or_else(|| match schema.enum_values().as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    })
}
