//! The whole provider at a glance: facts of each operation, and what stands around it.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::operation_words::{self, IdStyle, Identifier};
use super::groups;
use super::parts;
use super::path_shape::{PathShape, Segment, skeleton};
use super::reply::Reply;
use super::request::{self, Body};
use crate::mapping::verbs::Meaning;
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
    /// Whether HTTP verbs say nothing: everything is POST, or whatever the id says goes by GET as well.
    pub(super) calls_by_id: bool,
    /// The collections, by service and skeleton.
    collections: IndexMap<(usize, String), Neighbours>,
    /// The collections that hold more than parts of others.
    things: FxHashSet<(usize, String)>,
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
    /// Whether GET on the path itself answers with a list.
    pub(super) lists: bool,
    /// Paths that end in placeholders below which the items are: `/widgets/{shop}` lists, `/widgets/{shop}/{id}` does not.
    pub(super) listing: Vec<usize>,
}

impl<'a> Survey<'a> {
    /// Reads all services.
    pub(super) fn of(services: &'a [Service]) -> Self {
        let id_style = IdStyle::of(services.iter().flat_map(|service| &service.spec.operations));
        let mut facts: Vec<Facts<'a>> = Vec::new();
        for (index, service) in services.iter().enumerate() {
            let service_words = words::split(&service.name);
            for operation in &service.spec.operations {
                facts.push(Facts::of(index, service, operation, id_style, &service_words));
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
            calls_by_id: calls_by_id(&facts),
            facts,
            collections,
            things: FxHashSet::default(),
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
        survey
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
        let is_action = is_own_verb || crate::mapping::verbs::is_action_word(last);
        let after_item =
            facts.path.segments.len() > 1 && facts.path.segments[facts.path.segments.len() - 2] == Segment::Parameter;
        let plural = last.last().is_some_and(|word| number::is_plural(word));
        if is_action
            || last == ["actions"]
            || (after_item && !plural && !matches!(facts.operation.verb, HttpVerb::Put | HttpVerb::Patch))
        {
            return Place::Action;
        }
        match facts.operation.verb {
            HttpVerb::Put | HttpVerb::Patch if !plural => Place::Singleton,
            _ => Place::Collection,
        }
    }
}

impl<'a> Facts<'a> {
    fn of(
        service_index: usize,
        service: &'a Service,
        operation: &'a Operation,
        style: IdStyle,
        service_words: &[String],
    ) -> Self {
        let mut prefixes = vec![service_words.to_vec()];
        prefixes.extend(operation.tags.iter().map(|tag| words::split(tag)));
        let path = PathShape::of(&operation.path);
        let (reply, reply_schema) = Reply::of(operation, &service.spec);
        let (body, required) = request::of(operation, &service.spec);
        let id = operation_words::read(operation, &path, style, &prefixes);
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

/// Whether the ids speak against the HTTP verbs in a third of the operations, and in more ways than one: POST that reads,
/// POST that deletes, GET that makes, changes or deletes.
fn calls_by_id(facts: &[Facts<'_>]) -> bool {
    let mut against = [0_usize; 3];
    for facts in facts {
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
    against.iter().sum::<usize>() * 3 >= facts.len() && ways > 1
}

fn neighbours(facts: &[Facts<'_>]) -> IndexMap<(usize, String), Neighbours> {
    let mut found: IndexMap<(usize, String), Neighbours> = IndexMap::new();
    let mut parents: FxHashSet<(usize, String)> = FxHashSet::default();
    for facts in facts.iter().filter(|facts| facts.path.custom_verb.is_none()) {
        let entry = found.entry((facts.service, facts.collection.clone())).or_default();
        if facts.path.ends_in_parameter() {
            entry.item.push(facts.operation.verb);
            if facts.operation.verb == HttpVerb::Get && super::object_key::answers_page(facts) {
                entry.listing.push(facts.path.segments.len());
            }
        } else {
            entry.own.push(facts.operation.verb);
            entry.lists |= facts.operation.verb == HttpVerb::Get && super::object_key::answers_list(facts);
        }
        let steps = facts.path.collection();
        if steps.len() > 1 {
            parents.insert((facts.service, skeleton(&steps[..steps.len() - 1])));
        }
    }
    for (key, neighbours) in &mut found {
        neighbours.has_children = parents.contains(key);
    }
    found
}
