//! Resource names: what a reviewed row calls its own unit, and which scheme people follow for the others.

use rustc_hash::FxHashMap;

use super::analogy::Analogies;
use super::peers::Peers;
use super::{Example, Proposal, Ranker};
use crate::mapping::infer::resource_names::Name;
use crate::mapping::infer::resource_names::schemes;
use crate::mapping::infer::units::{Unit, most_frequent};
use crate::mapping::{Row, number, words};

/// The names that reviewed rows give to units; `None` for units without reviewed rows.
pub(in crate::mapping::infer) fn remembered(
    units: &[Unit],
    services: &[Vec<String>],
    decided: &[Option<&Row>],
    is_part: impl Fn(usize) -> bool,
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
            // Parts may have been put elsewhere: alone they speak only when they call the thing by a likely name.
            let has_core = unit.members.iter().any(|&at| !is_part(at));
            let core: Vec<&Row> = rows
                .iter()
                .filter(|(at, _)| !is_part(*at))
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
    let analogies = Analogies::of(units, remembered);
    // What each unit is called as far as is known.
    let called: Vec<String> = (0..units.len())
        .map(|at| remembered[at].as_ref().or(candidates[at].first()))
        .map(|name| name.map(|name| name.text.clone()).unwrap_or_default())
        .collect();
    let describe = |at: usize, candidates: &[Vec<Name>]| -> (Vec<Proposal>, Vec<String>) {
        let unit = &units[at];
        let inferred = candidates[at].first().map(|name| name.text.clone()).unwrap_or_default();
        let mut proposals = vec![Proposal {
            scheme: "inferred",
            text: inferred,
        }];
        let parent = parents[at].map(|parent| called[parent].as_str());
        proposals.extend(schemes::of(unit, &services[unit.service], parent));
        proposals.extend(peers.proposals(at));
        proposals.extend(analogies.proposal(at));
        let mut all = proposals.into_iter();
        let inferred = all.next();
        let proposals = inferred
            .into_iter()
            .chain(all.filter(|proposal| is_name(&proposal.text)));
        let place = place(unit);
        let kind = schemes::kind(unit, &services[unit.service]);
        let starts = unit.noun.as_ref().and_then(|noun| noun.words.first());
        let ends = unit.fixed.last().map(|words| words.join("_"));
        let situations = vec![
            place.to_owned(),
            format!("{kind}, {place}"),
            format!("service {}", unit.service),
            // Whose prefix people leave out or keep, they do so with all that have it.
            format!("ids start with {}", starts.map_or("", String::as_str)),
            format!("service {}, {place}", unit.service),
            // Who says of which store some `parts` are, says it of all parts.
            format!("ends in {}", ends.unwrap_or_default()),
        ];
        (proposals.collect(), situations)
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

/// Where a unit lies. Schemes that agree on what lies on top part for what lies below.
fn place(unit: &Unit) -> &'static str {
    match unit.fixed.len() {
        0 | 1 => "on top",
        2 => "below",
        _ => "deep below",
    }
}

/// Whether a text can stand as a name: without quotes, and without saying a word twice.
fn is_name(text: &str) -> bool {
    let words = words::split(text);
    let repeats = words
        .windows(2)
        .any(|pair| number::singular(&pair[0]) == number::singular(&pair[1]));
    !repeats && !words::starts_with_digit(text)
}

/// How many of the names with the best record are tried before inference's own.
const CHOICES: usize = 3;

/// The unit that a unit lies in: the longest other path that begins it.
fn parents_of(units: &[Unit]) -> Vec<Option<usize>> {
    let mut by_key: FxHashMap<(usize, &str), Vec<usize>> = FxHashMap::default();
    for (at, unit) in units.iter().enumerate() {
        by_key.entry((unit.service, unit.key.as_str())).or_default().push(at);
    }
    units
        .iter()
        .map(|unit| {
            let mut key = unit.key.as_str();
            while let Some((before, _)) = key.rsplit_once('/') {
                key = before.trim_end_matches("/{}");
                // Of several versions the own one.
                if let Some(parents) = by_key.get(&(unit.service, key)) {
                    let own = parents.iter().find(|&&parent| units[parent].version == unit.version);
                    return own.or(parents.first()).copied();
                }
            }
            None
        })
        .collect()
}
