//! POST that only reads: a search whose filter does not fit into a query string.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::object_key::answers_list;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::mapping::verbs::Meaning;
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    if facts.operation.verb != HttpVerb::Post || !answers_list(facts) {
        return None;
    }
    match facts.id.meaning {
        Some(Meaning::Search | Meaning::Read) => opinion(SqlVerb::Select, 0.6, "POST that searches and answers a list"),
        _ => None,
    }
}
