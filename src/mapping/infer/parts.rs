//! Operations that belong to what their path lies in.
//!
//! An action has no thing of its own. Nor has an operation that is alone at its path and neither reads rows there nor
//! makes something: what `PATCH /widgets/{id}/owner` or `DELETE /widgets/{id}/sessions` changes is the widget, and
//! `GET /widgets/{id}/pdf` shows it. `GET /widgets/search` answers widgets.

use super::object_key::answers_list;
use super::reply::{FieldKind, Reply};
use super::survey::{Facts, Place, Survey, above};
use super::verb;
use crate::mapping::{SqlVerb, number};
use crate::openapi::HttpVerb;
use crate::source::Text;

/// Last segments of paths that ask for some of what stands before them.
const QUESTIONS: &[&str] = &["search", "find", "query", "filter", "lookup"];

/// Whether an operation belongs to what its path lies in.
pub(super) fn is_part(facts: &Facts<'_>, survey: &Survey<'_>) -> bool {
    facts.place == Place::Action || is_of_what_is_above(facts, survey)
}

fn is_of_what_is_above(facts: &Facts<'_>, survey: &Survey<'_>) -> bool {
    // Where ids carry groups, the group says what it belongs to.
    if survey.groups_name_things || facts.path.ends_in_parameter() {
        return false;
    }
    let is_alone = survey
        .around(facts)
        .is_some_and(|around| around.own.len() == 1 && around.item.is_empty() && !around.has_children);
    let (service, above) = above(facts);
    if !is_alone || survey.neighbours(service, &above).is_none() {
        return false;
    }
    match facts.operation.verb {
        HttpVerb::Get if matches!(facts.reply, Reply::NotJson | Reply::Scalar) => {
            !facts.path.last_fixed().is_some_and(number::are_plural)
        }
        HttpVerb::Get => searches_what_is_above(facts, survey, &above),
        HttpVerb::Head => false,
        _ => !matches!(
            verb::decide(facts, survey).opinion.verb,
            SqlVerb::Select | SqlVerb::Insert
        ),
    }
}

/// The schema of the rows: of the items of the list that is all, or the only one in an object.
fn row_schema<'f>(facts: &'f Facts<'_>) -> Option<&'f Text> {
    let mut lists = facts.reply.fields().iter().filter_map(|field| match &field.kind {
        FieldKind::List { item, .. } => Some(item.as_ref()),
        _ => None,
    });
    match (&facts.reply, lists.next(), lists.next()) {
        (Reply::List, ..) => facts.reply_schema.as_ref(),
        (_, Some(item), None) => item,
        _ => None,
    }
}

/// Whether a search answers what the collection before it lists. It needs other parameters, so that both can be rows of
/// one resource.
fn searches_what_is_above(facts: &Facts<'_>, survey: &Survey<'_>, above: &str) -> bool {
    let is_search = facts
        .path
        .word_behind_collection()
        .is_some_and(|word| QUESTIONS.contains(&word));
    let is_list = |other: &&Facts<'_>| {
        other.service == facts.service
            && other.operation.verb == HttpVerb::Get
            && other.collection == above
            && !other.path.ends_in_parameter()
    };
    is_search
        && answers_list(facts)
        && survey.facts.iter().find(is_list).is_some_and(|list| {
            answers_list(list) && list.required != facts.required && row_schema(list) == row_schema(facts)
        })
}
