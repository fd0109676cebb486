//! The pages of a provider as data: what each says, in which order, with which links. No Markdown, no escaping.
//!
//! [`build`] is a pure function of the provider and the owner's settings. A page is made from the methods of its resource
//! (`methods`), which give the tables (`fields`, `parameters`), the statements (`examples`) and the links between them.

mod authentication;
mod example_values;
mod examples;
mod field_tabs;
mod fields;
mod first_queries;
mod folder;
mod guidance;
mod index;
mod landing;
pub(crate) mod markup;
mod methods;
mod page;
mod parameters;
mod parts;
mod prose;
mod related;
mod resource;
mod settings;
mod view;

use rayon::prelude::*;

use crate::provider::{Provider, Service};
use folder::Folders;
use resource::Place;

pub use page::{
    Authentication, AuthenticationVariable, Definition, ExampleSection, ExampleTab, FieldFile, FieldRow, FieldTab,
    Header, Imports, IndexEntry, LandingPage, Lead, Manifest, ManifestProperty, MethodRow, Overview, Page,
    PageDocument, ParameterLink, ParameterRow, PartLink, PartPage, Query, Related, ResourcePage, ServerVariableRow,
    ServicePage, ServicePages, Site, ViewPage, page_schema,
};
pub use settings::{ExampleValues, Guidance, HandWritten, ProjectSettings, SiteSettings, Style};

/// All pages of a provider. Every resource gets a page, however little is known of it.
#[must_use]
pub fn build(provider: &Provider, settings: &SiteSettings) -> Site {
    let image = settings
        .image
        .clone()
        .unwrap_or_else(|| ecow::eco_format!("/img/stackql-{}-provider-featured-image.png", provider.name));
    let mut folders = Folders::default();
    let placed: Vec<(String, &Service)> = provider
        .services
        .iter()
        .map(|service| (format!("services/{}", folders.folder(&service.name)), service))
        .collect();
    let mut services: Vec<ServicePages> = placed
        .into_par_iter()
        .map(|(folder, service)| {
            let place = Place {
                provider: &provider.name,
                service,
                settings,
                image: &image,
            };
            service_pages(place, folder)
        })
        .collect();
    if settings.guidance == Guidance::On {
        related::relate(provider, &mut services);
    }
    let title = landing::title(provider, settings);
    let common = parts::Common {
        provider: &provider.name,
        title: &title,
        image: &image,
    };
    let parts = settings
        .part_pages
        .map_or_else(Vec::new, |limit| parts::parts(common, &services, limit));
    let mut landing = landing::page(provider, &services, settings, &image);
    parts::announce(&parts, &mut landing);
    Site {
        provider: provider.name.clone(),
        version: provider.version.clone(),
        title,
        style: settings.style,
        landing,
        parts,
        services,
    }
}

fn service_pages(place: Place<'_>, folder: String) -> ServicePages {
    let mut folders = Folders::default();
    let resources = &place.service.resources;
    let placed: Vec<String> = resources
        .iter()
        .map(|resource| format!("{folder}/{}", folders.folder(&resource.key)))
        .collect();
    let pages: Vec<Page> = resources
        .par_iter()
        .zip(placed)
        .map(|(resource, folder)| {
            if resource.methods.is_empty() && !resource.views.is_empty() {
                Page::View(Box::new(view::page(place, resource, folder)))
            } else {
                Page::Resource(Box::new(resource::page(place, resource, folder)))
            }
        })
        .collect();
    ServicePages {
        index: index::service(place, folder, &pages),
        pages,
    }
}

/// The name and folder of a page.
impl Page {
    /// The folder of the page.
    #[must_use]
    pub fn folder(&self) -> &str {
        match self {
            Page::Resource(page) => &page.folder,
            Page::View(page) => &page.folder,
        }
    }

    /// What the page is about.
    #[must_use]
    pub fn overview(&self) -> &Overview {
        match self {
            Page::Resource(page) => &page.overview,
            Page::View(page) => &page.overview,
        }
    }

    /// What the resource is and which verbs reach it, in one line for indexes.
    #[must_use]
    pub fn summary(&self) -> String {
        match self {
            Page::Resource(page) => page.summary.clone(),
            Page::View(page) => page.summary.clone(),
        }
    }

    /// All statements of the page.
    #[must_use]
    pub fn statements(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Page::Resource(page) => {
                let tabs = page.examples.iter().flat_map(|section| &section.tabs);
                Box::new(tabs.chain(&page.lifecycle).flat_map(|tab| {
                    let both = [tab.sql.as_deref(), tab.filled.as_deref()];
                    both.into_iter().flatten()
                }))
            }
            Page::View(page) => Box::new(page.sql.as_deref().into_iter()),
        }
    }
}
