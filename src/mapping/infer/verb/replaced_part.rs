//! PUT below an item: what it replaces is in the item, which has more.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::request::Body;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, survey: &Survey<'_>) -> Option<Opinion> {
    if !facts.is_part || facts.operation.verb != HttpVerb::Put || !facts.path.is_below_item() {
        return None;
    }
    if facts.body == Body::Absent {
        return opinion(SqlVerb::Exec, 0.94, "nothing is sent that could replace something");
    }
    // One of them would stand for the whole thing, and no reason says which.
    if survey.parts_beside(facts) > 1 {
        return opinion(SqlVerb::Exec, 0.94, "it replaces one part of the thing among several");
    }
    None
}
