//! What else the path answers: a POST beside a GET of the list makes items of that list.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    let around = survey.around(facts)?;
    if facts.operation.verb != HttpVerb::Post || facts.path.custom_verb.is_some() {
        return None;
    }
    let item_has = |verb| around.item.contains(&verb);
    match facts.place {
        Place::Collection if around.own.contains(&HttpVerb::Get) || facts.path.ends_in_parameter() => {
            opinion(SqlVerb::Insert, 0.83, "the same path lists what POST makes")
        }
        Place::Collection if !around.item.is_empty() => {
            opinion(SqlVerb::Insert, 0.61, "items are read or changed below the same path")
        }
        Place::Item if item_has(HttpVerb::Get) && !item_has(HttpVerb::Put) && !item_has(HttpVerb::Patch) => opinion(
            SqlVerb::Update,
            0.6,
            "the item is read at the same path, and nothing else changes it",
        ),
        _ => None,
    }
}
