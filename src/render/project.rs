//! A site that can be published: the pages with a Docusaurus project around them, and each page once more for programs.
//!
//! The files of the project are the same for all providers (`templates/site`); what is particular to one stands in
//! `site.json`, which the configuration reads. A site in parts is several such projects ([`parts`]).

use rayon::prelude::*;

use super::parts::{self, Places};
use super::templates::{TemplateError, Templates};
use crate::docs::{Page, PageDocument, ProjectSettings, Related, ResourcePage, Site};
use crate::output::FileTree;

/// Where the pages lie in a project.
const PAGES: &str = "docs";

/// Above this many resources the overview for language models lists the services only; their pages list the rest.
const MAX_LISTED: usize = 500;

/// The files that are the same for all providers.
const FILES: [(&str, &str); 17] = [
    (".gitignore", include_str!("../../templates/site/.gitignore")),
    ("package.json", include_str!("../../templates/site/package.json")),
    (
        "package-lock.json",
        include_str!("../../templates/site/package-lock.json"),
    ),
    (
        "docusaurus.config.js",
        include_str!("../../templates/site/docusaurus.config.js"),
    ),
    ("sidebars.js", include_str!("../../templates/site/sidebars.js")),
    (
        "i18n/en/code.json",
        include_str!("../../templates/site/i18n/en/code.json"),
    ),
    (
        "src/code-colors.js",
        include_str!("../../templates/site/src/code-colors.js"),
    ),
    (
        "src/scrollable.js",
        include_str!("../../templates/site/src/scrollable.js"),
    ),
    ("src/ids.js", include_str!("../../templates/site/src/ids.js")),
    (
        "src/theme/MDXComponents/index.jsx",
        include_str!("../../templates/site/src/theme/MDXComponents/index.jsx"),
    ),
    (
        "src/css/custom.css",
        include_str!("../../templates/site/src/css/custom.css"),
    ),
    (
        "src/components/CopyableCode/CopyableCode.jsx",
        include_str!("../../templates/site/src/components/CopyableCode/CopyableCode.jsx"),
    ),
    (
        "src/components/CopyableCode/CopyableCode.module.css",
        include_str!("../../templates/site/src/components/CopyableCode/CopyableCode.module.css"),
    ),
    (
        "src/components/SchemaTable/SchemaTable.jsx",
        include_str!("../../templates/site/src/components/SchemaTable/SchemaTable.jsx"),
    ),
    (
        "src/components/SchemaTable/SchemaTable.module.css",
        include_str!("../../templates/site/src/components/SchemaTable/SchemaTable.module.css"),
    ),
    (
        "src/theme/DocItem/Footer/index.jsx",
        include_str!("../../templates/site/src/theme/DocItem/Footer/index.jsx"),
    ),
    (
        "static/img/favicon.svg",
        include_str!("../../templates/site/static/img/favicon.svg"),
    ),
];

/// The project around rendered pages: one, or for a site in parts one for its first page with one for each part below it.
///
/// # Errors
/// None in practice: the templates of plain pages are built in, and tests render them.
pub fn project(site: &Site, pages: FileTree, settings: &ProjectSettings) -> Result<FileTree, TemplateError> {
    let places = Places::of(site);
    let mut tree = FileTree::new();
    for root in places.roots() {
        for (path, content) in FILES {
            tree.insert(format!("{root}{path}"), content);
        }
        for (name, content) in &settings.images {
            tree.insert(format!("{root}static/img/{name}"), content.clone());
        }
    }
    parts::frame(&mut tree, site, &places, settings);
    tree.insert("static/llms.txt", overview(site, &places, settings));
    for (page, plain, json) in twins(site, &places)? {
        let (root, place) = places.twin(page);
        tree.insert(format!("{root}static/{place}.md"), plain);
        tree.insert(format!("{root}static/{place}.json"), json);
    }
    for (path, content) in pages.iter() {
        let (root, place) = places.page(path);
        tree.insert(format!("{root}{PAGES}/{place}"), content);
    }
    Ok(tree)
}

/// Each page as plain Markdown and as JSON, under the path of its page. Their links lead to where the pages are
/// published.
fn twins<'a>(site: &'a Site, places: &Places<'_>) -> Result<Vec<(&'a str, String, String)>, TemplateError> {
    let templates = Templates::plain()?;
    let mut documents = vec![("index", "provider.md", PageDocument::Landing(&site.landing))];
    let parts = site.parts.iter();
    documents.extend(parts.map(|part| (part.folder.as_str(), "part.md", PageDocument::Part(part))));
    for service in &site.services {
        let index = &service.index;
        documents.push((&index.folder, "service.md", PageDocument::Service(index)));
        documents.extend(service.pages.iter().map(|page| {
            let template = match page {
                Page::Resource(_) => "resource.md",
                Page::View(_) => "view.md",
            };
            (page.folder(), template, page.document())
        }));
    }
    documents
        .into_par_iter()
        .map(|(place, template, document)| {
            let moved = match document {
                PageDocument::Resource(page) => across_parts(page, places),
                _ => None,
            };
            let document = moved.as_ref().map_or(document, PageDocument::Resource);
            let plain = templates.render(template, &document, &[])?;
            let mut json = serde_json::to_string(&document).expect("texts can be written");
            json.push('\n');
            Ok((place, plain, json))
        })
        .collect()
}

/// The page with links to other parts of the site, if it has any.
fn across_parts(page: &ResourcePage, places: &Places<'_>) -> Option<ResourcePage> {
    let moved = |link: &Related| places.across(&page.folder, &link.file);
    page.related.iter().find_map(moved)?;
    let mut page = page.clone();
    for link in &mut page.related {
        if let Some(file) = places.across(&page.folder, &link.file) {
            link.file = file;
        }
    }
    Some(page)
}

/// `llms.txt`: the title, what it is, and links to the pages as plain Markdown.
fn overview(site: &Site, places: &Places<'_>, settings: &ProjectSettings) -> String {
    let address = if settings.url == ProjectSettings::PREVIEW {
        settings.base_url.clone()
    } else {
        format!("{}{}", settings.url.trim_end_matches('/'), settings.base_url)
    };
    let line = |name: &str, folder: &str, words: &str| {
        let name = super::escape::markdown_text(name);
        let words = super::escape::markdown_text(words);
        let part = places.part(folder);
        format!("- [{name}]({address}{part}{folder}.md): {words}\n")
    };
    let mut text = format!(
        "# {}\n\n> {}\n\nEvery page is there as plain Markdown (`.md`) and as JSON (`.json`) under its own address.\n\n\
         ## Start\n\n{}",
        super::escape::markdown_text(&site.title),
        super::escape::markdown_text(&site.landing.description),
        line("Introduction", "index", "how to install, authenticate and begin"),
    );
    text.push_str("\n## Services\n\n");
    for service in &site.services {
        text.push_str(&line(
            &service.index.name,
            &service.index.folder,
            &service.index.description,
        ));
    }
    if site.landing.resource_count > MAX_LISTED {
        return text;
    }
    for service in site.services.iter().filter(|service| !service.pages.is_empty()) {
        text.push_str(&format!(
            "\n## Resources of {}\n\n",
            super::escape::markdown_text(&service.index.name)
        ));
        for page in &service.pages {
            let overview = page.overview();
            text.push_str(&line(&overview.name, page.folder(), &page.summary()));
        }
    }
    text
}
