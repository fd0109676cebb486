//! Maps and free objects.

use crate::openapi::normalize::draft::{Draft, with, without};
use crate::source::Node;

pass! {
    /// Makes maps and free objects plain JSON columns: `additionalProperties` is dropped, the type stays `object`.
    ///
    /// A column holds the whole map as JSON text; names of unknown properties cannot be columns. The runtime ignores
    /// `additionalProperties`.
    "json-columns", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite_schemas(|schema, place, log| {
        let values = schema.get("additionalProperties")?;
        log.removed(&place.key("additionalProperties"), values);
        let plain = without(schema, &["additionalProperties"])?;
        if plain.get("type").is_some() || plain.get_str("$ref").is_some() {
            return Some(plain);
        }
        Some(with(&plain, "type", Node::string("object")))
    });
}
