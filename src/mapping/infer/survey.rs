//! The whole provider at a glance: facts of each operation, and what stands around it.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::action_segment;
use super::groups;
use super::operation_words::{self, IdStyle, Identifier};
use super::parts;
use super::path_shape::{PathShape, parent, skeleton};
use super::reply::Reply;
use super::request::{self, Body};
use super::undone_words::UndoneWords;
use crate::mapping::verbs::{self, Meaning};
use crate::mapping::{number, words};
use crate::openapi::{HttpVerb, Operation, Service, Spec};
use crate::source::Text;

/// Everything that the heuristics may look at.
pub(super) struct Survey<'a> {
    /// One entry an operation, in the order of services and documents.
    pub(super) facts: Vec<Facts<'a>>,
    /// How ids are written.
    pub(super) id_style: IdStyle,
    /// Whether ids carry groups that name the things which the paths have.
    pub(super) groups_name_things: bool,
    /// Whether ids are phrases with a name before the verb: `widgets_get`, `widgets_list_parts`.
    pub(super) names_lead: bool,
    /// For each service whether HTTP verbs say nothing: everything is POST, or whatever the id says goes by GET as well.
    calls_by_id: Vec<bool>,
    /// The collections, by service and skeleton.
    collections: IndexMap<(usize, String), Neighbours>,
    /// The collections that hold more than parts of others.
    things: FxHashSet<(usize, String)>,
    /// How many parts PUT replaces directly below the items of a collection.
    replaced_parts: FxHashMap<(usize, String), usize>,
}

/// What was read of one operation.
pub(super) struct Facts<'a> {
    /// Index of its service.
    pub(super) service: usize,
    /// The service's document name.
    pub(super) file_name: &'a Text,
    /// The document that it stands in.
    pub(super) spec: &'a Spec,
    pub(super) operation: &'a Operation,
    pub(super) path: PathShape,
    /// The skeleton of the path without placeholders at its end.
    pub(super) collection: String,
    pub(super) id: Identifier,
    pub(super) reply: Reply,
    /// Name of the schema of the response (of its items, for a bare list).
    pub(super) reply_schema: Option<Text>,
    pub(super) body: Body,
    /// Names that a caller must give, sorted.
    pub(super) required: Vec<Text>,
    pub(super) place: Place,
    /// Whether it belongs to what its path lies in: actions do, and what [`parts`] finds.
    pub(super) is_part: bool,
}

/// Where in the tree of paths an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// `/widgets`
    #[default]
    Collection,
    /// `/widgets/{id}`
    Item,
    /// `/account`, `/widgets/{id}/settings`: one thing, read at its own path.
    Singleton,
    /// `/widgets/{id}/polish`, `/widgets:purge`
    Action,
}

/// Which verbs a path and its item path answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Neighbours {
    /// On the path itself.
    pub(super) own: Vec<HttpVerb>,
    /// On the path followed by placeholders.
    pub(super) item: Vec<HttpVerb>,
    /// Whether fixed segments follow directly.
    pub(super) has_children: bool,
    /// Whether PUT or PATCH on the path itself takes a body.
    pub(super) changes: bool,
    /// Whether an id has the last segment as its verb: `lockWidget` and `unlockWidget` at `/widgets/{id}/lock`.
    pub(super) is_verb: bool,
    /// Whether GET on the path itself answers with a list.
    pub(super) lists: bool,
    /// Paths that end in placeholders below which the items are: `/widgets/{shop}` lists, `/widgets/{shop}/{id}` does not.
    pub(super) listing: Vec<usize>,
}

impl<'a> Survey<'a> {
    /// Reads all services.
    pub(super) fn of(services: &'a [Service]) -> Self {
        let id_style = IdStyle::of(services.iter().flat_map(|service| &service.spec.operations));
        let undone = UndoneWords::of(services.iter().flat_map(|service| &service.spec.operations));
        let mut facts: Vec<Facts<'a>> = Vec::new();
        for (index, service) in services.iter().enumerate() {
            let service_words = words::split(&service.name);
            for operation in &service.spec.operations {
                facts.push(Facts::of(index, service, operation, id_style, &service_words, &undone));
            }
        }
        let collections = neighbours(&facts);
        let leading = facts
            .iter()
            .filter(|facts| facts.id.verb_at.is_some_and(|at| at > 0) && !facts.id.is_bulk)
            .count();
        let names_lead = id_style == IdStyle::Phrase && leading * 10 >= facts.len() * 6;
        let mut survey = Survey {
            id_style,
            groups_name_things: false,
            names_lead,
            calls_by_id: calls_by_id_of(&facts, services.len()),
            facts,
            collections,
            things: FxHashSet::default(),
            replaced_parts: FxHashMap::default(),
        };
        for at in 0..survey.facts.len() {
            survey.facts[at].place = survey.place(&survey.facts[at]);
        }
        survey.groups_name_things = groups::name_things(&survey.facts, id_style);
        for at in 0..survey.facts.len() {
            survey.facts[at].is_part = parts::is_part(&survey.facts[at], &survey);
        }
        let things = survey.facts.iter().filter(|facts| !facts.is_part);
        survey.things = things.map(|facts| (facts.service, facts.collection.clone())).collect();
        for facts in &survey.facts {
            if facts.is_part && facts.operation.verb == HttpVerb::Put {
                *survey.replaced_parts.entry(above(facts)).or_default() += 1;
            }
        }
        survey
    }

