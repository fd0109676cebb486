//! The path: custom verbs (`:cancel`), `/actions`, and segments that are verbs.

use super::{Opinion, opinion};
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::mapping::{SqlVerb, verbs};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    let http = facts.operation.verb;
    if let Some(verb) = &facts.path.custom_verb {
        return match http {
            HttpVerb::Get => opinion(SqlVerb::Select, 0.8, "GET reads, also with a custom verb"),
            _ => opinion(SqlVerb::Exec, 0.93, format!("`:{}` is a custom verb", verb.join("_"))),
        };
    }
    if facts.place != Place::Action || !matches!(http, HttpVerb::Post | HttpVerb::Put | HttpVerb::Patch) {
        return None;
    }
    let last = facts.path.last_fixed()?;
    if verbs::is_action_word(last) || last == ["actions"] {
        return opinion(
            SqlVerb::Exec,
            0.9,
            format!("the path ends in the action `{}`", last.join("_")),
        );
    }
    None
}
