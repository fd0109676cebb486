//! The statements of the first page: those that ask least of the reader and show most, one of a service.

use super::examples::Examples;
use super::methods;
use super::page::{MethodRow, Page, Query, ResourcePage, ServicePages};
use super::prose;
use super::settings::ExampleValues;
use crate::mapping::SqlVerb;
use crate::provider::Provider;
use crate::source::Text;
use crate::sql::Target;

/// How many statements the page shows.
const QUERIES: usize = 3;

/// Fewer columns are hardly anything to see.
const FEW_COLUMNS: usize = 3;

/// A SELECT method of a page.
struct Candidate<'a> {
    service: usize,
    resource: usize,
    method: &'a Text,
    effort: Effort,
}

/// What a statement asks of its reader: an API that goes away, required values, one row of many, nothing to know the rows
/// by, hardly anything to see, length.
type Effort = (bool, usize, bool, bool, bool, usize);

/// The statements, with what is required and nothing else.
pub(super) fn queries(provider: &Provider, services: &[ServicePages]) -> Vec<Query> {
    let mut found: Vec<Candidate<'_>> = services
        .iter()
        .enumerate()
        .filter_map(|(service, pages)| {
            let candidates = pages
                .pages
                .iter()
                .enumerate()
                .filter_map(|(resource, page)| match page {
                    Page::Resource(page) => easiest(page).map(|(method, effort)| Candidate {
                        service,
                        resource,
                        method,
                        effort,
                    }),
                    Page::View(_) => None,
                });
            candidates.min_by_key(|candidate| candidate.effort)
        })
        .collect();
    found.sort_by_key(|candidate| candidate.effort);
    let queries = found.iter().filter_map(|candidate| query(provider, candidate));
    queries.take(QUERIES).collect()
}

fn easiest(page: &ResourcePage) -> Option<(&Text, Effort)> {
    let select = page.examples.iter().find(|section| section.key == "select")?;
    let efforts = select.tabs.iter().filter_map(|tab| {
        let is_of_tab = |row: &&MethodRow| row.verb == "select" && row.name == tab.method;
        let row = page.methods.iter().find(is_of_tab)?;
        let columns: Vec<&str> = tab
            .sql
            .as_ref()?
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with("FROM "))
            .map(|line| line.trim_end_matches(','))
            .collect();
        let effort = (
            row.is_deprecated,
            row.required.len(),
            !tab.method.starts_with("list"),
            !columns.iter().any(|column| matches!(*column, "id" | "name")),
            columns.len() < FEW_COLUMNS,
            columns.iter().map(|column| column.len()).sum(),
        );
        Some((&tab.method, effort))
    });
    efforts.min_by_key(|(_, effort)| *effort)
}

fn query(provider: &Provider, candidate: &Candidate<'_>) -> Option<Query> {
    let service = &provider.services[candidate.service];
    let resource = &service.resources[candidate.resource];
    let listed = methods::list(service, resource);
    let method = listed
        .iter()
        .find(|listed| listed.verb == SqlVerb::Select && listed.method.name == *candidate.method)?;
    let examples = Examples {
        target: Target {
            provider: provider.name.clone(),
            service: service.name.clone(),
            resource: resource.key.clone(),
        },
        values: ExampleValues::Plausible,
        only_filled: false,
        structured: Vec::new(),
    };
    let (sql, wanted) = examples.shortest_select(method)?;
    let yours = match wanted.len() {
        0 => String::new(),
        1 => format!(", with a value of yours for {}", prose::codes(&wanted)),
        _ => format!(", with values of yours for {}", prose::codes(&wanted)),
    };
    Some(Query {
        title: format!("Query `{}` of the `{}` service{yours}:", resource.key, service.name),
        sql,
    })
}
