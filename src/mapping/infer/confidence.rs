//! How sure a row is: not how strong the evidence looked, but how often evidence of that kind turned out right.
//!
//! Measured on published providers with the benchmark (`cargo run --release --example score`), which shows the share of
//! rows called sure ([`crate::mapping::SURE`] and above) and how many of them are right. Reads and deletes are decided by HTTP; what POST, PUT
//! and PATCH become is a provider's habit until reviewed rows show it.

use super::object_key;
use super::reply::Reply;
use super::survey::{Facts, Place, Survey};
use super::verb::Decision;
use crate::mapping::SqlVerb;
use crate::mapping::verbs::Meaning;
use crate::openapi::HttpVerb;

/// How often such a verb is right.
pub(super) fn of_verb(facts: &Facts<'_>, survey: &Survey<'_>, decision: &Decision) -> f32 {
    let chance = usual(facts, survey, decision.opinion.verb).min(decision.opinion.confidence.max(0.5));
    // Strong evidence for something else makes anything doubtful.
    match &decision.dissent {
        Some(dissent) if dissent.confidence >= decision.opinion.confidence - 0.05 => chance.min(0.75),
        _ => chance,
    }
}

fn usual(facts: &Facts<'_>, survey: &Survey<'_>, verb: SqlVerb) -> f32 {
    let word = facts.id.verb();
    let around = survey.around(facts);
    let lists = around.is_some_and(|around| around.own.contains(&HttpVerb::Get));
    let has_items = around.is_some_and(|around| !around.item.is_empty());
    if survey.calls_by_id(facts) && is_said_by_id(facts, verb) {
        return 0.9;
    }
    match (facts.operation.verb, verb) {
        (HttpVerb::Get, SqlVerb::Select) => match facts.id.meaning {
            Some(Meaning::Read) if matches!(word, Some("get" | "list" | "retrieve" | "read")) => 0.98,
            Some(Meaning::Read) if matches!(word, Some("describe" | "fetch")) => 0.95,
            None if facts.id.is_mechanical => 0.95,
            // `search` and `convert` say that it is asked for; an id that says nothing of the kind does not.
            None if object_key::answers_list(facts) => 0.9,
            _ => 0.79,
        },
        (HttpVerb::Get, SqlVerb::Exec) if facts.reply == Reply::Empty => 0.85,
        (HttpVerb::Delete, SqlVerb::Delete)
            if !matches!(facts.id.meaning, Some(Meaning::Undo | Meaning::Detach | Meaning::Act)) =>
        {
            0.97
        }
        (HttpVerb::Delete, SqlVerb::Delete) => 0.79,
        (HttpVerb::Post, SqlVerb::Insert) if facts.place == Place::Collection => match facts.id.meaning {
            Some(Meaning::Create) if lists || has_items => 0.95,
            Some(Meaning::Attach) if lists && word == Some("insert") => 0.9,
            _ => 0.75,
        },
        (HttpVerb::Post, SqlVerb::Exec) if facts.place == Place::Action => 0.79,
        (HttpVerb::Post, SqlVerb::Insert) => 0.75,
        (HttpVerb::Put, SqlVerb::Insert) if word == Some("create") => 0.85,
        (HttpVerb::Put | HttpVerb::Patch, _) => 0.75,
        (HttpVerb::Head, SqlVerb::Exec) => 0.97,
        _ => 0.7,
    }
}

/// Where the HTTP verbs say nothing: whether the id says plainly what it does.
fn is_said_by_id(facts: &Facts<'_>, verb: SqlVerb) -> bool {
    match verb {
        SqlVerb::Select => matches!(facts.id.verb(), Some("get" | "list" | "describe")),
        SqlVerb::Insert => facts.id.meaning == Some(Meaning::Create),
        SqlVerb::Delete => facts.id.meaning == Some(Meaning::Delete),
        _ => false,
    }
}

/// What reviewed rows say about inference on operations of one HTTP verb for which it says the same.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Confirmed {
    right: u16,
    wrong: u16,
}

impl Confirmed {
    /// Counts one reviewed row.
    pub(super) fn count(&mut self, is_right: bool) {
        let counter = if is_right { &mut self.right } else { &mut self.wrong };
        *counter = counter.saturating_add(1);
    }

    /// The confidence with that taken into account: five rows without an exception make sure, an exception in ten
    /// makes unsure.
    pub(super) fn applied_to(self, confidence: f32) -> f32 {
        if self.wrong * 10 > self.right {
            confidence.min(0.75)
        } else if self.wrong == 0 && self.right >= 5 {
            confidence.max(0.85)
        } else {
            confidence
        }
    }
}
