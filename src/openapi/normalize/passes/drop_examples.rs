//! Examples of whole messages.

use crate::openapi::normalize::draft::{Draft, without};
use crate::openapi::normalize::layout::Kind;

pass! {
    /// Drops the examples of whole requests and responses.
    ///
    /// They are half the text of some descriptions, and the runtime reads all of it for each statement. Examples of single
    /// properties and parameters stay.
    "drop-examples", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite(|kind, node, place, log| {
        let keys: &[&str] = match kind {
            Kind::MediaType => &["example", "examples"],
            Kind::Components | Kind::Parameter | Kind::Header => &["examples"],
            _ => return None,
        };
        for key in keys {
            if let Some(value) = node.get(key) {
                log.removed(&place.key(key), value);
            }
        }
        without(node, keys)
    });
}
