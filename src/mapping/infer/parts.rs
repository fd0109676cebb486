//! Operations that belong to what their path lies in.
//!
//! An action has no thing of its own. Nor has an operation that is alone at its path and neither reads there nor makes
//! something: what `PATCH /widgets/{id}/owner` or `DELETE /widgets/{id}/sessions` changes is the widget.

use super::path_shape::{parent, skeleton};
use super::survey::{Facts, Place, Survey};
use super::verb;
use crate::mapping::SqlVerb;
use crate::openapi::HttpVerb;

/// Whether an operation belongs to what its path lies in.
pub(super) fn is_part(facts: &Facts<'_>, survey: &Survey<'_>) -> bool {
    facts.place == Place::Action || changes_what_is_above(facts, survey)
}

fn changes_what_is_above(facts: &Facts<'_>, survey: &Survey<'_>) -> bool {
    let is_read = matches!(facts.operation.verb, HttpVerb::Get | HttpVerb::Head);
    // Where ids carry groups, the group says what it belongs to.
    if is_read || survey.groups_name_things || facts.path.ends_in_parameter() {
        return false;
    }
    let is_alone = survey
        .around(facts)
        .is_some_and(|around| around.own.len() == 1 && around.item.is_empty());
    let lies_in_something = || {
        let above = skeleton(parent(facts.path.collection()));
        survey.neighbours(facts.service, &above).is_some()
    };
    is_alone
        && lies_in_something()
        && !matches!(
            verb::decide(facts, survey).opinion.verb,
            SqlVerb::Select | SqlVerb::Insert
        )
}
