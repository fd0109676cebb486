//! POST that only reads: a search whose filter does not fit into a query string.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::object_key::answers_list;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::mapping::verbs::Meaning;
use crate::openapi::HttpVerb;

/// Last segments of paths that take a question as their body.
const QUESTIONS: &[&str] = &["search", "query", "list", "filter"];

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    if facts.operation.verb != HttpVerb::Post || !answers_list(facts) {
        return None;
    }
    if asks(facts) {
        return opinion(SqlVerb::Select, 0.92, "the path takes a question and answers a list");
    }
    match facts.id.meaning {
        Some(Meaning::Search | Meaning::Read) => opinion(SqlVerb::Select, 0.6, "POST that searches and answers a list"),
        _ => None,
    }
}

/// `/widgets/search`, with a body. What `/widgets/{id}/search` answers is in a widget, and no widget.
fn asks(facts: &Facts<'_>) -> bool {
    let is_question = facts
        .path
        .word_behind_collection()
        .is_some_and(|word| QUESTIONS.contains(&word));
    is_question && facts.path.custom_verb.is_none() && facts.operation.request_body.is_some()
}
