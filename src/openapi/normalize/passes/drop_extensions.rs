//! Extensions of the document as a whole.

use crate::openapi::normalize::draft::Draft;
use crate::openapi::normalize::place::Place;
use crate::source::{Map, Node, Text};

pass! {
    /// Drops extensions at the top of the document, except those of the runtime (`x-stackQL-…`).
    ///
    /// Every service gets a document of its own with what stands at the top, and the runtime reads the whole document for
    /// each statement. `x-webhooks` can be larger than everything else; like `webhooks` it is reported as unsupported.
    "drop-extensions", apply
}

/// The extension whose content somebody may miss.
const MISSED: &str = "x-webhooks";

fn apply(draft: &mut Draft) {
    // `x-sdk` says what an imported document was made from.
    let is_kept =
        |key: &str| !key.starts_with("x-") || key == "x-sdk" || key.to_ascii_lowercase().starts_with("x-stackql");
    let start = Place::start("");
    let map = draft.root.as_map().into_iter().flatten();
    let dropped: Vec<(Text, Node)> = map
        .filter(|entry| !is_kept(&entry.key))
        .map(|entry| (entry.key.clone(), entry.value.clone()))
        .collect();
    for (key, value) in &dropped {
        let place = start.key(key);
        draft.log.removed(&place, value);
        let count = value.as_map().map_or(0, Map::len);
        if key == MISSED && count > 0 {
            draft.log.warn(
                &place,
                value.span,
                format!("{count} webhooks are left out: the API calls them, nobody can call them in SQL"),
                "nothing needs to be done",
            );
        }
    }
    if !dropped.is_empty()
        && let Some(map) = draft.root.as_map_mut()
    {
        map.retain(|entry| is_kept(&entry.key));
    }
}
