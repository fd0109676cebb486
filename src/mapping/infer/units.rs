//! Units: operations that belong together whatever their resource will be called.
//!
//! The owner path (the path without placeholders at its end) is what people group by, nearly without exception; actions
//! and lone changes belong to the thing that they act on. Where ids carry groups, the group is the unit.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::operation_words::{IdStyle, Noun};
use super::path_shape::{Segment, parent, skeleton};
use super::survey::{Facts, Place, Survey};
use crate::mapping::verbs::Meaning;
use crate::mapping::{Row, number, words};

/// Operations that will share a resource.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// Index of the service.
    pub(super) service: usize,
    /// What identifies the unit in its service.
    pub(super) key: String,
    /// Indexes of its operations.
    pub(super) members: Vec<usize>,
    /// The fixed segments of its path.
    pub(super) fixed: Vec<Vec<String>>,
    /// The API that its paths start with, when that says nothing of the thing.
    pub(super) api: Vec<String>,
    /// Whether it holds many things (rather than one).
    pub(super) is_collection: bool,
    /// What the ids of its operations call one of the things.
    pub(super) noun: Option<UnitNoun>,
    /// Whether all ids of the provider start with a name that the vendor chose, which is then the best there is.
    pub(super) noun_leads: bool,
    /// Whether an id that lists calls them in the plural.
    pub(super) listed_in_plural: bool,
    /// What stands before the verb in its ids.
    pub(super) lead: Option<Vec<String>>,
    /// The schema that a read of one thing (else of many) answers.
    pub(super) schema: Option<String>,
    /// The tag that most operations carry.
    pub(super) tag: Option<String>,
    /// The group of the ids, where ids carry groups.
    pub(super) group: Option<Group>,
    /// The version, where the collection stands beside another version of it.
    pub(super) version: Option<String>,
}

/// What most ids of a unit call the thing.
#[derive(Debug)]
pub(super) struct UnitNoun {
    /// In the singular.
    pub(super) words: Vec<String>,
    /// As the first id has it.
    pub(super) written: Vec<String>,
    /// Whether it stands before the verb.
    pub(super) leads: bool,
    /// Weight of the ids that agree.
    pub(super) agreeing: usize,
    /// Weight of all ids.
    pub(super) all: usize,
    /// Whether the ids of other units of the service say the same.
    pub(super) is_shared: bool,
}

/// The group of an id with what the method adds to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The name, snake case.
    pub(super) name: String,
    /// `getSettings` in the group `widgets` reads the settings of a widget: a thing of its own.
    pub(super) part: Option<String>,
    /// Whether the group is the scope that nearly everything lies in.
    pub(super) is_scope: bool,
}

/// Where actions belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actions {
    /// To what they act on.
    WithTheirThing,
    /// To a resource of their own.
    Alone,
}

impl Actions {
    /// What the reviewed rows show: whether resources of actions are named after the action.
    fn of(survey: &Survey<'_>, decided: &[Option<&Row>]) -> Self {
        let reviewed = survey
            .facts
            .iter()
            .zip(decided)
            .filter_map(|(facts, row)| Some((facts, (*row)?)));
        let (mut all, mut alone) = (0_usize, 0_usize);
        for (facts, row) in reviewed.filter(|(facts, _)| facts.is_part && facts.path.custom_verb.is_none()) {
            if let Some(last) = facts.path.last_fixed() {
                all += 1;
                alone += usize::from(words::split(&row.resource).ends_with(last));
            }
        }
        if alone > 1 && alone * 2 > all {
            Actions::Alone
        } else {
            Actions::WithTheirThing
        }
    }
}

/// The units in order of first appearance, and the unit of each operation.
pub(super) fn of(survey: &Survey<'_>, decided: &[Option<&Row>]) -> (Vec<Unit>, Vec<usize>) {
    let actions = Actions::of(survey, decided);
    let scope = scope_of(survey);
    let mut units: IndexMap<(usize, String, Option<String>), Unit> = IndexMap::new();
    let mut unit_of = Vec::with_capacity(survey.facts.len());
    let places: Vec<_> = survey
        .facts
        .iter()
        .map(|facts| place_of(facts, survey, scope.as_deref(), actions))
        .collect();
    let keys: Vec<Option<&str>> = places
        .iter()
        .map(|(key, _, group)| group.is_none().then_some(key.as_str()))
        .collect();
    let versions = super::versions::of(&survey.facts, &keys);
    for (at, (facts, version)) in survey.facts.iter().zip(versions).enumerate() {
        let (key, steps, group) = &places[at];
        let entry = units.entry((facts.service, key.clone(), version.clone()));
        unit_of.push(entry.index());
        let unit = entry.or_insert_with(|| Unit {
            service: facts.service,
            key: key.clone(),
            fixed: steps.iter().filter_map(fixed).collect(),
            group: group.clone(),
            version,
            ..Unit::default()
        });
        unit.members.push(at);
    }
    let mut units: Vec<Unit> = units.into_values().collect();
    for unit in &mut units {
        unit.describe(survey);
    }
    note_shared_nouns(&mut units);
    (units, unit_of)
}

