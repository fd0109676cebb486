//! The path: custom verbs (`:cancel`), `/actions`, and segments that are verbs.

use super::{Opinion, opinion};
use crate::mapping::SqlVerb;
use crate::mapping::infer::action_segment;
use crate::mapping::infer::survey::{Facts, Place, Survey};
use crate::openapi::HttpVerb;

pub(super) fn judge(facts: &Facts<'_>, _: &Survey<'_>) -> Option<Opinion> {
    let http = facts.operation.verb;
    if let Some(verb) = &facts.path.custom_verb {
        return match http {
            HttpVerb::Get => opinion(SqlVerb::Select, 0.8, "GET reads, also with a custom verb"),
            // `:batchCreate`, `:updateSettings`, `:delete` do in bulk or in part what the verbs of HTTP do.
            HttpVerb::Post if bulk_or_part(verb).is_some() => {
                opinion(bulk_or_part(verb)?, 0.94, format!("`:{}` says so", verb.join("_")))
            }
            _ => opinion(SqlVerb::Exec, 0.93, format!("`:{}` is a custom verb", verb.join("_"))),
        };
    }
    // `/widgets/{id}/actions` takes what is to be done as its body, also where the actions done can be listed.
    if http == HttpVerb::Post && facts.path.last_fixed().is_some_and(|last| last == ["actions"]) {
        return opinion(SqlVerb::Exec, 0.93, "what is posted to `actions` is done, not kept");
    }
    if facts.place != Place::Action || !matches!(http, HttpVerb::Post | HttpVerb::Put | HttpVerb::Patch) {
        return None;
    }
    let last = facts.path.last_fixed()?;
    if http == HttpVerb::Post && facts.path.segments.len() > 1 && last == ["create"] {
        return opinion(SqlVerb::Insert, 0.91, "the path ends in `create`");
    }
    if action_segment::is_done(facts) {
        return opinion(
            SqlVerb::Exec,
            0.9,
            format!("the path ends in the action `{}`", last.join("_")),
        );
    }
    None
}

fn bulk_or_part(verb: &[String]) -> Option<SqlVerb> {
    let (is_bulk, verb) = match verb.split_first() {
        Some((first, rest)) if !rest.is_empty() && matches!(first.as_str(), "batch" | "bulk") => (true, rest),
        _ => (false, verb),
    };
    match verb.first().map(String::as_str)? {
        "create" if is_bulk || verb.len() > 1 => Some(SqlVerb::Insert),
        "update" if is_bulk || verb.len() > 1 => Some(SqlVerb::Update),
        "delete" => Some(SqlVerb::Delete),
        "remove" if !is_bulk => Some(SqlVerb::Delete),
        _ => None,
    }
}
