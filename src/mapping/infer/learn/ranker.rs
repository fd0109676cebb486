//! Schemes with their record.

use rustc_hash::FxHashMap;

/// How many rows the general record counts for beside a special one.
const PRIOR: f32 = 2.0;
/// The chance that is assumed of what inference says, and of the other schemes, before any row is seen.
const TRUST_IN_INFERENCE: f32 = 0.6;
const TRUST_IN_OTHERS: f32 = 0.2;

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
}

/// A choice with its chance of being right.
#[derive(Debug, Clone)]
pub(in crate::mapping::infer) struct Choice {
    pub(in crate::mapping::infer) text: String,
    pub(in crate::mapping::infer) scheme: &'static str,
    pub(in crate::mapping::infer) chance: f32,
}

impl Ranker {
    /// Learns from reviewed rows. `None` when what inference says is at least as good on them.
    pub(in crate::mapping::infer) fn learn(examples: &[Example]) -> Option<Ranker> {
        let mut ranker = Ranker::default();
        for example in examples {
            ranker.record(example, 1.0);
        }
        let (mut by_lesson, mut by_default) = (0_usize, 0_usize);
        for example in examples {
            ranker.record(example, -1.0);
            by_lesson += usize::from(
                ranker
                    .choose(&example.proposals, &example.situations)
                    .is_some_and(|choice| choice.text == example.answer),
            );
            by_default += usize::from(
                example
                    .proposals
                    .first()
                    .is_some_and(|proposal| proposal.text == example.answer),
            );
            ranker.record(example, 1.0);
        }
        (by_lesson > by_default).then_some(ranker)
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

    /// All proposals, the best first, each text once.
    pub(in crate::mapping::infer) fn ranked(&self, proposals: &[Proposal], situations: &[String]) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        for (at, proposal) in proposals.iter().enumerate() {
            let chance = self.chance(proposal.scheme, situations, at == 0);
            match choices.iter_mut().find(|choice| choice.text == proposal.text) {
                Some(choice) if choice.chance >= chance => {}
                Some(choice) => {
                    choice.chance = chance;
                    choice.scheme = proposal.scheme;
                }
                None => choices.push(Choice {
                    text: proposal.text.clone(),
                    scheme: proposal.scheme,
                    chance,
                }),
            }
        }
        // Stable: of equal ones the first.
        choices.sort_by(|left, right| right.chance.total_cmp(&left.chance));
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