fn note_shared_nouns(units: &mut [Unit]) {
    let mut counts: FxHashMap<(usize, Vec<String>), usize> = FxHashMap::default();
    for unit in units.iter() {
        if let Some(noun) = &unit.noun {
            *counts.entry((unit.service, noun.words.clone())).or_default() += 1;
        }
    }
    for unit in units {
        let service = unit.service;
        if let Some(noun) = &mut unit.noun {
            noun.is_shared = counts[&(service, noun.words.clone())] > 1;
        }
    }
}

fn fixed(step: &Segment) -> Option<Vec<String>> {
    match step {
        Segment::Fixed(words) => Some(words.clone()),
        Segment::Parameter => None,
    }
}

/// The first group of most dotted ids, where that is not what they are about: `projects` in `api.projects.widgets.list`.
fn scope_of(survey: &Survey<'_>) -> Option<String> {
    if survey.id_style != IdStyle::Dotted {
        return None;
    }
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for facts in &survey.facts {
        if let Some(first) = facts.id.groups.get(1) {
            *counts.entry(first).or_default() += 1;
        }
    }
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > survey.facts.len()).then(|| words::snake(name))
}

fn place_of<'f>(
    facts: &'f Facts<'_>,
    survey: &Survey<'_>,
    scope: Option<&str>,
    actions: Actions,
) -> (String, &'f [Segment], Option<Group>) {
    if survey.groups_name_things
        && let Some(name) = facts.id.groups.last().filter(|name| !words::split(name).is_empty())
    {
        // Groups are class names, in which a run of capitals is a word; dotted ids are names of fields.
        let name = match survey.id_style {
            IdStyle::Grouped => group_beyond_namespace(facts, name),
            _ => words::snake(name),
        };
        let part = if survey.id_style == IdStyle::Dotted {
            part_of(facts)
        } else {
            None
        };
        let key = part
            .as_ref()
            .map_or_else(|| name.clone(), |part| format!("{name}/{part}"));
        let is_scope = scope == Some(name.as_str());
        return (key, &[], Some(Group { name, part, is_scope }));
    }
    let steps = match actions {
        Actions::WithTheirThing => owner(facts, survey),
        Actions::Alone => facts.path.collection(),
    };
    if steps.iter().all(|step| *step == Segment::Parameter) {
        // Calls without paths (`/`, `/{name}`): the id is all there is.
        let noun = words::singularized(&facts.id.noun().words).join("_");
        return (format!("{}:{noun}", skeleton(steps)), steps, None);
    }
    (skeleton(steps), steps, None)
}

/// The name of a group; where that only repeats the namespace (`acme_list` below `/providers/Acme.Things/operations`), the
/// path says more.
fn group_beyond_namespace(facts: &Facts<'_>, group: &str) -> String {
    let glued = group.to_lowercase();
    let is_namespace = facts.operation.path.split('/').any(|segment| {
        segment.contains('.') && {
            let segment = segment.to_lowercase();
            segment.replace('.', "") == glued || segment.rsplit('.').next() == Some(glued.as_str())
        }
    });
    match facts.path.last_fixed().filter(|_| is_namespace) {
        Some(last) => last.join("_"),
        None => words::split(group).join("_"),
    }
}

/// The collection that an operation belongs to. A part belongs to what it lies in, and what has nothing but parts
/// (`/widgets/{id}/lifecycle/activate`) is no thing of its own.
fn owner<'f>(facts: &'f Facts<'_>, survey: &Survey<'_>) -> &'f [Segment] {
    let own = facts.path.collection();
    if !facts.is_part {
        return own;
    }
    let mut steps = own;
    if facts.path.custom_verb.is_none() {
        steps = parent(steps);
    }
    let nearest = steps;
    while !steps.is_empty() {
        if survey.has_things(facts.service, &skeleton(steps)) {
            return steps;
        }
        // Changes of many things are about these, not about what they lie in.
        let is_plural = matches!(steps.last(), Some(Segment::Fixed(words)) if is_collection_of_things(words));
        if is_plural && !survey.calls_by_id(facts) {
            return steps;
        }
        steps = parent(steps);
    }
    if nearest.is_empty() { own } else { nearest }
}

/// `/changes` of `/stock/changes/undo`, but not the words that only say that actions follow.
fn is_collection_of_things(segment: &[String]) -> bool {
    segment
        .last()
        .is_some_and(|word| number::is_plural(word) && !matches!(word.as_str(), "actions" | "operations" | "commands"))
}

