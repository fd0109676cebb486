//! The verb in the operation id.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb::{Delete, Exec, Insert, Replace, Select, Update};
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::mapping::verbs::Meaning;
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    let Some(meaning) = facts.id.meaning else {
        return unknown(facts);
    };
    let word = facts.id.verb().unwrap_or_default();
    let on_item = matches!(facts.place, Place::Item | Place::Singleton);
    let (verb, confidence) = match (facts.operation.verb, meaning) {
        (HttpVerb::Get, Meaning::Read) => (Select, 0.9),
        // A check that answers with fields is as good as any other row.
        (HttpVerb::Get, Meaning::Inspect) if word != "check" => (Exec, 0.86),
        (HttpVerb::Post, Meaning::Produce) => (Exec, 0.62),
        (HttpVerb::Post, Meaning::Create) => (Insert, 0.92),
        (HttpVerb::Post, Meaning::Attach) => (Insert, 0.85),
        (HttpVerb::Post, Meaning::CreateOrUpdate) => (Insert, 0.8),
        (HttpVerb::Post, Meaning::Update) if on_item => (Update, 0.85),
        (HttpVerb::Post, Meaning::Replace) if on_item => (Replace, 0.7),
        (HttpVerb::Post | HttpVerb::Put, Meaning::Act | Meaning::Undo | Meaning::Inspect) => (Exec, 0.87),
        (HttpVerb::Post, Meaning::Detach | Meaning::Delete) => (Exec, 0.65),
        (HttpVerb::Post, _) => (Exec, 0.7),
        (HttpVerb::Put, Meaning::CreateOrUpdate) if word != "create" => (Replace, 0.8),
        (HttpVerb::Put, Meaning::Create | Meaning::CreateOrUpdate) => (Insert, 0.86),
        (HttpVerb::Put, Meaning::Update | Meaning::Replace) => (Replace, 0.93),
        (HttpVerb::Patch, Meaning::Update | Meaning::Replace) => (Update, 0.95),
        (HttpVerb::Patch, Meaning::Act | Meaning::Undo) => (Exec, 0.75),
        (HttpVerb::Delete, Meaning::Delete | Meaning::Detach) => (Delete, 0.95),
        (HttpVerb::Delete, Meaning::Undo) => (Exec, 0.7),
        _ => return None,
    };
    opinion(verb, confidence, format!("the operation id says `{word}`"))
}

/// An id whose verb is none of those that make, change or delete things: what it does is its own business.
fn unknown(facts: &Facts<'_>) -> Option<Opinion> {
    if facts.operation.verb != HttpVerb::Post || facts.id.is_mechanical {
        return None;
    }
    opinion(Exec, 0.62, "the operation id names nothing that is made")
}
