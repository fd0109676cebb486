//! Object keys: whether people open the envelope of an item, and which list they take.

use rustc_hash::FxHashMap;

use super::{Example, Proposal, Ranker, tells};
use crate::mapping::infer::object_key::{self, Habits};
use crate::mapping::infer::survey::Facts;

/// What could be said of a select for which inference says `default`.
pub(in crate::mapping::infer) fn proposals(facts: &Facts<'_>, default: &str) -> (Vec<Proposal>, Vec<String>) {
    let mut proposals = vec![
        Proposal {
            scheme: "inferred",
            text: default.to_owned(),
        },
        Proposal {
            scheme: "none",
            text: String::new(),
        },
    ];
    let opened = object_key::of(facts, Habits::opening_items(true)).key;
    let closed = object_key::of(facts, Habits::opening_items(false)).key;
    let kind = match () {
        () if opened != closed => "item envelope",
        () if closed.is_empty() && !default.is_empty() => "item as in the list",
        () if opened.is_empty() => "plain",
        () => "list",
    };
    proposals.push(Proposal {
        scheme: "opened",
        text: opened,
    });
    proposals.push(Proposal {
        scheme: "closed",
        text: closed,
    });
    (
        proposals,
        vec![
            kind.to_owned(),
            format!("{kind} {:?}", facts.place),
            format!("{kind} {:?} {}", facts.place, object_key::paging(facts)),
            format!(
                "{kind} {} of {}",
                object_key::paging(facts),
                facts.id.verb().unwrap_or_default()
            ),
            format!("{kind} in service {}", facts.service),
            format!("{kind} {default}"),
        ],
    )
}

/// The lesson, if there is one; `selects` counts the selects of each kind (the first of the situations). Where people read
/// all answers of a kind otherwise than inferred, a single row tells of a few others, not of hundreds.
pub(in crate::mapping::infer) fn learn(examples: &[Example], selects: &FxHashMap<&str, usize>) -> Option<Ranker> {
    Ranker::learn_telling(examples, |kind, rows| {
        selects.get(kind).is_none_or(|all| tells(rows, *all))
    })
}
