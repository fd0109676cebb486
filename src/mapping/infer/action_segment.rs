//! Paths that end in what is done rather than in a thing.

use super::path_shape::Segment;
use super::survey::Facts;
use crate::mapping::verbs::{self, Meaning};

/// Words inside a segment that name what the verb before them goes to: `apply_to_resources`.
const PREPOSITIONS: &[&str] = &["to", "from", "as", "with", "into", "for"];

/// Whether the last segment says what to do with what stands before it. A plural at its end may be all that tells a
/// collection (`export_jobs`), so it is for paths at which nothing is read and below which no items are.
pub(super) fn is_done(facts: &Facts<'_>) -> bool {
    let Some(last) = facts.path.last_fixed() else {
        return false;
    };
    verbs::is_action_word(last) || is_below_actions(facts) || last.len() > 1 && has_object(last, facts)
}

/// `/widgets/{id}/actions/move_parts`
fn is_below_actions(facts: &Facts<'_>) -> bool {
    let is_actions = |words: &[String]| matches!(words, [only] if only == "action" || only == "actions");
    let [.., Segment::Fixed(before), Segment::Fixed(last)] = facts.path.segments.as_slice() else {
        return false;
    };
    is_actions(before) && last.len() > 1 && verbs::meaning(&last[0]).is_some()
}

/// A verb with what it is done to: `assignSeats`, `remove_from_shelves`.
fn has_object(segment: &[String], facts: &Facts<'_>) -> bool {
    let Some(meaning) = verbs::meaning(&segment[0]) else {
        return false;
    };
    // The id says the same.
    let is_own_verb = facts.id.verb() == Some(segment[0].as_str()) && meaning != Meaning::Create;
    let goes_to = segment[1..segment.len() - 1]
        .iter()
        .any(|word| PREPOSITIONS.contains(&word.as_str()));
    is_own_verb || goes_to || verbs::begins_no_compound(&segment[0])
}
