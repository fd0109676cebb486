//! Names of resources.

use indexmap::IndexMap;

use super::operation_words::IdStyle;
use super::path_shape::Segment;
use super::survey::{Facts, Place, Survey};
use crate::mapping::words;

/// A resource name and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) why: String,
}

/// The resource of each operation.
pub(super) fn of(survey: &Survey<'_>) -> Vec<Name> {
    // Units first: operations that belong to one collection whatever it is called.
    let units: Vec<Unit> = survey.facts.iter().map(|facts| Unit::of(facts, survey)).collect();
    let mut distinct: IndexMap<(usize, String), Vec<Vec<String>>> = IndexMap::new();
    for (facts, unit) in survey.facts.iter().zip(&units) {
        distinct
            .entry((facts.service, unit.key.clone()))
            .or_insert_with(|| unit.names.clone());
    }
    // Shallow collections choose first, so that adding a deeper one never renames them.
    let mut order: Vec<(usize, usize)> = (0..distinct.len()).map(|at| (distinct[at].len(), at)).collect();
    order.sort_unstable();
    let mut taken: rustc_hash::FxHashSet<(usize, String)> = rustc_hash::FxHashSet::default();
    let mut chosen: IndexMap<(usize, String), String> = IndexMap::new();
    for (_, at) in order {
        let Some((key, names)) = distinct.get_index(at) else {
            continue;
        };
        let free = names
            .iter()
            .map(|name| name.join("_"))
            .find(|name| !taken.contains(&(key.0, name.clone())));
        let name = free
            .or_else(|| names.last().map(|name| name.join("_")))
            .unwrap_or_default();
        taken.insert((key.0, name.clone()));
        chosen.insert(key.clone(), name);
    }
    survey
        .facts
        .iter()
        .zip(units)
        .map(|(facts, unit)| Name {
            text: chosen.get(&(facts.service, unit.key)).cloned().unwrap_or_default(),
            why: unit.why,
        })
        .collect()
}

struct Unit {
    /// What identifies the unit in its service.
    key: String,
    /// Names for it, the best first, each longer than the one before.
    names: Vec<Vec<String>>,
    why: String,
}

impl Unit {
    fn of(facts: &Facts<'_>, survey: &Survey<'_>) -> Self {
        if matches!(survey.id_style, IdStyle::Dotted | IdStyle::Grouped)
            && let Some(group) = facts.id.groups.last()
        {
            let snake = words::snake(group);
            return Unit {
                key: snake.clone(),
                names: vec![vec![snake]],
                why: format!("the operation id groups it under `{group}`"),
            };
        }
        let mut steps = facts.path.collection();
        if facts.place == Place::Action && facts.path.custom_verb.is_none() && steps.len() > 1 {
            let end = steps[..steps.len() - 1]
                .iter()
                .rposition(|step| *step != Segment::Parameter)
                .map_or(0, |at| at + 1);
            if end > 0 {
                steps = &steps[..end];
            }
        }
        let fixed: Vec<&Vec<String>> = steps
            .iter()
            .filter_map(|step| match step {
                Segment::Fixed(words) => Some(words),
                Segment::Parameter => None,
            })
            .collect();
        let mut names = Vec::new();
        for from in (0..fixed.len()).rev() {
            let mut name: Vec<String> = Vec::new();
            for (at, words) in fixed[from..].iter().enumerate() {
                if at + 1 < fixed.len() - from {
                    name.extend(words::singularized(words))
                } else {
                    name.extend((*words).clone())
                }
            }
            names.push(name);
        }
        if names.is_empty() {
            let name = facts.operation.tags.first().map_or_else(
                || words::split(facts.file_name.trim_end_matches(".yaml")),
                |tag| words::split(tag),
            );
            names.push(if name.is_empty() { vec!["root".to_owned()] } else { name });
        }
        let why = format!("the path names the collection `{}`", names[0].join("_"));
        Unit {
            key: super::path_shape::skeleton(steps),
            names,
            why,
        }
    }
}
