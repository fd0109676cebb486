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
    match facts.place {
        Place::Collection if around.own.contains(&HttpVerb::Get) => {
            opinion(SqlVerb::Insert, 0.83, "the same path lists what POST makes")
        }
        Place::Collection if !around.item.is_empty() => {
            opinion(SqlVerb::Insert, 0.61, "items are read or changed below the same path")
        }
        _ => None,
    }
}
