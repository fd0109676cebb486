//! Resources nearby: `/a/{id}/b` is a child of the resource that answers `/a/{id}`, in its own service or in another one.

use std::collections::BTreeMap;

use super::index::last_part;
use super::page::{Page, Related, ServicePages};
use crate::diagnostic::counted;
use crate::openapi::{HttpVerb, Operation};
use crate::provider::{Provider, Resource, Service};

/// Up to so many children of the same parent in one service are linked to each other, and up to so many children in other
/// services one by one; of more, the page that lists them is linked.
const MAX_SINGLE: usize = 12;

/// So many parents at most: a resource may be reached through an organisation, a repository and a user.
const MAX_PARENTS: usize = 4;

/// Up to so many services with children of one resource are linked; of more, the list of all services is.
const MAX_SERVICES: usize = 40;

/// A resource by its place: that of the service, and its own in there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    service: usize,
    resource: usize,
}

/// A path that a resource answers.
#[derive(Debug)]
struct Answer {
    place: Place,
    /// The path, its parameters made alike.
    path: String,
    /// The address of the server, its variables made alike.
    server: String,
    /// Whether a GET reads what is there.
    reads: bool,
}

/// The parents of resources.
type Parents = BTreeMap<Place, Vec<Place>>;

/// Children by their parents, both in the order of the provider.
type Children = BTreeMap<Place, Vec<Place>>;

/// Links the pages of resources whose paths contain each other.
///
/// Within a service any path above counts. In another service one does only where it ends in a parameter, the same
/// server answers it and a GET reads it: what stands at `/v1` or `/things` need not be what the paths below belong to.
pub(super) fn relate(provider: &Provider, services: &mut [ServicePages]) {
    let parents = parents(provider);
    let mut children = Children::new();
    for (child, parents) in &parents {
        for parent in parents {
            children.entry(*parent).or_default().push(*child);
        }
    }
    let near = Near {
        services,
        parents: &parents,
        children: &children,
    };
    let found: Vec<(Place, Vec<Related>)> = places(services).map(|place| (place, near.related(place))).collect();
    for (place, related) in found {
        if let Page::Resource(page) = &mut services[place.service].pages[place.resource] {
            page.related = related;
        }
    }
}

fn places(services: &[ServicePages]) -> impl Iterator<Item = Place> {
    services.iter().enumerate().flat_map(|(service, pages)| {
        let resources = 0..pages.pages.len();
        resources.map(move |resource| Place { service, resource })
    })
}

/// The parents of each resource that has any, those of its own service first, then in the order of its methods.
fn parents(provider: &Provider) -> Parents {
    let mut answers: Vec<Answer> = Vec::new();
    for (index, service) in provider.services.iter().enumerate() {
        for (resource, of_resource) in service.resources.iter().enumerate() {
            let place = Place {
                service: index,
                resource,
            };
            answers.extend(answers_of(service, of_resource, place));
        }
    }
    let mut by_path: BTreeMap<&str, Vec<&Answer>> = BTreeMap::new();
    for answer in &answers {
        by_path.entry(&answer.path).or_default().push(answer);
    }
    let mut parents = Parents::new();
    for answer in &answers {
        if let Some(parent) = parent_of(answer, &by_path) {
            let known = parents.entry(answer.place).or_default();
            if !known.contains(&parent) {
                known.push(parent);
            }
        }
    }
    for (place, parents) in &mut parents {
        parents.sort_by_key(|parent| parent.service != place.service);
        parents.truncate(MAX_PARENTS);
    }
    parents
}

fn answers_of(service: &Service, resource: &Resource, place: Place) -> impl Iterator<Item = Answer> {
    let methods = resource.methods.values();
    let operations = methods.filter_map(|method| method.operation.find(&service.spec));
    operations.map(move |operation| Answer {
        place,
        path: template(&operation.path),
        server: server(operation),
        reads: operation.verb == HttpVerb::Get,
    })
}

