//! From specs to services: every operation lands in exactly one, and each service holds just the components that it
//! reaches.

mod assign;
mod name;
mod propose;
mod reach;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::{Operation, Service, Spec};
use crate::source::{Entry, Map, Node, Span, Text};
use assign::{Assigner, Group};
pub use name::{is_reserved_name, service_name};
pub use propose::{Proposal, alternative_splits, propose_split, proposed_sizes, telling_segment};
use reach::Reach;

/// How operations are shared out among services.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SplitRules {
    /// What decides when no exception does.
    pub by: SplitBy,
    /// Exceptions; the first that fits an operation wins.
    pub exceptions: Vec<SplitException>,
    /// Other names for services, by the name that they would have.
    pub names: IndexMap<String, String>,
    /// The name of a single service whose file name says nothing (`openapi.yaml`), e.g. that of the provider.
    pub fallback_name: Option<String>,
    /// Schemas that a service keeps although none of its operations reaches them: service to names.
    pub keep: IndexMap<String, Vec<String>>,
}

/// What decides the service of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SplitBy {
    /// One service for each spec, named after its file.
    #[default]
    File,
    /// The operation's first tag; by path segment where there is none.
    Tag,
    /// A segment of the path, counted from 0 without placeholders; the last one of shorter paths.
    PathSegment(usize),
}

/// Operations that go to a service of their own choice. All that is given must fit; `*` stands for any text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SplitException {
    /// The operation id.
    pub operation: Option<String>,
    /// The path.
    pub path: Option<String>,
    /// One of the tags.
    pub tag: Option<String>,
    /// The file name of the spec.
    pub file: Option<String>,
    /// The service.
    pub service: String,
}

/// Shares the operations of specs (each with its file name) out among services.
///
/// Services stand in the order in which their first operation does. Services of different specs are never put together,
/// because their components may disagree; where both would have the same name, the later one gets its file name before
/// it.
#[must_use]
pub fn split(specs: Vec<(String, Spec)>, rules: &SplitRules) -> Vec<Service> {
    let mut taken = FxHashSet::default();
    let mut services = Vec::new();
    for (file, spec) in specs {
        let groups = Assigner::new(&file, rules).groups(&spec);
        let is_whole = groups.len() == 1;
        let mut reach = Reach::new(&spec);
        for (name, group) in groups {
            let name = name::unique(&name, &file, &mut taken);
            let keep = rules.keep.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            services.push(service(&spec, &mut reach, name, &group, &file, is_whole, keep));
        }
    }
    services
}

fn service(
    spec: &Spec,
    reach: &mut Reach<'_>,
    name: Text,
    group: &Group<'_>,
    file: &str,
    is_whole: bool,
    keep: &[String],
) -> Service {
    let tag = group.tag.and_then(|tag| tag_object(spec, tag));
    let title = match tag.and_then(|tag| tag.get_str("x-displayName")) {
        _ if is_whole => spec.title().map_or_else(|| name::title(&group.label), Text::from),
        Some(title) => title.into(),
        None => name::title(&group.label),
    };
    let description = match tag.and_then(|tag| tag.get_str("description")) {
        _ if is_whole => spec.description().map(Text::from),
        description => description.map(Text::from),
    };
    let description = description
        .map(|text| Text::from(text.trim()))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| title.clone());
    let root = document(spec, reach, group, &title, &description, keep);
    let mut part = Spec::index(root);
    part.set_operations(group.operations.iter().copied().cloned().collect());
    part.servers.clone_from(&spec.servers);
    Service {
        file_name: name::file_name(&name, file, is_whole),
        name,
        title,
        description,
        spec: part,
    }
}

fn tag_object<'s>(spec: &'s Spec, tag: &str) -> Option<&'s Node> {
    let tags = spec.root.get("tags")?.as_list()?;
    tags.iter().find(|object| object.get_str("name") == Some(tag))
}

/// The spec's document with the paths, tags and components of a service only.
fn document(
    spec: &Spec,
    reach: &mut Reach<'_>,
    group: &Group<'_>,
    title: &Text,
    description: &Text,
    keep: &[String],
) -> Node {
    let paths = paths(spec, &group.operations);
    let components = reach.components(&paths, &group.operations, keep);
    let mut root = Map::new();
    for entry in spec.root.as_map().into_iter().flatten() {
        let value = match entry.key.as_str() {
            "info" => info(&entry.value, title, description),
            "paths" => paths.clone(),
            "tags" => match tags(&entry.value, &group.operations) {
                Some(tags) => tags,
                None => continue,
            },
            "components" => match &components {
                Some(components) => components.clone(),
                None => continue,
            },
            _ => entry.value.clone(),
        };
        root.push_unique(Entry {
            key: entry.key.clone(),
            key_span: entry.key_span,
            value: value.at(entry.value.span),
        });
    }
    Node::map(root).at(spec.root.span)
}

fn info(info: &Node, title: &Text, description: &Text) -> Node {
    let mut info = info.clone();
    if let Some(map) = info.as_map_mut() {
        map.insert("title", Node::string(title.clone()));
        map.insert("description", Node::string(description.clone()));
    }
    info
}

/// The path items of the operations, without the operations of other services.
fn paths(spec: &Spec, operations: &[&Operation]) -> Node {
    let mine: FxHashSet<(&str, &str)> = operations
        .iter()
        .map(|operation| (operation.path.as_str(), operation.verb.as_str()))
        .collect();
    let used: FxHashSet<&str> = operations.iter().map(|operation| operation.path.as_str()).collect();
    let mut paths = Map::new();
    for path in spec.root.get("paths").and_then(Node::as_map).into_iter().flatten() {
        if !used.contains(path.key.as_str()) {
            continue;
        }
        let mut item = path.value.clone();
        if let Some(map) = item.as_map_mut() {
            map.retain(|entry| {
                entry.key.parse::<super::HttpVerb>().is_err()
                    || mine.contains(&(path.key.as_str(), entry.key.to_ascii_lowercase().as_str()))
            });
        }
        paths.push_unique(Entry {
            key: path.key.clone(),
            key_span: path.key_span,
            value: item,
        });
    }
    Node::map(paths)
}

fn tags(tags: &Node, operations: &[&Operation]) -> Option<Node> {
    let used: FxHashSet<&str> = operations
        .iter()
        .flat_map(|operation| operation.tags.iter().map(Text::as_str))
        .collect();
    let is_used = |tag: &&Node| tag.get_str("name").is_some_and(|name| used.contains(name));
    let kept: Vec<Node> = tags.as_list()?.iter().filter(is_used).cloned().collect();
    (!kept.is_empty()).then(|| Node::list(kept).at(Span::NONE))
}
