//! Callbacks and links.

use crate::openapi::normalize::draft::{Draft, without};
use crate::openapi::normalize::layout::Kind;

pass! {
    /// Drops `callbacks` and `links`.
    ///
    /// No statement can reach them, and the runtime reads the whole document for each statement: what it cannot use only
    /// makes it slower.
    "drop-callbacks", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite(|kind, node, place, log| {
        let keys: &[&str] = match kind {
            Kind::Components => &["callbacks", "links"],
            Kind::Operation => &["callbacks"],
            Kind::Response => &["links"],
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
