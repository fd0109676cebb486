//! What is run: every statement of the pages, and a walk through everything that can be listed.

use crate::docs::{ExampleTab, Page, Site};
use crate::mapping::SqlVerb;
use crate::provider::{Provider, Resource, Service};
use crate::source::Text;
use crate::sql::{NamePlace, quoted};

/// A statement and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The service; empty for statements about the provider.
    pub service: Text,
    /// The resource; empty for statements about a service.
    pub resource: Text,
    /// The method that it is meant to reach; empty for views and for statements that reach none.
    pub method: Text,
    /// What it does.
    pub kind: Kind,
    /// The text, perhaps with placeholders.
    pub sql: String,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A documented statement of a method.
    Method(SqlVerb),
    /// A documented statement of a view.
    View,
    /// `SHOW SERVICES`
    Services,
    /// `SHOW RESOURCES`
    Resources,
    /// `SHOW METHODS`
    Methods,
    /// `DESCRIBE EXTENDED`
    Describe,
    /// `DESCRIBE METHOD`
    DescribeMethod,
}

impl Kind {
    /// Whether the runtime answers it out of the documents, without a request.
    #[must_use]
    pub fn is_listing(self) -> bool {
        !matches!(self, Kind::Method(_) | Kind::View)
    }
}

impl Example {
    /// `service.resource.method (verb)`, as reports show it.
    #[must_use]
    pub fn label(&self) -> String {
        let place: Vec<&str> = [&self.service, &self.resource, &self.method]
            .into_iter()
            .map(Text::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let what = match self.kind {
            Kind::Method(verb) => verb.as_str(),
            Kind::View => "view",
            Kind::Services => "show services",
            Kind::Resources => "show resources",
            Kind::Methods => "show methods",
            Kind::Describe => "describe",
            Kind::DescribeMethod => "describe method",
        };
        if place.is_empty() {
            return what.to_owned();
        }
        format!("{} ({what})", place.join("."))
    }
}

/// Every statement of the pages, in page order.
#[must_use]
pub fn examples(provider: &Provider, site: &Site) -> Vec<Example> {
    let mut examples = Vec::new();
    // The pages stand in the order of the services and their resources.
    for (service, pages) in provider.services.iter().zip(&site.services) {
        for (resource, page) in service.resources.iter().zip(&pages.pages) {
            of_page(service, resource, page, &mut examples);
        }
    }
    examples
}

fn of_page(service: &Service, resource: &Resource, page: &Page, examples: &mut Vec<Example>) {
    let mut add = |method: &Text, kind: Kind, sql: &str| {
        examples.push(Example {
            service: service.name.clone(),
            resource: resource.key.clone(),
            method: method.clone(),
            kind,
            sql: sql.to_owned(),
        });
    };
    match page {
        Page::View(page) => {
            if let Some(sql) = &page.sql {
                add(&Text::new(), Kind::View, sql);
            }
        }
        Page::Resource(page) => {
            let tabs = page.examples.iter().flat_map(|section| &section.tabs);
            for ExampleTab { method, sql, .. } in tabs.chain(&page.lifecycle) {
                if let Some(sql) = sql {
                    add(method, Kind::Method(verb_of(sql)), sql);
                }
            }
        }
    }
}

fn verb_of(sql: &str) -> SqlVerb {
    let first = sql.split_whitespace().next().unwrap_or_default();
    first.parse().unwrap_or(SqlVerb::Exec)
}

/// A walk through everything: services, resources, methods, and what can be described.
#[must_use]
pub fn walk(provider: &Provider) -> Vec<Example> {
    let example = |service: &Text, resource: &Text, method: &Text, kind: Kind, sql: String| Example {
        service: service.clone(),
        resource: resource.clone(),
        method: method.clone(),
        kind,
        sql,
    };
    let none = Text::new();
    let root = quoted(&provider.name, NamePlace::Provider).into_owned();
    let mut walk = vec![example(
        &none,
        &none,
        &none,
        Kind::Services,
        format!("SHOW SERVICES IN {root};"),
    )];
    for service in &provider.services {
        let below = format!("{root}.{}", quoted(&service.name, NamePlace::Table));
        walk.push(example(
            &service.name,
            &none,
            &none,
            Kind::Resources,
            format!("SHOW RESOURCES IN {below};"),
        ));
        for resource in &service.resources {
            let table = format!("{below}.{}", quoted(&resource.key, NamePlace::Table));
            let add = |walk: &mut Vec<Example>, method: &Text, kind, sql| {
                walk.push(example(&service.name, &resource.key, method, kind, sql));
            };
            if !resource.methods.is_empty() {
                add(&mut walk, &none, Kind::Methods, format!("SHOW METHODS IN {table};"));
            }
            if !resource.verbs.listed(SqlVerb::Select).is_empty() || !resource.views.is_empty() {
                add(&mut walk, &none, Kind::Describe, format!("DESCRIBE EXTENDED {table};"));
            }
            for name in resource.methods.keys() {
                let sql = format!("DESCRIBE METHOD {table}.{};", quoted(name, NamePlace::Table));
                add(&mut walk, name, Kind::DescribeMethod, sql);
            }
        }
    }
    walk
}
