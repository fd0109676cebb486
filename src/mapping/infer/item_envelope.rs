//! Envelopes around single items, seen beside the list of the same collection.
//!
//! `GET /widgets` answers `{"widgets": [{"id", "size"}]}` and `GET /widgets/{id}` answers `{"widget": {"id", "size"}}`:
//! the rows are of one kind only when the item is opened too, whatever the provider does elsewhere.

use rustc_hash::FxHashMap;

use super::reply::{FieldKind, Reply};
use super::survey::{Facts, Survey};
use super::{object_key, row_shape};
use crate::mapping::words;
use crate::source::Text;

/// For each operation the key that opens its item, where the list of its collection shows that it must be opened. `reads`
/// are the operations that answer SELECT.
pub(super) fn of(survey: &Survey<'_>, reads: &[&Facts<'_>]) -> Vec<Option<object_key::Found>> {
    let mut lists: FxHashMap<(usize, String), Vec<Text>> = FxHashMap::default();
    for facts in reads.iter().filter(|facts| !facts.path.ends_in_parameter()) {
        if object_key::answers_list(facts) {
            let key = object_key::of(facts, object_key::Habits::default()).key;
            let columns = row_shape::columns(facts.operation, facts.spec, &key);
            if let (Some(kind), false) = (kind(facts, survey), columns.is_empty()) {
                lists.insert((facts.service, kind), columns);
            }
        }
    }
    let opened = |facts: &Facts<'_>| {
        let is_item = facts.path.ends_in_parameter() || survey.calls_by_id(facts) && !object_key::answers_list(facts);
        let columns = lists.get(&(facts.service, kind(facts, survey)?)).filter(|_| is_item)?;
        let Reply::Object(fields) = &facts.reply else {
            return None;
        };
        let own = row_shape::columns(facts.operation, facts.spec, "");
        if row_shape::are_alike(&own, columns) {
            return None;
        }
        fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Object { .. }))
            .find_map(|field| {
                let key = format!("$.{}", field.name);
                let inside = row_shape::columns(facts.operation, facts.spec, &key);
                (!inside.is_empty() && row_shape::are_alike(&inside, columns)).then(|| {
                    object_key::Found::new(key, 0.79, format!("`{}` holds what the list has as rows", field.name))
                })
            })
    };
    survey.facts.iter().map(opened).collect()
}

/// What a list and its items have in common: the path, or where paths say nothing what the ids are about.
fn kind(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<String> {
    if !survey.calls_by_id(facts) {
        return Some(facts.collection.clone());
    }
    let noun = facts.id.noun().words;
    (!noun.is_empty()).then(|| words::singularized(&noun).join("_"))
}