    /// Whether the HTTP verbs of an operation's service say nothing.
    pub(super) fn calls_by_id(&self, facts: &Facts<'_>) -> bool {
        self.calls_by_id[facts.service]
    }

    /// How many parts PUT replaces of the thing that a part lies in.
    pub(super) fn parts_beside(&self, facts: &Facts<'_>) -> usize {
        self.replaced_parts.get(&above(facts)).copied().unwrap_or_default()
    }

    /// What stands around a chain of steps.
    pub(super) fn neighbours(&self, service: usize, skeleton: &str) -> Option<&Neighbours> {
        self.collections.get(&(service, skeleton.to_owned()))
    }

    /// What stands around an operation's collection.
    pub(super) fn around(&self, facts: &Facts<'_>) -> Option<&Neighbours> {
        self.neighbours(facts.service, &facts.collection)
    }

    /// Whether a collection has operations that are no parts of others.
    pub(super) fn has_things(&self, service: usize, skeleton: &str) -> bool {
        self.things.contains(&(service, skeleton.to_owned()))
    }

    /// Whether the path beside it takes back what the last segment says (`protect`, `unprotect`), or the other way round.
    fn is_undone(&self, facts: &Facts<'_>, last: &[String]) -> bool {
        let (service, above) = above(facts);
        let [word] = last else { return false };
        let beside = |word: &str| {
            let key = if facts.path.is_below_item() { "/{}" } else { "" };
            self.neighbours(service, &format!("{above}{key}/{word}")).is_some()
        };
        beside(&format!("un{word}")) || word.strip_prefix("un").is_some_and(beside)
    }

    fn place(&self, facts: &Facts<'_>) -> Place {
        if facts.path.custom_verb.is_some() {
            return Place::Action;
        }
        if facts.path.ends_in_parameter() {
            let lists = |around: &Neighbours| around.listing.contains(&facts.path.segments.len());
            return match self.around(facts) {
                Some(around) if lists(around) => Place::Collection,
                _ => Place::Item,
            };
        }
        let Some(around) = self.around(facts) else {
            return Place::Collection;
        };
        let reads = around.own.contains(&HttpVerb::Get);
        let Some(last) = facts.path.last_fixed() else {
            return Place::Collection;
        };
        // `/widgets/get`, `/widgets/list`: the path says what HTTP verbs would say.
        if around.item.is_empty() && last.len() == 1 && matches!(last[0].as_str(), "get" | "list" | "read" | "describe")
        {
            return Place::Action;
        }
        if !around.item.is_empty() || around.lists {
            return Place::Collection;
        }
        if reads {
            return Place::Singleton;
        }
        // `/widgets/{id}/…/retire` of `retireWidget`: whatever the word means, it is the verb.
        let is_own_verb = facts.id.words.len() > last.len() && facts.id.words.starts_with(last);
        let is_action = is_own_verb || action_segment::is_done(facts) || self.is_undone(facts, last);
        // What is changed there, and made or taken away besides, is a thing, whatever the word may mean.
        let may_be_thing = matches!(last, [only] if !operation_words::is_bulk(only)
            && matches!(verbs::meaning(only), Some(Meaning::Act | Meaning::Inspect)));
        if is_action && may_be_thing && around.changes && !around.is_verb && around.own.len() > 1 {
            return Place::Singleton;
        }
        if is_action
            || last == ["actions"]
            || (facts.path.is_below_item()
                && !number::are_plural(last)
                && !matches!(facts.operation.verb, HttpVerb::Put | HttpVerb::Patch))
        {
            return Place::Action;
        }
        match facts.operation.verb {
            HttpVerb::Put | HttpVerb::Patch if !number::are_plural(last) => Place::Singleton,
            _ => Place::Collection,
        }
    }
}

/// Whether the last segment is the verb of the id, or what the id takes back.
fn says_verb_of_id(facts: &Facts<'_>) -> bool {
    let (Some([word]), Some(verb)) = (facts.path.last_fixed(), facts.id.verb()) else {
        return false;
    };
    verb.strip_prefix("un").unwrap_or(verb) == word.strip_prefix("un").unwrap_or(word)
}

/// The collection that an operation's collection lies in: its service and skeleton.
pub(super) fn above(facts: &Facts<'_>) -> (usize, String) {
    (facts.service, skeleton(parent(facts.path.collection())))
}

