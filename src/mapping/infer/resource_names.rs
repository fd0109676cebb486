//! Names of resources: each unit has a few candidate names; units with little path choose first, and a name that is
//! taken is qualified by the parent.
//!
//! What the candidates are is in [`candidates`]; here they are weighed for the whole provider.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::learn;
use super::survey::{Place, Survey};
use super::units::Unit;
use crate::mapping::{Row, words};
use crate::openapi::Service;

mod candidates;
pub(super) mod schemes;
mod trimming;

/// A resource name and where it comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) why: String,
    /// How sure, 0 to 1.
    pub(super) confidence: f32,
}

/// The resource of each operation.
pub(super) fn of(survey: &Survey<'_>, grouped: &(Vec<Unit>, Vec<usize>), services: &[Service], decided: &[Option<&Row>]) -> Vec<Name> {
    let (units, unit_of) = grouped;
    let services: Vec<Vec<String>> = services.iter().map(|service| words::split(&service.name)).collect();
    let mut names = inferred(survey, units, &services);
    let remembered = learn::resource_names::remembered(units, decided, |at| survey.facts[at].place == Place::Action);
    if remembered.iter().any(Option::is_some) {
        learn::resource_names::apply(units, &services, &remembered, &mut names);
    }
    unit_of.iter().map(|&unit| names[unit].clone()).collect()
}

/// The resource of each unit, without lessons.
fn inferred(survey: &Survey<'_>, units: &[Unit], services: &[Vec<String>]) -> Vec<Name> {
    let tags = TagUse::of(units, survey);
    // Short paths choose first, so that adding a deeper one never renames them.
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&at| (units[at].fixed.len(), at));
    let mut taken: FxHashSet<(usize, String)> = FxHashSet::default();
    let mut names = vec![Name::default(); units.len()];
    for at in order {
        let unit = &units[at];
        let candidates = candidates::of(unit, &services[unit.service], &tags);
        let free = candidates.iter().position(|name| !taken.contains(&(unit.service, name.text.clone())));
        let name = candidates.into_iter().nth(free.unwrap_or(0)).unwrap_or_else(|| Name { text: "root".to_owned(), why: "nothing names it".to_owned(), confidence: 0.2 });
        taken.insert((unit.service, name.text.clone()));
        names[at] = name;
    }
    names
}

/// How the provider uses tags.
pub(super) struct TagUse {
    /// Units by service and tag.
    units: IndexMap<(usize, String), FxHashSet<String>>,
    /// Whether most operations carry a tag that stands for their unit alone.
    name_units: bool,
}

impl TagUse {
    fn of(units: &[Unit], survey: &Survey<'_>) -> Self {
        let mut by_tag: IndexMap<(usize, String), FxHashSet<String>> = IndexMap::new();
        for unit in units {
            for &at in &unit.members {
                if let Some(tag) = survey.facts[at].operation.tags.first() {
                    by_tag.entry((unit.service, tag.to_string())).or_default().insert(unit.key.clone());
                }
            }
        }
        let mut tags = TagUse { units: by_tag, name_units: false };
        let own: usize = units.iter().filter(|unit| tags.own_tag(unit).is_some()).map(|unit| unit.members.len()).sum();
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
}

fn joined(words: &[String]) -> String {
    words.join("_")
}

fn plural_if(words: &[String], plural: bool) -> Vec<String> {
    if plural { words::pluralized(words) } else { words.to_vec() }
}
