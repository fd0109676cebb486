//! The first page of a provider.

use super::page::{Header, IndexEntry, LandingPage, Page, Query, ResourcePage, ServerVariableRow, ServicePages};
use super::resource::topics;
use super::settings::SiteSettings;
use super::{authentication, index, prose};
use crate::provider::Provider;
use crate::source::Text;

/// How many statements the page shows.
const QUERIES: usize = 3;

/// The first page, from the pages behind it.
pub(super) fn page(
    provider: &Provider,
    services: &[ServicePages],
    settings: &SiteSettings,
    image: &Text,
) -> LandingPage {
    let title = title(provider, settings);
    let description = prose::one_line(&provider.description);
    let mut entries: Vec<IndexEntry> = services
        .iter()
        .map(|service| index::service_entry(&service.index))
        .collect();
    entries.sort_by_cached_key(|entry| index::alphabetical(&entry.name));
    let resources = || services.iter().flat_map(|service| &service.pages);
    let method_count = resources().map(|page| match page {
        Page::Resource(page) => page.methods.len(),
        Page::View(_) => 0,
    });
    LandingPage {
        header: Header {
            title: provider.name.clone(),
            keywords: std::iter::once(provider.name.clone()).chain(topics()).collect(),
            description: format!("Query, deploy and manage {title} resources using SQL"),
            image: image.clone(),
        },
        provider: provider.name.clone(),
        version: provider.version.clone(),
        description: if description.is_empty() {
            format!("Query, deploy and manage {title} resources using SQL.")
        } else {
            description
        },
        introduction: settings.texts.introduction.clone(),
        service_count: services.len(),
        resource_count: resources().count(),
        method_count: method_count.sum(),
        authentication: authentication::describe(&provider.name, provider.config.get("auth")),
        server_variables: server_variables(provider),
        queries: queries(services),
        parts: None,
        columns: index::columns(&entries),
        title,
    }
}

/// The provider's name for people.
pub(super) fn title(provider: &Provider, settings: &SiteSettings) -> Text {
    let written = settings.title.clone().filter(|title| !title.trim().is_empty());
    let own = Some(provider.title.clone()).filter(|title| !title.trim().is_empty());
    written.or(own).unwrap_or_else(|| provider.name.clone())
}

/// The variables of all servers, each name once.
fn server_variables(provider: &Provider) -> Vec<ServerVariableRow> {
    let mut rows: Vec<ServerVariableRow> = Vec::new();
    for service in &provider.services {
        for variable in service.spec.servers.iter().take(1).flat_map(|server| &server.variables) {
            if rows.iter().all(|known| known.name != variable.name) {
                rows.push(ServerVariableRow {
                    name: variable.name.clone(),
                    description: prose::one_line(variable.description.as_deref().unwrap_or_default()),
                    default: variable.default.as_deref().unwrap_or_default().to_owned(),
                });
            }
        }
    }
    rows
}

/// The examples of the resources that ask least of the reader and show most, one of a service.
fn queries(services: &[ServicePages]) -> Vec<Query> {
    let mut found: Vec<(Effort, Query)> = services
        .iter()
        .filter_map(|service| {
            let candidates = service.pages.iter().filter_map(|page| match page {
                Page::Resource(page) => Some(page),
                Page::View(_) => None,
            });
            let easiest = candidates.filter_map(|page| {
                let (effort, sql) = easiest(page)?;
                let title = format!(
                    "Query `{}` of the `{}` service:",
                    page.overview.name, service.index.name
                );
                Some((
                    effort,
                    Query {
                        title,
                        sql: sql.clone(),
                    },
                ))
            });
            easiest.min_by_key(|(effort, _)| *effort)
        })
        .collect();
    found.sort_by_key(|(effort, _)| *effort);
    found.into_iter().take(QUERIES).map(|(_, query)| query).collect()
}

/// What a statement asks of its reader: required values, hardly anything to see, length.
type Effort = (usize, bool, usize);

fn easiest(page: &ResourcePage) -> Option<(Effort, &String)> {
    const FEW_COLUMNS: usize = 3;
    let select = page.examples.iter().find(|section| section.key == "select")?;
    let efforts = select.tabs.iter().filter_map(|tab| {
        let row = page
            .methods
            .iter()
            .find(|row| row.verb == "select" && row.name == tab.method)?;
        let sql = tab.sql.as_ref()?;
        let columns = sql
            .lines()
            .take_while(|line| !line.starts_with("FROM "))
            .count()
            .saturating_sub(1);
        Some(((row.required.len(), columns < FEW_COLUMNS, sql.len()), sql))
    });
    efforts.min_by_key(|(effort, _)| *effort)
}
