//! Pages as files, for the commands that write them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::build::chain;
use crate::diagnostic::Diagnostic;
use crate::docs::{HandWritten, ProjectSettings, Site, SiteSettings};
use crate::output::FileTree;
use crate::render::{self, Templates};

/// Texts that people keep in a folder: `intro.md`, `services/<service>.md`, and for resources
/// `resources/<service>/<resource>.md` or `resources/<service>.<resource>.md`.
#[must_use]
pub fn texts(introduction: Option<String>, folder: &Path) -> HandWritten {
    let [intro, services, resources] = text_places(folder);
    let mut of_resources = texts_in(&resources);
    for entry in std::fs::read_dir(&resources).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            let service = entry.file_name().to_string_lossy().into_owned();
            let of_service = texts_in(&entry.path()).into_iter();
            of_resources.extend(of_service.map(|(resource, text)| (format!("{service}.{resource}"), text)));
        }
    }
    HandWritten {
        introduction: introduction.or_else(|| text(&intro)),
        services: texts_in(&services),
        resources: of_resources,
    }
}

/// Where [`texts`] looks: the introduction, the folder of the services, that of the resources.
#[must_use]
pub fn text_places(folder: &Path) -> [PathBuf; 3] {
    ["intro.md", "services", "resources"].map(|name| folder.join(name))
}

/// The Markdown files of a folder by their names without the end.
fn texts_in(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| {
        let path = entry.path();
        let name = path.file_stem()?.to_string_lossy().into_owned();
        let is_markdown = path.extension().is_some_and(|extension| extension == "md");
        is_markdown.then(|| text(&path)).flatten().map(|text| (name, text))
    });
    texts.collect()
}

/// A text, unless there is nothing in it.
fn text(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

/// Findings about texts that no page shows, because nothing is called so.
fn homeless(site: &Site, texts: &HandWritten) -> Vec<Diagnostic> {
    let has_service = |name: &str| site.services.iter().any(|service| service.index.name == name);
    let has_resource = |name: &str| {
        let id = format!("{}.{name}", site.provider);
        let mut pages = site.services.iter().flat_map(|service| &service.pages);
        pages.any(|page| page.overview().id == id)
    };
    let services = texts.services.keys().filter(|name| !has_service(name));
    let resources = texts.resources.keys().filter(|name| !has_resource(name));
    let finding = |kind: &str, name: &String| {
        Diagnostic::warning(
            "homeless-text",
            format!("there is no {kind} `{name}` that the text for it could stand on"),
        )
        .help("rename the text, or remove it")
    };
    let of_services = services.map(|name| finding("service", name));
    of_services
        .chain(resources.map(|name| finding("resource", name)))
        .collect()
}

/// Findings about services that alone have more pages than are built at once: a service is not divided.
fn oversized(site: &Site, limit: Option<usize>) -> Vec<Diagnostic> {
    let services = site
        .services
        .iter()
        .map(|service| (&service.index.name, service.page_count()));
    services
        .filter(|(_, pages)| limit.is_some_and(|limit| *pages >= limit))
        .map(|(name, pages)| {
            Diagnostic::warning(
                "large-service",
                format!("the service `{name}` alone has {pages} pages, more than a part of a site should have"),
            )
            .help("divide the service, or allow parts of more pages")
        })
        .collect()
}

/// The files of a site: the pages alone, or with a project around them. Each page compiles; findings name those that
/// do so only without what people wrote, and those that are too large.
///
/// # Errors
/// The finding about a template that asks for what a page does not have.
pub fn files(
    site: &Site,
    templates: &Templates,
    settings: &SiteSettings,
    project: Option<&ProjectSettings>,
) -> Result<(FileTree, Vec<Diagnostic>), Diagnostic> {
    let wrong = |error: render::TemplateError| Diagnostic::error("template", chain(&error));
    let pages = render::proven(site, templates).map_err(wrong)?;
    let mended = pages.mended.iter().map(|error| {
        Diagnostic::error("broken-page", format!("the page does not compile: {error}")).help(
            "the page is written without its hand-written text and with the built-in template; mend the text or the \
             template",
        )
    });
    let large = pages.large.iter().map(|(page, size)| {
        Diagnostic::warning("large-page", format!("`{page}` has {} kB", size / 1000))
            .help("show fewer levels of fields, or use the style `schema-table`, which moves them into a file")
    });
    let findings = mended
        .chain(large)
        .chain(homeless(site, &settings.texts))
        .chain(oversized(site, settings.part_pages))
        .collect();
    let files = match project {
        Some(project) => render::project(site, pages.tree, project).map_err(wrong)?,
        None => pages.tree,
    };
    Ok((files, findings))
}
