//! Schemes with their record.

use rustc_hash::{FxHashMap, FxHashSet};

/// How many rows the general record counts for beside a special one.
const PRIOR: f32 = 2.0;
/// The chance that is assumed of what inference says, and of the other schemes, before any row is seen.
const TRUST_IN_INFERENCE: f32 = 0.6;
const TRUST_IN_OTHERS: f32 = 0.2;

/// How much of its own chance a scheme that says the same as a better one adds: schemes seldom are independent.
const SUPPORT: f32 = 0.4;

/// What a scheme says for a row.
#[derive(Debug, Clone)]
pub(in crate::mapping::infer) struct Proposal {
    /// The scheme's name.
    pub(in crate::mapping::infer) scheme: &'static str,
    /// What it says.
    pub(in crate::mapping::infer) text: String,
}

/// A row with its proposals. The first proposal is what inference says without lessons.
#[derive(Debug, Clone)]
pub(in crate::mapping::infer) struct Example {
    pub(in crate::mapping::infer) proposals: Vec<Proposal>,
    /// Situations that it is in, from the general to the special.
    pub(in crate::mapping::infer) situations: Vec<String>,
    /// What the person decided.
    pub(in crate::mapping::infer) answer: String,
    /// Who: the operation id of the reviewed row.
    pub(in crate::mapping::infer) row: String,
}

impl Example {
    /// The most general situation.
    fn situation(&self) -> &str {
        self.situations.first().map_or("", String::as_str)
    }
}

/// How often a scheme was asked and right.
#[derive(Debug, Clone, Copy, Default)]
struct Recorded {
    right: f32,
    asked: f32,
}

/// The records of all schemes.
#[derive(Debug, Default)]
pub(in crate::mapping::infer) struct Ranker {
    records: FxHashMap<(&'static str, String), Recorded>,
    /// A reviewed row for which a scheme was right, to be named as the reason.
    shown_by: FxHashMap<&'static str, String>,
    /// General situations in which inference alone does better.
    misled: FxHashSet<String>,
}

/// A choice with its chance of being right.
#[derive(Debug, Clone)]
pub(in crate::mapping::infer) struct Choice {
    pub(in crate::mapping::infer) text: String,
    pub(in crate::mapping::infer) scheme: &'static str,
    pub(in crate::mapping::infer) chance: f32,
}

impl Ranker {
    /// Learns from reviewed rows. `None` when what inference says is at least as good on them; where it is better in a
    /// general situation, it stands there.
    pub(in crate::mapping::infer) fn learn(examples: &[Example]) -> Option<Ranker> {
        Ranker::learn_telling(examples, |_, _| false)
    }

    /// As [`Ranker::learn`]. `are_telling` says in which general situations so many rows need no others to bear them out:
    /// when one scheme is right for all of them, and inference for none, they count although each may stand alone.
    pub(in crate::mapping::infer) fn learn_telling(
        examples: &[Example],
        are_telling: impl Fn(&str, usize) -> bool,
    ) -> Option<Ranker> {
        let mut ranker = Ranker::default();
        for example in examples {
            ranker.record(example, 1.0);
        }
        let mut gains: FxHashMap<&str, i32> = FxHashMap::default();
        for example in examples {
            ranker.record(example, -1.0);
            let by_lesson = ranker
                .choose(&example.proposals, &example.situations)
                .is_some_and(|choice| choice.text == example.answer);
            let by_default = example
                .proposals
                .first()
                .is_some_and(|proposal| proposal.text == example.answer);
            ranker.record(example, 1.0);
            *gains.entry(example.situation()).or_default() += i32::from(by_lesson) - i32::from(by_default);
        }
        let mut by_situation: FxHashMap<&str, Vec<&Example>> = FxHashMap::default();
        for example in examples {
            by_situation.entry(example.situation()).or_default().push(example);
        }
        gains.extend(
            by_situation
                .into_iter()
                .filter(|(situation, rows)| are_telling(situation, rows.len()) && are_unanimous(rows))
                .map(|(situation, rows)| (situation, i32::try_from(rows.len()).unwrap_or(i32::MAX))),
        );
        let gain: i32 = gains.values().filter(|gain| **gain > 0).sum();
        ranker.misled = gains
            .into_iter()
            .filter(|(_, gain)| *gain < -1)
            .map(|(situation, _)| situation.to_owned())
            .collect();
        (gain > 0).then_some(ranker)
    }