impl<'a> Facts<'a> {
    fn of(
        service_index: usize,
        service: &'a Service,
        operation: &'a Operation,
        style: IdStyle,
        service_words: &[String],
        undone: &UndoneWords,
    ) -> Self {
        let mut prefixes = vec![service_words.to_vec()];
        prefixes.extend(operation.tags.iter().map(|tag| words::split(tag)));
        let path = PathShape::of(&operation.path);
        let (reply, reply_schema) = Reply::of(operation, &service.spec);
        let (body, required) = request::of(operation, &service.spec);
        let id = operation_words::read(operation, &path, style, &prefixes, undone);
        Facts {
            service: service_index,
            file_name: &service.file_name,
            spec: &service.spec,
            operation,
            collection: skeleton(path.collection()),
            path,
            id,
            reply,
            reply_schema,
            body,
            required,
            place: Place::default(),
            is_part: false,
        }
    }
}

/// For each service whether its HTTP verbs say nothing. A vendor may have both kinds; where the whole has, parts with few
/// operations need not show it.
fn calls_by_id_of(facts: &[Facts<'_>], services: usize) -> Vec<bool> {
    if calls_by_id(facts.iter()) {
        return vec![true; services];
    }
    let mut by_service: Vec<Vec<&Facts<'_>>> = vec![Vec::new(); services];
    for facts in facts {
        by_service[facts.service].push(facts);
    }
    by_service
        .into_iter()
        .map(|facts| calls_by_id(facts.into_iter()))
        .collect()
}

/// Whether ids speak against the HTTP verbs in more ways than one (POST that reads, POST that deletes, GET that makes, changes
/// or deletes): in a third of the operations, or in any where nothing but POST is called.
fn calls_by_id<'f, 'a: 'f>(operations: impl Iterator<Item = &'f Facts<'a>>) -> bool {
    let mut against = [0_usize; 3];
    let (mut all, mut posts) = (0_usize, 0_usize);
    for facts in operations {
        all += 1;
        posts += usize::from(facts.operation.verb == HttpVerb::Post);
        let way = match (facts.operation.verb, facts.id.meaning) {
            (HttpVerb::Post, Some(Meaning::Read)) => 0,
            (HttpVerb::Post, Some(Meaning::Delete)) => 1,
            (
                HttpVerb::Get,
                Some(Meaning::Create | Meaning::Update | Meaning::Replace | Meaning::Delete | Meaning::Attach),
            ) => 2,
            _ => continue,
        };
        against[way] += 1;
    }
    let ways = against.iter().filter(|count| **count > 0).count();
    ways > 1 && (against.iter().sum::<usize>() * 3 >= all || posts == all)
}

fn neighbours(facts: &[Facts<'_>]) -> IndexMap<(usize, String), Neighbours> {
    let mut found: IndexMap<(usize, String), Neighbours> = IndexMap::new();
    let mut parents: FxHashSet<(usize, String)> = FxHashSet::default();
    let mut depths: FxHashSet<(usize, &str, usize)> = FxHashSet::default();
    for facts in facts.iter().filter(|facts| facts.path.custom_verb.is_none()) {
        let entry = found.entry((facts.service, facts.collection.clone())).or_default();
        if facts.path.ends_in_parameter() {
            entry.item.push(facts.operation.verb);
            depths.insert((facts.service, facts.collection.as_str(), facts.path.segments.len()));
            if facts.operation.verb == HttpVerb::Get && super::object_key::answers_page(facts) {
                entry.listing.push(facts.path.segments.len());
            }
        } else {
            entry.own.push(facts.operation.verb);
            entry.is_verb |= says_verb_of_id(facts);
            entry.changes |=
                matches!(facts.operation.verb, HttpVerb::Put | HttpVerb::Patch) && facts.body != Body::Absent;
            entry.lists |= facts.operation.verb == HttpVerb::Get && super::object_key::answers_list(facts);
        }
        let steps = facts.path.collection();
        if steps.len() > 1 {
            parents.insert((facts.service, skeleton(&steps[..steps.len() - 1])));
        }
    }
    // `/widgets/{shop}` lists what is at `/widgets/{shop}/{id}`.
    for facts in facts
        .iter()
        .filter(|facts| facts.path.custom_verb.is_none() && facts.path.ends_in_parameter())
    {
        let length = facts.path.segments.len();
        if facts.operation.verb == HttpVerb::Get
            && depths.contains(&(facts.service, facts.collection.as_str(), length + 1))
            && super::object_key::answers_list(facts)
            && let Some(entry) = found.get_mut(&(facts.service, facts.collection.clone()))
        {
            entry.listing.push(length);
        }
    }
    for (key, neighbours) in &mut found {
        neighbours.has_children = parents.contains(key);
    }
    found
}
