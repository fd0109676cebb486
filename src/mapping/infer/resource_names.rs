//! Names of resources: each unit has a few candidate names; units with little path choose first, and a name that is
//! taken is qualified by the parent.
//!
//! What the candidates are is in [`candidates`]; here they are weighed for the whole provider.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::learn;
use super::survey::Survey;
use super::units::Unit;
use super::verdicts::Verdict;
use crate::mapping::review::Alternative;
use crate::mapping::{Row, words};
use crate::openapi::Service;

mod candidates;
pub(super) mod schemes;
mod settle;
mod trimming;

/// A resource name and where it comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) why: String,
    /// Whether it names the thing rather than the place, so that two units of that name are the same.
    pub(super) may_be_shared: bool,
    /// The other candidates, best first.
    pub(super) rivals: Vec<Alternative>,
}

impl Name {
    /// A name that tells what the thing is.
    fn of_thing(words: &[String], why: String) -> Self {
        Name {
            text: words.join("_"),
            why,
            may_be_shared: true,
            rivals: Vec::new(),
        }
    }

    /// A name that tells where the thing is.
    fn of_place(words: &[String], why: String) -> Self {
        Name {
            text: words.join("_"),
            why,
            may_be_shared: false,
            rivals: Vec::new(),
        }
    }

    fn of_last_resort() -> Self {
        Name {
            text: "root".to_owned(),
            why: "nothing names it".to_owned(),
            may_be_shared: true,
            rivals: Vec::new(),
        }
    }
}

/// The resource of each operation.
pub(super) fn of(
    survey: &Survey<'_>,
    (units, unit_of): &(Vec<Unit>, Vec<usize>),
    services: &[Service],
    verdicts: &[Verdict],
    decided: &[Option<&Row>],
) -> Vec<Name> {
    let services: Vec<Vec<String>> = services.iter().map(|service| words::split(&service.name)).collect();
    let tags = TagUse::of(units, survey);
    let said = services_said(units, &services);
    let mut candidates: Vec<Vec<Name>> = units
        .iter()
        .map(|unit| candidates::of(unit, &services[unit.service], said[unit.service], &tags))
        .collect();
    let fixed = learn::resource_names::remembered(units, &services, decided, |at| survey.facts[at].is_part);
    if fixed.iter().any(Option::is_some) {
        learn::resource_names::apply(units, &services, &fixed, &mut candidates);
    }
    let versions = versions_of(units);
    for (unit, names) in units.iter().zip(&mut candidates) {
        if let Some(version) = &unit.version {
            let all = &versions[&(unit.service, unit.key.as_str())];
            for name in names {
                name.text = super::versions::named(&name.text, version, all);
                name.why.push_str(", which is there in several versions");
            }
        }
    }
    let names = settle::settle(survey, units, verdicts, decided, &fixed, candidates);
    unit_of.iter().map(|&unit| names[unit].clone()).collect()
}

/// For each service whether the ids say its name before the thing, in all units but one of five: `shop_widgets_list`.
fn services_said(units: &[Unit], services: &[Vec<String>]) -> Vec<bool> {
    let mut counts = vec![(0_usize, 0_usize); services.len()];
    for unit in units {
        if let Some(noun) = unit.noun.as_ref().filter(|noun| noun.leads) {
            let (all, saying) = &mut counts[unit.service];
            *all += 1;
            *saying +=
                usize::from(trimming::trimmed(&noun.written, &services[unit.service], &[]).len() < noun.written.len());
        }
    }
    counts
        .into_iter()
        .map(|(all, saying)| all > 1 && saying * 5 >= all * 4)
        .collect()
}

/// The versions that collections are there in, by service and key.
fn versions_of(units: &[Unit]) -> FxHashMap<(usize, &str), Vec<&str>> {
    let mut versions: FxHashMap<(usize, &str), Vec<&str>> = FxHashMap::default();
    for unit in units {
        if let Some(version) = &unit.version {
            versions
                .entry((unit.service, unit.key.as_str()))
                .or_default()
                .push(version);
        }
    }
    versions
}

/// How the provider uses tags.
pub(super) struct TagUse {
    /// Units by service and tag.
    units: IndexMap<(usize, String), FxHashSet<String>>,
    /// Whether most operations carry a tag that stands for their unit alone.
    name_units: bool,
    /// Words that all tags start with.
    prefix: usize,
}

impl TagUse {
    fn of(units: &[Unit], survey: &Survey<'_>) -> Self {
        let mut by_tag: IndexMap<(usize, String), FxHashSet<String>> = IndexMap::new();
        for unit in units {
            for &at in &unit.members {
                if let Some(tag) = survey.facts[at].operation.tags.first() {
                    by_tag
                        .entry((unit.service, tag.to_string()))
                        .or_default()
                        .insert(unit.key.clone());
                }
            }
        }
        let mut tags = TagUse {
            prefix: common_prefix(by_tag.keys().map(|(_, tag)| tag.as_str())),
            units: by_tag,
            name_units: false,
        };
        let own: usize = units
            .iter()
            .filter(|unit| tags.own_tag(unit).is_some())
            .map(|unit| unit.members.len())
            .sum();
        tags.name_units = own * 10 >= survey.facts.len() * 6;
        tags
    }

    /// The tag of a unit when no other unit of the service has it.
    fn own_tag<'u>(&self, unit: &'u Unit) -> Option<&'u str> {
        let tag = unit.tag.as_deref()?;
        (self.units.get(&(unit.service, tag.to_owned()))?.len() == 1).then_some(tag)
    }

    /// The tag that names a unit, in a provider whose tags do.
    pub(super) fn name_of<'u>(&self, unit: &'u Unit) -> Option<&'u str> {
        if self.name_units { self.own_tag(unit) } else { None }
    }

    /// The words of a tag without those that all tags start with.
    pub(super) fn words(&self, tag: &str) -> Vec<String> {
        words_of_tag(tag).split_off(self.prefix)
    }
}

/// The words of a tag without what stands in parentheses.
fn words_of_tag(tag: &str) -> Vec<String> {
    words::split(tag.split('(').next().unwrap_or(tag))
}

/// How many words all tags start with, while something is left of each; none where there are few tags.
fn common_prefix<'t>(tags: impl Iterator<Item = &'t str>) -> usize {
    let tags: FxHashSet<Vec<String>> = tags.map(words_of_tag).collect();
    let Some(shortest) = tags.iter().map(Vec::len).min().filter(|_| tags.len() > 3) else {
        return 0;
    };
    let agrees = |at: &usize| {
        let mut words = tags.iter().map(|tag| &tag[*at]);
        let first = words.next();
        words.all(|word| Some(word) == first)
    };
    (0..shortest.saturating_sub(1)).take_while(agrees).count()
}

fn joined(words: &[String]) -> String {
    words.join("_")
}

fn plural_if(words: &[String], plural: bool) -> Vec<String> {
    if plural {
        words::pluralized(words)
    } else {
        words.to_vec()
    }
}