    /// Whether the lesson does worse than inference in the most general situation that something is in.
    fn is_misled(&self, situations: &[String]) -> bool {
        situations.first().is_some_and(|first| self.misled.contains(first))
    }

    fn record(&mut self, example: &Example, count: f32) {
        for proposal in &example.proposals {
            let right = proposal.text == example.answer;
            for situation in std::iter::once("").chain(example.situations.iter().map(String::as_str)) {
                let entry = self.records.entry((proposal.scheme, situation.to_owned())).or_default();
                entry.asked += count;
                entry.right += if right { count } else { 0.0 };
            }
            if right {
                self.shown_by
                    .entry(proposal.scheme)
                    .or_insert_with(|| example.row.clone());
            }
        }
    }

    /// The proposal of the scheme with the best record; of equal ones the first.
    pub(in crate::mapping::infer) fn choose(&self, proposals: &[Proposal], situations: &[String]) -> Option<Choice> {
        self.ranked(proposals, situations).into_iter().next()
    }

    /// All proposals, the best first, each text once. Where the lesson misleads, what inference says comes first.
    pub(in crate::mapping::infer) fn ranked(&self, proposals: &[Proposal], situations: &[String]) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let mut against: Vec<f32> = Vec::new();
        for (at, proposal) in proposals.iter().enumerate() {
            let chance = self.chance(proposal.scheme, situations, at == 0);
            let Some(found) = choices.iter().position(|choice| choice.text == proposal.text) else {
                choices.push(Choice {
                    text: proposal.text.clone(),
                    scheme: proposal.scheme,
                    chance,
                });
                against.push(1.0);
                continue;
            };
            let choice = &mut choices[found];
            let supporting = if chance > choice.chance {
                choice.scheme = proposal.scheme;
                std::mem::replace(&mut choice.chance, chance)
            } else {
                chance
            };
            against[found] *= 1.0 - SUPPORT * supporting;
        }
        for (choice, against) in choices.iter_mut().zip(against) {
            choice.chance = 1.0 - (1.0 - choice.chance) * against;
        }
        // Stable: of equal ones the first.
        choices.sort_by(|left, right| right.chance.total_cmp(&left.chance));
        if self.is_misled(situations)
            && let Some(default) = proposals.first()
            && let Some(at) = choices.iter().position(|choice| choice.text == default.text)
        {
            choices[..=at].rotate_right(1);
        }
        choices
    }

    /// From the general to the special situation, each record corrects the one before by its weight.
    fn chance(&self, scheme: &'static str, situations: &[String], is_default: bool) -> f32 {
        let mut chance = if is_default {
            TRUST_IN_INFERENCE
        } else {
            TRUST_IN_OTHERS
        };
        for situation in std::iter::once("").chain(situations.iter().map(String::as_str)) {
            if let Some(record) = self.records.get(&(scheme, situation.to_owned())) {
                chance = (record.right + PRIOR * chance) / (record.asked + PRIOR);
            }
        }
        chance
    }

    /// The reviewed row that shows a scheme.
    pub(in crate::mapping::infer) fn shown_by(&self, scheme: &'static str) -> Option<&str> {
        self.shown_by.get(scheme).map(String::as_str)
    }
}

/// Whether one scheme is right for all rows, and inference for none.
fn are_unanimous(rows: &[&Example]) -> bool {
    let is_right = |row: &Example, scheme: &str| {
        let mut proposals = row.proposals.iter();
        proposals.any(|proposal| proposal.scheme == scheme && proposal.text == row.answer)
    };
    let is_unforeseen = |row: &Example| row.proposals.first().is_some_and(|first| first.text != row.answer);
    let Some((first, others)) = rows.split_first() else {
        return false;
    };
    rows.iter().all(|row| is_unforeseen(row))
        && first
            .proposals
            .iter()
            .any(|proposal| proposal.text == first.answer && others.iter().all(|row| is_right(row, proposal.scheme)))
}
