//! Pages of small providers, one case a folder; and pages of published providers, where they are at hand.

#![expect(
    clippy::print_stderr,
    reason = "figures and skipped checks are said where a person looks"
)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{cases, data, golden, grammar};
use spgen::docs::{self, ExampleValues, Guidance, Page, Site, SiteSettings, Style};
use spgen::output::FileTree;
use spgen::provider;
use spgen::render::{self, Templates, mdx};
use spgen::source::{self, Node};

fn site_of(folder: &Path, style: Style) -> Site {
    let loaded = provider::load(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let settings = SiteSettings {
        style,
        ..SiteSettings::default()
    };
    docs::build(&loaded.provider, &settings)
}

/// With everything that pages can say.
fn guided_site_of(folder: &Path, style: Style) -> Site {
    let loaded = provider::load(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let settings = SiteSettings {
        style,
        guidance: Guidance::On,
        values: ExampleValues::Both,
        ..SiteSettings::default()
    };
    docs::build(&loaded.provider, &settings)
}

fn pages_of(site: &Site) -> FileTree {
    let templates = Templates::built_in().expect("the built-in templates have no mistakes");
    render::site(site, &templates).expect("the built-in templates fit the page model")
}

#[test]
fn cases_give_the_expected_pages() {
    let mut statements = Vec::new();
    for case in cases::folders() {
        let style = if case.join("schema-table").exists() {
            Style::SchemaTable
        } else {
            Style::Html
        };
        let folder = cases::provider_of(&case);
        let site = if case.join("guidance").exists() {
            guided_site_of(&folder, style)
        } else {
            site_of(&folder, style)
        };
        let pages = pages_of(&site);
        assert_eq!(mdx::check_all(&pages), [], "{}", case.display());
        assert_whole_pages_compile(&pages);
        assert_links(&pages);
        assert_no_resource_is_lost(&folder, &site);
        statements.extend(statements_of(&site));
        golden::assert_tree(&case.join("expected"), &pages);
    }
    grammar::assert_all_parse(&statements);
}

#[test]
fn a_text_that_would_break_its_page_is_named_and_left_out() {
    let case = cases::folders().into_iter().find(|case| case.ends_with("webhooks"));
    let folder = cases::provider_of(&case.expect("the case of the webhooks"));
    let mut site = site_of(&folder, Style::Html);
    let sound = pages_of(&site);
    let index = &mut site.services[0].index;
    index.written = Some("A text with a tag <br> that does not end.".to_owned());
    let path = format!("{}/index.md", index.folder);
    let templates = Templates::built_in().expect("the built-in templates have no mistakes");
    let proven = render::proven(&site, &templates).expect("the built-in templates fit the page model");
    let named: Vec<&str> = proven.mended.iter().map(|error| error.page.as_str()).collect();
    assert_eq!(named, [path.as_str()]);
    assert_eq!(
        proven.tree, sound,
        "the page is written without the text, all others as before"
    );
}

#[test]
fn two_runs_give_the_same_bytes() {
    for case in cases::folders() {
        let folder = cases::provider_of(&case);
        for style in [Style::Html, Style::SchemaTable] {
            assert_eq!(
                pages_of(&site_of(&folder, style)),
                pages_of(&site_of(&folder, style)),
                "{}",
                case.display()
            );
        }
    }
}

#[test]
fn published_providers_get_sound_pages_in_both_styles() {
    let Some(folders) = data::providers() else {
        return;
    };
    for style in [Style::Html, Style::SchemaTable] {
        let mut statements = Vec::new();
        let (mut page_count, mut bytes) = (0, 0);
        for folder in &folders {
            let site = site_of(folder, style);
            let pages = pages_of(&site);
            assert_no_resource_is_lost(folder, &site);
            assert_eq!(mdx::check_all(&pages), [], "{}", folder.display());
            assert_links(&pages);
            statements.extend(statements_of(&site));
            page_count += site.page_count();
            bytes += pages.iter().map(|(_, content)| content.len()).sum::<usize>();
        }
        let parsed = grammar::assert_all_parse(&statements);
        eprintln!("{style:?}: {page_count} pages, {bytes} bytes, {parsed:?} statements parse");
    }
}

/// The quick check leaves out what is right by its form; here nothing is left out.
#[track_caller]
fn assert_whole_pages_compile(pages: &FileTree) {
    for (path, content) in pages.iter().filter(|(path, _)| path.ends_with("index.md")) {
        let page = std::str::from_utf8(content).expect("pages are text");
        assert_eq!(mdx::check_whole(path, page), Ok(()));
    }
}

/// The statements as the pages show them.
fn statements_of(site: &Site) -> Vec<String> {
    let of_pages = site.services.iter().flat_map(|service| &service.pages);
    let of_pages = of_pages.flat_map(Page::statements).map(str::to_owned);
    let of_landing = site.landing.queries.iter().map(|query| query.sql.clone());
    of_pages.chain(of_landing).collect()
}

/// Every resource of every document that `provider.yaml` names has a page of its own.
#[track_caller]
fn assert_no_resource_is_lost(folder: &Path, site: &Site) {
    let document = |path: &Path| {
        let text = std::fs::read_to_string(path).ok()?;
        Some(source::read(source::FileId::NONE, &text).ok()?.root)
    };
    let provider = document(&folder.join("provider.yaml")).expect("provider.yaml can be read");
    let services = provider.get("providerServices").and_then(Node::as_map);
    for entry in services.into_iter().flatten() {
        let reference = entry.value.get("service").and_then(|service| service.get_str("$ref"));
        let file = reference
            .and_then(|reference| reference.split_once("/services/"))
            .map(|(_, file)| file);
        let Some(service) = file.and_then(|file| document(&folder.join("services").join(file))) else {
            continue;
        };
        let resources = service
            .get("components")
            .and_then(|components| components.get("x-stackQL-resources"))
            .and_then(Node::as_map);
        let expected: BTreeSet<&str> = resources
            .into_iter()
            .flatten()
            .map(|entry| entry.key.as_str())
            .collect();
        let pages = site.services.iter().find(|service| service.index.name == entry.key);
        let pages = pages.unwrap_or_else(|| panic!("service `{}` has no pages", entry.key));
        let found: BTreeSet<&str> = pages.pages.iter().map(|page| page.overview().name.as_str()).collect();
        assert_eq!(found, expected, "{} {}", folder.display(), entry.key);
        assert_eq!(pages.index.resource_count, expected.len());
        let linked = pages.index.columns.iter().flatten().count();
        assert_eq!(linked, expected.len(), "links of the service index");
        let folders: BTreeSet<String> = pages.pages.iter().map(|page| page.folder().to_lowercase()).collect();
        assert_eq!(folders.len(), expected.len(), "each page has a folder of its own");
    }
}

/// Every link inside the pages leads to something that exists: an id, a heading, a tab, a file.
#[track_caller]
fn assert_links(pages: &FileTree) {
    for (path, content) in pages.iter() {
        let Ok(page) = std::str::from_utf8(content) else {
            panic!("{path} is not UTF-8");
        };
        if Path::new(path).extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let anchors = anchors_of(page);
        let prose = without_code(page);
        let links = quoted_after(&prose, "href=\"").into_iter();
        for link in links.filter(|link| !link.starts_with("https://") && !link.starts_with("http://")) {
            let (query, anchor) = link.split_once('#').unwrap_or_else(|| panic!("{path}: link `{link}`"));
            assert!(anchors.contains(anchor), "{path}: `#{anchor}` is nowhere");
            if let Some(tab) = query.split_once('=').map(|(_, tab)| tab) {
                let shown = format!("<TabItem value=\"{tab}\">");
                assert!(tab.contains('%') || page.contains(&shown), "{path}: no tab `{tab}`");
            }
        }
        for link in markdown_links(&prose) {
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(anchors.contains(anchor), "{path}: `{link}` is nowhere");
            } else {
                let target = join(path, link);
                assert!(pages.get(&target).is_some(), "{path}: no file `{target}`");
            }
        }
    }
}

fn anchors_of(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix("## "));
    let of_headings = headings.map(|heading| heading.replace('`', "").to_lowercase().replace(' ', "-"));
    let of_rows = quoted_after(page, "<tr id=\"").into_iter().map(str::to_owned);
    of_headings.chain(of_rows).collect()
}

/// The page without its fenced code.
fn without_code(page: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut prose = String::new();
    for line in page.lines() {
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            None if marks.len() >= 3 => fence = Some(marks),
            Some(_) => {}
            None => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    prose
}

fn quoted_after<'a>(page: &'a str, start: &str) -> Vec<&'a str> {
    page.split(start)
        .skip(1)
        .map(|rest| &rest[..rest.find('"').unwrap_or(rest.len())])
        .collect()
}

/// Targets of `[…](…)`. Brackets of descriptions are escaped, so what looks like a link is one (code aside).
fn markdown_links(page: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut in_code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        if !in_code && !line.starts_with("<SchemaTable") {
            let parts = line.split("](").skip(1);
            links.extend(parts.map(|rest| &rest[..rest.find(')').unwrap_or(rest.len())]));
        }
    }
    links
}

fn join(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}
