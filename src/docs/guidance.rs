//! What a reader wants to know beyond the tables: pages of results, limits, deprecation, resources nearby.

use std::collections::BTreeMap;

use super::index::last_part;
use super::methods::ListedMethod;
use super::page::{Page, Related, ResourcePage};
use super::prose;
use crate::mapping::SqlVerb;
use crate::provider::{Paging, Resource, Service, paging, setting};
use crate::source::{Node, Text};

/// Up to so many resources below the same parent are linked to each other; of more, the parent's page is the list.
const MAX_SIBLINGS: usize = 12;

/// Sentences on paging, limits and deprecation of a resource.
pub(super) fn sentences(service: &Service, resource: &Resource, listed: &[ListedMethod<'_>]) -> Vec<String> {
    let mut sentences = Vec::new();
    let deprecated: Vec<&str> = listed
        .iter()
        .filter(|method| method.is_deprecated())
        .map(|method| method.method.name.as_str())
        .collect();
    if !deprecated.is_empty() {
        sentences.push(format!("Deprecated by the API: {}.", prose::codes(&deprecated)));
    }
    let selects: Vec<_> = listed.iter().filter(|method| method.verb == SqlVerb::Select).collect();
    let mut known: Vec<(Paging, Vec<&str>)> = Vec::new();
    for method in &selects {
        if let Some(paging) = paging(service, resource, method.method) {
            let name = method.method.name.as_str();
            match known.iter_mut().find(|(other, _)| *other == paging) {
                Some((_, names)) => names.push(name),
                None => known.push((paging, vec![name])),
            }
        }
    }
    let pushdown = selects
        .iter()
        .find_map(|method| setting(service, resource, method.method, "queryParamPushdown"));
    let top = pushdown.and_then(|block| block.get("top"));
    for (paging, names) in &known {
        let of = (names.len() < selects.len()).then_some(names.as_slice());
        sentences.push(paging_words(paging, of));
    }
    if let Some(top) = top {
        let parameter = top.get_str("paramName").unwrap_or("$top");
        let most = top.get("maxValue").and_then(Node::scalar_text);
        let most = most.map_or_else(String::new, |most| format!(", {most} at most"));
        sentences.push(format!(
            "`LIMIT` is sent to the API as `{parameter}`{most}, so a small limit means a small answer."
        ));
    } else if !known.is_empty() {
        sentences.push("`LIMIT` shortens the result only: the pages are read all the same.".to_owned());
    }
    sentences
}

/// `of`: the methods that it is true of, where it is not true of all.
fn paging_words(paging: &Paging, of: Option<&[&str]>) -> String {
    let Paging {
        request,
        response,
        in_header,
    } = paging;
    let place = if *in_header {
        "header of the answer"
    } else {
        "of the answer"
    };
    let how = match (request.as_str(), response.as_str()) {
        ("", "") => String::new(),
        ("", response) => format!(" (the next one is named by the `{response}` {place})"),
        (request, "") => format!(" (parameter `{request}`)"),
        (request, response) => format!(" (`{response}` {place} becomes `{request}` of the next request)"),
    };
    let results = of.map_or_else(
        || "Results".to_owned(),
        |methods| format!("Results of {}", prose::codes(methods)),
    );
    format!(
        "{results} come in pages, which StackQL follows by itself{how}, 20 pages at most unless \
         `--http.response.pageLimit` says otherwise."
    )
}

/// Links resources whose paths contain each other: `/a/{id}/b` is a child of `/a/{id}`.
pub(super) fn relate(service: &Service, resources: &[Resource], pages: &mut [Page]) {
    let mut by_path: BTreeMap<String, usize> = BTreeMap::new();
    let mut paths: Vec<Vec<String>> = Vec::with_capacity(resources.len());
    for (index, resource) in resources.iter().enumerate() {
        let own: Vec<String> = resource
            .methods
            .values()
            .filter(|method| method.operation.find(&service.spec).is_some())
            .map(|method| template(&method.operation.path))
            .collect();
        for path in &own {
            by_path.entry(path.clone()).or_insert(index);
        }
        paths.push(own);
    }
    let mut links: Vec<(usize, usize, &'static str)> = Vec::new();
    for (index, own) in paths.iter().enumerate() {
        let parent = own.iter().find_map(|path| parent_of(path, index, &by_path));
        if let Some(parent) = parent {
            links.push((index, parent, "parent"));
            links.push((parent, index, "child"));
        }
    }
    let children: BTreeMap<usize, Vec<usize>> = links.iter().filter(|(_, _, relation)| *relation == "child").fold(
        BTreeMap::new(),
        |mut children, (parent, child, _)| {
            children.entry(*parent).or_default().push(*child);
            children
        },
    );
    for siblings in children.values().filter(|siblings| siblings.len() <= MAX_SIBLINGS) {
        for one in siblings {
            links.extend(
                siblings
                    .iter()
                    .filter(|other| *other != one)
                    .map(|other| (*one, *other, "sibling")),
            );
        }
    }
    let places: Vec<Nearby> = pages.iter().map(Nearby::new).collect();
    for (from, to, relation) in links {
        if let Page::Resource(page) = &mut pages[from] {
            push(page, &places[to], relation);
        }
    }
}

/// A page as others link to it.
struct Nearby {
    name: Text,
    file: String,
    summary: String,
}

impl Nearby {
    fn new(page: &Page) -> Self {
        Nearby {
            name: page.overview().name.clone(),
            file: format!("../{}/index.md", last_part(page.folder())),
            summary: page.summary(),
        }
    }
}

fn push(page: &mut ResourcePage, nearby: &Nearby, relation: &'static str) {
    if page.related.iter().all(|known| known.file != nearby.file) {
        page.related.push(Related {
            name: nearby.name.clone(),
            file: nearby.file.clone(),
            relation,
            summary: nearby.summary.clone(),
        });
    }
}

/// A path with its parameters made alike, without a slash at the end.
fn template(path: &str) -> String {
    let alike = |part: &str| {
        if part.contains('{') {
            "{}".to_owned()
        } else {
            part.to_owned()
        }
    };
    path.trim_end_matches('/')
        .split('/')
        .map(alike)
        .collect::<Vec<_>>()
        .join("/")
}

/// The resource with the longest path above this one that is not the same resource.
fn parent_of(path: &str, own: usize, by_path: &BTreeMap<String, usize>) -> Option<usize> {
    let mut above = path;
    while let Some((shorter, _)) = above.rsplit_once('/') {
        above = shorter;
        if let Some(found) = by_path.get(above).filter(|found| **found != own) {
            return Some(*found);
        }
    }
    None
}
