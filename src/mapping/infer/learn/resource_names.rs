//! Resource names: what a reviewed row calls its own unit, and which scheme people follow for the others.

use super::peers::Peers;
use super::{Example, Proposal, Ranker};
use crate::mapping::Row;
use crate::mapping::infer::resource_names::Name;
use crate::mapping::infer::resource_names::schemes;
use crate::mapping::infer::units::{Unit, most_frequent};

/// The names that reviewed rows give to units; `None` for units without reviewed rows.
pub(in crate::mapping::infer) fn remembered(
    units: &[Unit],
    services: &[Vec<String>],
    decided: &[Option<&Row>],
    is_action: impl Fn(usize) -> bool,
) -> Vec<Option<Name>> {
    units
        .iter()
        .map(|unit| {
            let rows: Vec<(usize, &Row)> = unit
                .members
                .iter()
                .filter_map(|&at| Some((at, decided[at]?)))
                .filter(|(_, row)| !row.is_skipped())
                .collect();
            // Actions may have been put elsewhere: alone they speak only when they call the thing by a likely name.
            let has_core = unit.members.iter().any(|&at| !is_action(at));
            let core: Vec<&Row> = rows
                .iter()
                .filter(|(at, _)| !is_action(*at))
                .map(|(_, row)| *row)
                .collect();
            let likely = |row: &&Row| {
                !has_core
                    || schemes::of(unit, &services[unit.service], None)
                        .iter()
                        .any(|proposal| proposal.text == row.resource)
            };
            let speaking = if core.is_empty() {
                rows.iter().map(|(_, row)| *row).filter(likely).collect()
            } else {
                core
            };
            let text = most_frequent(speaking.iter().map(|row| row.resource.to_string()))?;
            let row = speaking.iter().find(|row| row.resource == text)?;
            Some(Name {
                why: format!("as in row `{}`", row.operation_id),
                text,
                may_be_shared: true,
                rivals: Vec::new(),
            })
        })
        .collect()
}

/// Puts the names of the schemes that reviewed rows show before the other candidates.
pub(in crate::mapping::infer) fn apply(
    units: &[Unit],
    services: &[Vec<String>],
    remembered: &[Option<Name>],
    candidates: &mut [Vec<Name>],
) {
    let parents = parents_of(units);
    let peers = Peers::of(units, remembered);
    let parent_name = |at: usize| {
        parents[at]
            .and_then(|parent| remembered[parent].as_ref())
            .map(|name| name.text.as_str())
    };
    let describe = |at: usize, candidates: &[Vec<Name>]| -> (Vec<Proposal>, Vec<String>) {
        let unit = &units[at];
        let inferred = candidates[at].first().map(|name| name.text.clone()).unwrap_or_default();
        let mut proposals = vec![Proposal {
            scheme: "inferred",
            text: inferred,
        }];
        proposals.extend(schemes::of(unit, &services[unit.service], parent_name(at)));
        proposals.extend(peers.proposals(at));
        let kind = schemes::kind(unit, &services[unit.service]);
        (proposals, vec![kind.to_owned(), format!("service {}", unit.service)])
    };
    let examples: Vec<Example> = (0..units.len())
        .filter_map(|at| {
            let name = remembered[at].as_ref()?;
            let (proposals, situations) = describe(at, candidates);
            Some(Example {
                proposals,
                situations,
                answer: name.text.clone(),
                row: name.why.clone(),
            })
        })
        .collect();
    let Some(ranker) = Ranker::learn(&examples) else { return };
    for at in (0..units.len()).filter(|&at| remembered[at].is_none()) {
        let (proposals, situations) = describe(at, candidates);
        let learned: Vec<Name> = ranker
            .ranked(&proposals, &situations)
            .into_iter()
            .take(CHOICES)
            .map(|choice| {
                let why = match candidates[at].iter().find(|name| name.text == choice.text) {
                    Some(name) => name.why.clone(),
                    None => format!(
                        "{}, {}",
                        choice.scheme,
                        ranker.shown_by(choice.scheme).unwrap_or("as reviewed rows have it")
                    ),
                };
                Name {
                    text: choice.text,
                    why,
                    may_be_shared: true,
                    rivals: Vec::new(),
                }
            })
            .collect();
        let rest = std::mem::take(&mut candidates[at]);
        candidates[at] = learned.into_iter().chain(rest).collect();
    }
}

/// How many of the names with the best record are tried before inference's own.
const CHOICES: usize = 3;

/// The unit that a unit lies in: the longest other path that begins it.
fn parents_of(units: &[Unit]) -> Vec<Option<usize>> {
    let by_key: rustc_hash::FxHashMap<(usize, &str), usize> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| ((unit.service, unit.key.as_str()), at))
        .collect();
    units
        .iter()
        .map(|unit| {
            let mut key = unit.key.as_str();
            while let Some((before, _)) = key.rsplit_once('/') {
                key = before.trim_end_matches("/{}");
                if let Some(&parent) = by_key.get(&(unit.service, key)) {
                    return Some(parent);
                }
            }
            None
        })
        .collect()
}
