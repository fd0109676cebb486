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
