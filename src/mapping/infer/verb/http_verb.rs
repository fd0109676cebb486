//! The HTTP verb alone: what holds when nothing else is known.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    match (facts.operation.verb, facts.place) {
        (HttpVerb::Get, _) => opinion(SqlVerb::Select, 0.85, "GET reads"),
        (HttpVerb::Delete, _) => opinion(SqlVerb::Delete, 0.88, "DELETE deletes"),
        (HttpVerb::Patch, Place::Action) => opinion(SqlVerb::Exec, 0.6, "PATCH on an action"),
        (HttpVerb::Patch, _) => opinion(SqlVerb::Update, 0.9, "PATCH changes parts"),
        (HttpVerb::Put, Place::Action) => opinion(SqlVerb::Exec, 0.65, "PUT on an action"),
        (HttpVerb::Put, _) => opinion(SqlVerb::Replace, 0.82, "PUT replaces"),
        (HttpVerb::Post, Place::Collection) => opinion(SqlVerb::Insert, 0.6, "POST on a collection makes a new item"),
        (HttpVerb::Post, _) => opinion(
            SqlVerb::Exec,
            0.55,
            "POST on something that exists does something with it",
        ),
        (HttpVerb::Head | HttpVerb::Options | HttpVerb::Trace, _) => {
            opinion(SqlVerb::Exec, 0.97, "the answer has no body")
        }
    }
}

/// The verbs that people give to operations of the same HTTP verb, most usual first; select only where there are rows.
pub(in crate::mapping::infer) fn usual(facts: &Facts<'_>) -> impl Iterator<Item = SqlVerb> {
    let usual: &[SqlVerb] = match facts.operation.verb {
        HttpVerb::Get => &[SqlVerb::Select, SqlVerb::Exec],
        HttpVerb::Post => &[SqlVerb::Insert, SqlVerb::Exec, SqlVerb::Select, SqlVerb::Update],
        HttpVerb::Put => &[SqlVerb::Replace, SqlVerb::Insert, SqlVerb::Update, SqlVerb::Exec],
        HttpVerb::Patch => &[SqlVerb::Update, SqlVerb::Exec],
        HttpVerb::Delete => &[SqlVerb::Delete, SqlVerb::Exec],
        HttpVerb::Head | HttpVerb::Options | HttpVerb::Trace => &[],
    };
    let has_rows = facts.reply.has_rows();
    usual
        .iter()
        .copied()
        .filter(move |verb| *verb != SqlVerb::Select || has_rows)
}