/// `getSettings`, `updateCopyMode`, `createGuest`: the method names a part that is not the group's own thing.
fn part_of(facts: &Facts<'_>) -> Option<String> {
    let id = &facts.id;
    let reads = matches!(id.meaning, Some(Meaning::Read))
        && id
            .words
            .first()
            .is_some_and(|verb| matches!(verb.as_str(), "get" | "list"));
    let writes = matches!(
        id.meaning,
        Some(Meaning::Update | Meaning::Create | Meaning::Delete | Meaning::Replace)
    );
    if id.verb_at != Some(0) || id.words.len() < 2 || id.is_bulk || !(reads || writes) {
        return None;
    }
    let part = &id.words[1..];
    if matches!(part[0].as_str(), "by" | "all" | "from" | "for") {
        return None;
    }
    let group = id.groups.last().map(|group| words::singularized(&words::split(group)));
    (group.as_deref() != Some(&words::singularized(part))).then(|| part.join("_"))
}

impl Unit {
    fn describe(&mut self, survey: &Survey<'_>) {
        let mut core: Vec<&Facts<'_>> = self
            .members
            .iter()
            .map(|&at| &survey.facts[at])
            .filter(|facts| !facts.is_part)
            .collect();
        if core.is_empty() {
            core = self.members.iter().map(|&at| &survey.facts[at]).collect();
        }
        self.noun_leads = survey.names_lead;
        self.api = core[0].path.api.clone().unwrap_or_default();
        if self.fixed.len() > 1 && self.fixed.first() == Some(&self.api) {
            self.fixed.remove(0);
        }
        self.is_collection = core
            .iter()
            .any(|facts| facts.place == Place::Item || super::object_key::answers_list(facts))
            || self.fixed.last().is_some_and(|words| number::are_plural(words))
            || self.fixed.is_empty() && is_one_of_many(&core);
        self.tag = most_frequent(
            self.members
                .iter()
                .filter_map(|&at| survey.facts[at].operation.tags.first())
                .map(ToString::to_string),
        );
        let leads = core.iter().filter_map(|facts| {
            facts
                .id
                .verb_at
                .filter(|at| *at > 0)
                .map(|at| facts.id.words[..at].join("_"))
        });
        self.lead = most_frequent(leads).map(|lead| lead.split('_').map(str::to_owned).collect());
        let one = core
            .iter()
            .find(|facts| facts.place != Place::Collection && facts.reply_schema.is_some());
        self.schema = one
            .or_else(|| core.iter().find(|facts| facts.reply_schema.is_some()))
            .and_then(|facts| facts.reply_schema.as_ref())
            .map(ToString::to_string);
        let mut counts: IndexMap<Vec<String>, (usize, Noun)> = IndexMap::new();
        // `get`, `update`, `delete` of a thing that only the path or the group names.
        let mut unnamed = 0;
        for facts in &core {
            let noun = facts.id.noun();
            // What is made, read and deleted is the thing; other verbs have other objects.
            let weight = if matches!(
                facts.id.meaning,
                Some(Meaning::Read | Meaning::Create | Meaning::Delete | Meaning::Update | Meaning::Replace)
            ) {
                2
            } else {
                1
            };
            if noun.words.is_empty() {
                unnamed += if facts.id.is_mechanical { 0 } else { weight };
                continue;
            }
            if facts.id.verb() == Some("list") || super::object_key::answers_list(facts) {
                self.listed_in_plural |= number::are_plural(&noun.words);
            }
            counts
                .entry(in_singular(&noun.words, &self.fixed))
                .or_insert((0, noun))
                .0 += weight;
        }
        let all = unnamed + counts.values().map(|(count, _)| *count).sum::<usize>();
        // The first of equally frequent ones.
        let best = counts.into_iter().rev().max_by_key(|(_, (count, _))| *count);
        self.noun = best.map(|(words, (count, noun))| UnitNoun {
            words,
            written: noun.words,
            leads: noun.leads,
            agreeing: count,
            all,
            is_shared: false,
        });
    }
}

/// Calls without paths tell by what they do whether the thing is one among many: it is made and deleted, or listed.
fn is_one_of_many(core: &[&Facts<'_>]) -> bool {
    let has = |meaning| core.iter().any(|facts| facts.id.meaning == Some(meaning));
    let lists = |facts: &&&Facts<'_>| facts.id.verb() == Some("list");
    let in_plural = |facts: &&Facts<'_>| number::are_plural(&facts.id.noun().words);
    has(Meaning::Create) && has(Meaning::Delete) || core.iter().filter(lists).any(in_plural)
}

/// The words with the last one in the singular, and with it those that the path has as collections:
/// `widgets parts` below `/widgets/{id}/parts` is `widget part`.
fn in_singular(noun: &[String], fixed: &[Vec<String>]) -> Vec<String> {
    let mut noun = words::singularized(noun);
    for word in &mut noun {
        if fixed.iter().any(|segment| segment.last() == Some(word)) {
            *word = number::singular(word);
        }
    }
    noun
}

/// The most frequent text; of equally frequent ones the first.
pub(super) fn most_frequent(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(text, _)| text)
}
