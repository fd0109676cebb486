//! The verb in the operation id.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb::{Delete, Exec, Insert, Replace, Select, Update};
use crate::mapping::infer::object_key::answers_list;
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::mapping::verbs::{self, Meaning};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    let Some(meaning) = facts.id.meaning else {
        return unknown(facts, survey);
    };
    let word = facts.id.verb().unwrap_or_default();
    if survey.calls_by_id(facts) && matches!(facts.operation.verb, HttpVerb::Get | HttpVerb::Post) {
        return called(facts, meaning);
    }
    let on_item = matches!(facts.place, Place::Item | Place::Singleton);
    let (verb, confidence) = match (facts.operation.verb, meaning) {
        (HttpVerb::Get, Meaning::Read) => (Select, 0.9),
        // A check that answers with fields is as good as any other row.
        (HttpVerb::Get, Meaning::Inspect) if word != "check" => (Exec, 0.86),
        // Reading such a path as rows would do what it says.
        (
            HttpVerb::Get,
            Meaning::Act
            | Meaning::Undo
            | Meaning::Attach
            | Meaning::Detach
            | Meaning::Create
            | Meaning::Update
            | Meaning::Delete,
        ) if ends_in_verb(facts, word) && !answers_list(facts) => (Exec, 0.87),
        (HttpVerb::Post, Meaning::Produce) => (Exec, 0.62),
        (HttpVerb::Post, Meaning::Create) => (Insert, 0.92),
        (HttpVerb::Post, Meaning::Attach) if facts.place == Place::Action && acts(facts) => (Exec, 0.87),
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
        // `patchWidget` says what HTTP says, and the path may say more.
        (HttpVerb::Patch, Meaning::Update) if word == "patch" && facts.place == Place::Action => return None,
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
fn unknown(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    // `postWidget` says what HTTP says.
    let repeats_http = facts.id.verb() == Some("post");
    // A GET that only the id tells from others may do anything: reading it as rows could set it off.
    if survey.calls_by_id(facts) && facts.operation.verb == HttpVerb::Get && !facts.id.is_mechanical {
        return opinion(
            Exec,
            0.9,
            "the operation id does not say that it reads, and the HTTP verbs of this API say nothing",
        );
    }
    if facts.operation.verb != HttpVerb::Post || facts.id.is_mechanical || repeats_http {
        return None;
    }
    opinion(Exec, 0.62, "the operation id names nothing that is made")
}

/// Whether the last segment has a verb in it: `shop.assignSeats`, or `linkwidget` of `LinkWidgetToShop`. What is added to
/// `/widgets/{id}/member` is a member.
fn acts(facts: &Facts<'_>) -> bool {
    let last = facts.path.last_fixed().unwrap_or_default();
    let starts_with_verb = || facts.id.verb().is_some_and(|verb| last.concat().starts_with(verb));
    last.iter().any(|word| verbs::meaning(word).is_some()) || starts_with_verb()
}

/// Whether the path ends in the verb of the id: `/widgets/{id}/reload` of `reloadWidget`, `/widgets.reload`. What
/// `/widgets/{id}/reload_state` answers is a state.
fn ends_in_verb(facts: &Facts<'_>, verb: &str) -> bool {
    let last = facts.path.last_fixed().and_then(<[String]>::last);
    !facts.path.ends_in_parameter() && last.is_some_and(|last| last == verb)
}
