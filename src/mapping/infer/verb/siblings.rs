//! What else the path answers: a POST beside a GET of the list makes items of that list.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::request::Body;
use crate::mapping::infer::survey::{Facts, Neighbours, Place, Survey};
use crate::mapping::verbs::Meaning;
use crate::mapping::{number, words};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    let around = survey.around(facts)?;
    if facts.operation.verb != HttpVerb::Post || facts.path.custom_verb.is_some() || survey.calls_by_id(facts) {
        return None;
    }
    if facts.place == Place::Collection && says_otherwise(facts) {
        return None;
    }
    let item_has = |verb| around.item.contains(&verb);
    let is_free = match facts.id.meaning {
        Some(Meaning::Create | Meaning::CreateOrUpdate | Meaning::Attach) => true,
        // The caller chooses a name; an id comes from what was made before.
        None if facts.id.is_mechanical => !ends_in_id(&facts.operation.path),
        None => facts.id.verb() == Some("post"),
        Some(_) => false,
    };
    let changes = item_has(HttpVerb::Put) || item_has(HttpVerb::Patch);
    match facts.place {
        Place::Item
            if item_has(HttpVerb::Delete)
                && !around.own.contains(&HttpVerb::Post)
                && is_free
                && (item_has(HttpVerb::Get) || around.lists && !changes) =>
        {
            opinion(
                SqlVerb::Insert,
                0.65,
                "what is deleted at the same path is made nowhere else",
            )
        }
        Place::Singleton
            if changes_here(around) && facts.body == Body::Fields && !around.own.contains(&HttpVerb::Get) =>
        {
            opinion(SqlVerb::Insert, 0.61, "what POST sends is changed at the same path")
        }
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

/// Whether the id says that nothing is made: `getWidgets`, `searchWidgets`, `updateWidgets`. `updateWidget` of
/// `/widgets/{id}/updates` makes an update.
fn says_otherwise(facts: &Facts<'_>) -> bool {
    let is_made = || {
        let last = facts.path.last_fixed().and_then(<[String]>::last);
        last.is_some_and(|last| Some(number::singular(last).as_str()) == facts.id.verb())
    };
    match facts.id.meaning {
        Some(Meaning::Read | Meaning::Search) => true,
        Some(Meaning::Update) => !is_made(),
        _ => false,
    }
}

fn changes_here(around: &Neighbours) -> bool {
    around.own.contains(&HttpVerb::Put) || around.own.contains(&HttpVerb::Patch)
}

/// `/widgets/{widget_id}`
fn ends_in_id(path: &str) -> bool {
    let name = words::split(path.rsplit('{').next().unwrap_or_default());
    name.last()
        .is_some_and(|last| matches!(last.as_str(), "id" | "uuid" | "guid"))
}
