//! HTTP verbs in capitals.

use crate::openapi::normalize::draft::{Draft, Log};
use crate::openapi::normalize::place::Place;
use crate::openapi::path_item::{is_doubled, verb_of};
use crate::source::{Entry, Map, Node};

pass! {
    /// Writes the HTTP verbs of path items in small letters.
    ///
    /// OpenAPI knows them in no other form, and so does the runtime. Of `GET` beside `get` nothing can be made: it is
    /// left out with a warning.
    "lower-case-verbs", apply
}

fn apply(draft: &mut Draft) {
    draft.edit_path_items(lowered);
}

fn lowered(item: &Entry, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let map = item.value.as_map()?;
    let is_lower = |entry: &Entry| verb_of(entry).is_none_or(|verb| verb.as_str() == entry.key);
    if map.iter().all(is_lower) {
        return None;
    }
    let mut out = Map::new();
    for entry in map {
        match verb_of(entry) {
            Some(verb) if is_doubled(map, entry) => {
                let place = place.key(&entry.key);
                log.removed(&place, &entry.value);
                log.warn(
                    &place,
                    entry.key_span,
                    format!("`{verb}` stands in this path twice; `{}` is left out", entry.key),
                    "keep one of the two",
                );
            }
            Some(verb) if verb.as_str() != entry.key => {
                log.told(&place.key(&entry.key), entry.key_span, entry.key.clone(), verb.as_str());
                out.push_unique(Entry {
                    key: verb.as_str().into(),
                    ..entry.clone()
                });
            }
            _ => out.push_unique(entry.clone()),
        }
    }
    Some(Node::map(out).at(item.value.span))
}
