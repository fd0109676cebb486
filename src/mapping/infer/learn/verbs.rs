//! Verbs: what people do with POST on items, with PUT, with searches.

use super::{Example, Proposal, Ranker, tells};
use crate::mapping::SqlVerb;
use crate::mapping::infer::survey::Facts;

/// The situation of what inference takes for a change. Who calls one change by EXEC does so with all.
const CHANGES: &str = "changes";

/// What could be said of an operation for which inference says `default`.
pub(in crate::mapping::infer) fn proposals(facts: &Facts<'_>, default: SqlVerb) -> (Vec<Proposal>, Vec<String>) {
    let mut proposals = vec![Proposal {
        scheme: "inferred",
        text: default.as_str().to_owned(),
    }];
    for verb in SqlVerb::ALL {
        let scheme = verb.as_str();
        proposals.push(Proposal {
            scheme,
            text: scheme.to_owned(),
        });
    }
    let http = facts.operation.verb.as_str();
    // What people say of POST that acts tells nothing of POST that makes.
    let same = format!("{http} {default}");
    let mut situations = Vec::new();
    // Those who call PUT by EXEC do the same with PATCH: their providers are older than UPDATE and REPLACE.
    if matches!(default, SqlVerb::Update | SqlVerb::Replace) {
        situations.push(CHANGES.to_owned());
    }
    let place = format!("{http} {:?} {default}", facts.place);
    let meaning = format!("{place} {:?}", facts.id.meaning);
    let word = format!("{http} {default} {}", facts.id.verb().unwrap_or_default());
    situations.extend([same, place, meaning, word]);
    (proposals, situations)
}

/// The lesson, if there is one; `changes` counts what inference takes for changes. Where people call all reviewed ones
/// otherwise, a single row tells of a few others, not of hundreds.
pub(in crate::mapping::infer) fn learn(examples: &[Example], changes: usize) -> Option<Ranker> {
    Ranker::learn_telling(examples, |situation, rows| situation == CHANGES && tells(rows, changes))
}
