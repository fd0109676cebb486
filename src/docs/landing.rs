//! The first page of a provider.

use std::collections::BTreeSet;

use super::page::{Header, IndexEntry, LandingPage, Page, ServerVariableRow, ServicePages};
use super::resource::topics;
use super::settings::SiteSettings;
use super::{authentication, first_queries, index, prose};
use crate::openapi::Server;
use crate::provider::{Provider, Service};
use crate::source::Text;

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
        // One that two verbs reach has a row for each.
        Page::Resource(page) => page.methods.iter().map(|row| &row.name).collect::<BTreeSet<_>>().len(),
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
        queries: first_queries::queries(provider, services),
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

/// The variables of all servers that requests go to, each name once.
fn server_variables(provider: &Provider) -> Vec<ServerVariableRow> {
    let mut rows: Vec<ServerVariableRow> = Vec::new();
    for server in provider.services.iter().flat_map(servers) {
        for variable in &server.variables {
            let default = variable.default.as_deref().unwrap_or_default();
            let known = rows.iter_mut().find(|known| known.name == variable.name);
            match known {
                Some(row) if default.is_empty() || row.defaults.iter().any(|other| other == default) => {}
                Some(row) => row.defaults.push(default.to_owned()),
                None => rows.push(ServerVariableRow {
                    name: variable.name.clone(),
                    description: prose::one_line(variable.description.as_deref().unwrap_or_default()),
                    defaults: Some(default.to_owned())
                        .filter(|default| !default.is_empty())
                        .into_iter()
                        .collect(),
                }),
            }
        }
    }
    rows
}

/// The server of the document, and those of the operations that resources use. Of several the first counts.
fn servers(service: &Service) -> impl Iterator<Item = &Server> {
    let methods = service.resources.iter().flat_map(|resource| resource.methods.values());
    let of_methods = methods.filter_map(|method| method.operation.find(&service.spec)?.servers.first());
    service.spec.servers.first().into_iter().chain(of_methods)
}
