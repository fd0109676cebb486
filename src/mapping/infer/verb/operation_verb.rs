//! The verb in the operation id.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb::{Delete, Exec, Insert, Replace, Select, Update};
use crate::mapping::infer::object_key::answers_list;
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::mapping::verbs::Meaning;
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    let Some(meaning) = facts.id.meaning else {
        return unknown(facts);
    };
    let word = facts.id.verb().unwrap_or_default();
    if survey.calls_by_id && matches!(facts.operation.verb, HttpVerb::Get | HttpVerb::Post) {
        return called(facts, meaning);
    }
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
        // To cancel an item of a list removes it; to unfollow one takes back what was done to it.
        (HttpVerb::Delete, Meaning::Undo) if facts.place != Place::Item || word.starts_with("un") => (Exec, 0.89),
        _ => return None,
    };
    opinion(verb, confidence, format!("the operation id says `{word}`"))
}

/// What an id asks for where HTTP verbs say nothing. Things that are joined and parted stay what they are.
fn called(facts: &Facts<'_>, meaning: Meaning) -> Option<Opinion> {
    let verb = match meaning {
        Meaning::Read if facts.reply.has_rows() => Select,
        Meaning::Search if answers_list(facts) => Select,
        Meaning::Create | Meaning::CreateOrUpdate => Insert,
        Meaning::Attach if facts.id.verb() == Some("add") || facts.id.verb() == Some("insert") => Insert,
        Meaning::Update => Update,
        Meaning::Replace => Replace,
        Meaning::Delete => Delete,
        _ => Exec,
    };
    let word = facts.id.verb().unwrap_or_default();
    opinion(
        verb,
        0.94,
        format!("the operation id says `{word}`, and the HTTP verbs of this API say nothing"),
    )
}

/// An id whose verb is none of those that make, change or delete things: what it does is its own business.
fn unknown(facts: &Facts<'_>) -> Option<Opinion> {
    // `postWidget` says what HTTP says.
    let repeats_http = facts.id.verb() == Some("post");
    if facts.operation.verb != HttpVerb::Post || facts.id.is_mechanical || repeats_http {
        return None;
    }
    opinion(Exec, 0.62, "the operation id names nothing that is made")
}
