//! The first page of a provider.

use super::page::{Header, IndexEntry, LandingPage, Page, Query, ServerVariableRow, ServicePages};
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
    let entries = services.iter().map(|service| IndexEntry {
        name: service.index.name.clone(),
        folder: index::last_part(&service.index.folder).to_owned(),
        summary: counted(service.index.resource_count, service.index.resource_word),
    });
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
        columns: index::columns(&entries.collect::<Vec<_>>()),
        title,
    }
}

/// The provider's name for people.
pub(super) fn title(provider: &Provider, settings: &SiteSettings) -> Text {
    let written = settings.title.clone().filter(|title| !title.trim().is_empty());
    let own = Some(provider.title.clone()).filter(|title| !title.trim().is_empty());
    written.or(own).unwrap_or_else(|| provider.name.clone())
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}")
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

/// The first example of the resources that ask least of the reader.
fn queries(services: &[ServicePages]) -> Vec<Query> {
    let mut found: Vec<(usize, Query)> = Vec::new();
    for service in services {
        let candidates = service.pages.iter().filter_map(|page| match page {
            Page::Resource(page) => Some(page),
            Page::View(_) => None,
        });
        let easiest = candidates
            .filter_map(|page| {
                let select = page.examples.iter().find(|section| section.key == "select")?;
                let row = |name: &Text| {
                    page.methods
                        .iter()
                        .find(|row| row.verb == "select" && row.name == *name)
                };
                let (needed, sql) = select
                    .tabs
                    .iter()
                    .filter_map(|tab| Some((row(&tab.method)?.required.len(), tab.sql.as_ref()?)))
                    .min_by_key(|(needed, _)| *needed)?;
                let title = format!("Query {} of the {} service:", page.overview.name, service.index.name);
                Some((
                    needed,
                    Query {
                        title,
                        sql: sql.clone(),
                    },
                ))
            })
            .min_by_key(|(needed, query)| (*needed, query.sql.len()));
        found.extend(easiest);
    }
    found.sort_by_key(|(needed, _)| *needed);
    found.into_iter().take(QUERIES).map(|(_, query)| query).collect()
}
