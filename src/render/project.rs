//! A site that can be published: the pages with a Docusaurus project around them, and each page once more for programs.
//!
//! The files of the project are the same for all providers (`templates/site`); what is particular to one stands in
//! `site.json`, which the configuration reads.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::templates::{TemplateError, Templates};
use crate::docs::{Page, PageDocument, ProjectSettings, Site};
use crate::output::FileTree;

/// Where the pages lie in a project.
const PAGES: &str = "docs";

/// Above this many resources the overview for language models lists the services only; their pages list the rest.
const MAX_LISTED: usize = 500;

/// The files that are the same for all providers.
const FILES: [(&str, &str); 15] = [
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

/// What is particular to one provider, as the configuration reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteFile<'a> {
    provider: &'a str,
    title: &'a str,
    tagline: &'a str,
    version: &'a str,
    url: &'a str,
    base_url: &'a str,
    edit_url: Option<&'a str>,
    redirects: Vec<Redirect<'a>>,
}

#[derive(Serialize)]
struct Redirect<'a> {
    from: &'a str,
    to: &'a str,
}

/// The project around rendered pages.
///
/// # Errors
/// None in practice: the templates of plain pages are built in, and tests render them.
pub fn project(site: &Site, pages: FileTree, settings: &ProjectSettings) -> Result<FileTree, TemplateError> {
    let mut tree = FileTree::new();
    for (path, content) in FILES {
        tree.insert(path, content);
    }
    for (name, content) in &settings.images {
        tree.insert(format!("static/img/{name}"), content.clone());
    }
    tree.insert("site.json", site_file(site, settings));
    tree.insert("static/llms.txt", overview(site, settings));
    for (place, plain, json) in twins(site)? {
        tree.insert(format!("static/{place}.md"), plain);
        tree.insert(format!("static/{place}.json"), json);
    }
    tree.graft(PAGES, pages);
    Ok(tree)
}

fn site_file(site: &Site, settings: &ProjectSettings) -> String {
    let mut redirects = BTreeMap::from([("/services", "/")]);
    redirects.extend(settings.redirects.iter().map(|(from, to)| (from.as_str(), to.as_str())));
    let file = SiteFile {
        provider: &site.provider,
        title: &site.title,
        tagline: &site.landing.description,
        version: &site.version,
        url: &settings.url,
        base_url: &settings.base_url,
        edit_url: settings.edit_url.as_deref(),
        redirects: redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect(),
    };
    let mut text = serde_json::to_string_pretty(&file).expect("texts can be written");
    text.push('\n');
    text
}

/// Each page as plain Markdown and as JSON, under the path of its page.
fn twins(site: &Site) -> Result<Vec<(&str, String, String)>, TemplateError> {
    let templates = Templates::plain()?;
    let mut documents = vec![("index", "provider.md", PageDocument::Landing(&site.landing))];
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
            let plain = templates.render(template, &document, &[])?;
            let mut json = serde_json::to_string(&document).expect("texts can be written");
            json.push('\n');
            Ok((place, plain, json))
        })
        .collect()
}

/// `llms.txt`: the title, what it is, and links to the pages as plain Markdown.
fn overview(site: &Site, settings: &ProjectSettings) -> String {
    let address = if settings.url == ProjectSettings::PREVIEW {
        settings.base_url.clone()
    } else {
        format!("{}{}", settings.url.trim_end_matches('/'), settings.base_url)
    };
    let line = |name: &str, folder: &str, words: &str| {
        let name = super::escape::markdown_text(name);
        let words = super::escape::markdown_text(words);
        format!("- [{name}]({address}{folder}.md): {words}\n")
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
    for service in &site.services {
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
