//! Names by analogy with a unit whose path differs in one segment above its last alone.
//!
//! When people called `/shops/{id}/widgets` `shop_widgets`, then `/stores/{id}/widgets` is `store_widgets`; when they
//! called it `widgets`, then `/stores/{id}/widgets` is that too.

use rustc_hash::FxHashMap;

use super::Proposal;
use crate::mapping::infer::resource_names::Name;
use crate::mapping::infer::units::{Unit, most_frequent};
use crate::mapping::{number, words};

/// The named units by their path with one segment left open.
pub(super) struct Analogies<'a> {
    units: &'a [Unit],
    named: &'a [Option<Name>],
    by_pattern: FxHashMap<(usize, String), Vec<usize>>,
}

/// How many units are asked what they are called: each is compared with each, and more do not tell more.
const EXAMPLES: usize = 64;

impl<'a> Analogies<'a> {
    pub(super) fn of(units: &'a [Unit], named: &'a [Option<Name>]) -> Self {
        let mut by_pattern: FxHashMap<(usize, String), Vec<usize>> = FxHashMap::default();
        for at in (0..units.len()).filter(|&at| named[at].is_some()) {
            for (_, pattern) in patterns(&units[at]) {
                by_pattern.entry((units[at].service, pattern)).or_default().push(at);
            }
        }
        Analogies {
            units,
            named,
            by_pattern,
        }
    }

    /// What a unit is called as those are that lie below another segment.
    pub(super) fn proposal(&self, at: usize) -> Option<Proposal> {
        let unit = &self.units[at];
        let mut texts = Vec::new();
        for (open, pattern) in patterns(unit) {
            let others = self.by_pattern.get(&(unit.service, pattern)).into_iter().flatten();
            for &other in others.filter(|&&other| other != at).take(EXAMPLES) {
                if let Some(name) = &self.named[other] {
                    let replaced = replaced(&name.text, &self.units[other].fixed[open], &unit.fixed[open]);
                    texts.push(replaced.unwrap_or_else(|| name.text.clone()));
                }
            }
        }
        let text = most_frequent(texts.into_iter())?;
        Some(Proposal {
            scheme: "what the same below another segment is called",
            text,
        })
    }
}

/// The path of a unit with each segment but the last left open in turn.
fn patterns(unit: &Unit) -> Vec<(usize, String)> {
    (0..unit.fixed.len().saturating_sub(1))
        .map(|open| {
            let steps: Vec<String> = unit
                .fixed
                .iter()
                .enumerate()
                .map(|(at, words)| if at == open { "*".to_owned() } else { words.join("_") })
                .collect();
            (open, steps.join("/"))
        })
        .collect()
}

/// A name with the words of one segment in place of another's, in the number in which the name has them.
fn replaced(name: &str, from: &[String], to: &[String]) -> Option<String> {
    let name: Vec<String> = words::split(name);
    let at = (0..name.len()).find(|&at| {
        name.len() - at >= from.len()
            && name[at..at + from.len()]
                .iter()
                .zip(from)
                .all(|(word, from)| number::singular(word) == number::singular(from))
    })?;
    let found = &name[at..at + from.len()];
    let to = match () {
        () if found == from => to.to_vec(),
        () if found == words::singularized(from) => words::singularized(to),
        () => words::pluralized(to),
    };
    Some([&name[..at], &to, &name[at + from.len()..]].concat().join("_"))
}
