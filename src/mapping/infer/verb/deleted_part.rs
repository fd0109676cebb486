//! DELETE below an item: what goes is in the item, and the item stays.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::survey::{Facts, Survey};
use crate::mapping::verbs::{self, Meaning};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    // `DELETE /widgets/{id}/delete` says it twice.
    let last = facts.path.last_fixed().unwrap_or_default();
    if matches!(last, [only] if verbs::meaning(only) == Some(Meaning::Delete)) {
        return None;
    }
    // On the resource of the item, DELETE would say that the item goes.
    if facts.is_part && facts.operation.verb == HttpVerb::Delete && facts.path.is_below_item() {
        return opinion(SqlVerb::Exec, 0.96, "what it deletes is in the thing, which stays");
    }
    None
}