/// The resource with the longest path above this one that is not the same resource.
fn parent_of(answer: &Answer, by_path: &BTreeMap<&str, Vec<&Answer>>) -> Option<Place> {
    let mut above = answer.path.as_str();
    while let Some((shorter, _)) = above.rsplit_once('/') {
        above = shorter;
        let there = by_path.get(above).map_or(&[][..], Vec::as_slice);
        let near = || there.iter().filter(|other| other.place.service == answer.place.service);
        let found = match near().find(|other| other.reads).or_else(|| near().next()) {
            Some(near) => Some(near.place).filter(|place| *place != answer.place),
            None if above.ends_with("/{}") => {
                let mut far = there
                    .iter()
                    .filter(|other| other.reads && other.server == answer.server);
                far.next().map(|far| far.place)
            }
            None => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A path with its parameters made alike, without a slash at the end.
fn template(path: &str) -> String {
    let alike = |part| if str::contains(part, '{') { "{}" } else { part };
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').map(alike).collect();
    parts.join("/")
}

/// The address of the server that counts, its variables made alike.
fn server(operation: &Operation) -> String {
    let url = operation.servers.first().map_or("", |server| &server.url);
    let mut alike = String::with_capacity(url.len());
    let mut depth = 0_usize;
    for character in url.trim_end_matches('/').chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => alike.push(character),
            _ => continue,
        }
        if character == '{' && depth == 1 {
            alike.push_str("{}");
        }
    }
    alike
}

/// What is near to a resource.
struct Near<'a> {
    services: &'a [ServicePages],
    parents: &'a Parents,
    children: &'a Children,
}

impl Near<'_> {
    /// The parents, the children, those that share the first parent within the service; each once.
    fn related(&self, own: Place) -> Vec<Related> {
        let parents = self.parents.get(&own).map_or(&[][..], Vec::as_slice);
        let mut related: Vec<Related> = parents.iter().map(|parent| self.link(own, *parent, "parent")).collect();
        let (near, far): (Vec<Place>, Vec<Place>) =
            self.children_of(own).partition(|child| child.service == own.service);
        related.extend(near.iter().map(|child| self.link(own, *child, "child")));
        related.extend(self.far_children(own, &far));
        let siblings: Vec<Place> = parents
            .first()
            .into_iter()
            .flat_map(|parent| self.children_of(*parent))
            .filter(|sibling| sibling.service == own.service)
            .collect();
        if siblings.len() <= MAX_SINGLE {
            let others = siblings.iter().filter(|sibling| **sibling != own);
            related.extend(others.map(|sibling| self.link(own, *sibling, "sibling")));
        }
        let mut unique: Vec<Related> = Vec::with_capacity(related.len());
        for link in related {
            if unique.iter().all(|known| known.file != link.file) {
                unique.push(link);
            }
        }
        unique
    }

    fn children_of(&self, parent: Place) -> impl Iterator<Item = Place> {
        self.children.get(&parent).into_iter().flatten().copied()
    }

    /// Children in other services: a few one by one, of many the services, of very many services the list of all.
    fn far_children(&self, own: Place, children: &[Place]) -> Vec<Related> {
        if children.len() <= MAX_SINGLE {
            return children.iter().map(|child| self.link(own, *child, "child")).collect();
        }
        let services: Vec<&[Place]> = children.chunk_by(|one, next| one.service == next.service).collect();
        if services.len() > MAX_SERVICES {
            return vec![Related {
                name: "all services".into(),
                file: "../../../index.md".to_owned(),
                relation: "services",
                summary: format!("{} of them have children of this resource", services.len()),
            }];
        }
        let link = |of_service: &[Place]| match of_service {
            [only] => self.link(own, *only, "child"),
            several => {
                let index = &self.services[several[0].service].index;
                Related {
                    name: index.name.clone(),
                    file: format!("../../{}/index.md", last_part(&index.folder)),
                    relation: "service",
                    summary: format!("{} below this one", counted(several.len(), "resource")),
                }
            }
        };
        services.into_iter().map(link).collect()
    }

    /// The link from one page to another.
    fn link(&self, from: Place, to: Place, relation: &'static str) -> Related {
        let service = &self.services[to.service];
        let page = &service.pages[to.resource];
        let (name, folder) = (&page.overview().name, last_part(page.folder()));
        let (name, file) = if from.service == to.service {
            (name.clone(), format!("../{folder}/index.md"))
        } else {
            let of_service = last_part(&service.index.folder);
            (
                ecow::eco_format!("{}.{name}", service.index.name),
                format!("../../{of_service}/{folder}/index.md"),
            )
        };
        Related {
            name,
            file,
            relation,
            summary: page.summary(),
        }
    }
}
