//! The project around the pages: complete, pinned, each page twice more for programs. Building it with Node is the job
//! of `.ci/site`.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::cases;
use proptest::prelude::*;
use serde_json::Value;
use spgen::docs::{self, ProjectSettings, Site, SiteSettings, Style};
use spgen::output::{FileTree, check_paths};
use spgen::provider;
use spgen::render::{self, Templates, escape};

fn site_of(folder: &Path) -> Site {
    let loaded = provider::load(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let settings = SiteSettings {
        style: Style::SchemaTable,
        ..SiteSettings::default()
    };
    docs::build(&loaded.provider, &settings)
}

/// The site of the case with several services, in parts of no more than so many pages.
fn site_in_parts(part_pages: Option<usize>) -> Site {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases-docs/several-services");
    let loaded = provider::load(&cases::provider_of(&case)).expect("a provider");
    let settings = SiteSettings {
        part_pages,
        ..SiteSettings::default()
    };
    docs::build(&loaded.provider, &settings)
}

fn project_of(site: &Site, settings: &ProjectSettings) -> FileTree {
    let templates = Templates::built_in().expect("the built-in templates have no mistakes");
    let pages = render::site(site, &templates).expect("the built-in templates fit the page model");
    render::project(site, pages, settings).expect("the plain templates fit the page model")
}

fn text<'a>(tree: &'a FileTree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
    std::str::from_utf8(content).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(tree: &FileTree, path: &str) -> Value {
    serde_json::from_str(text(tree, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_page_has_its_twins() {
    let schema = docs::page_schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema of pages is a schema");
    for case in cases::folders() {
        let tree = project_of(&site_of(&cases::provider_of(&case)), &ProjectSettings::default());
        assert_eq!(check_paths(tree.paths()), [], "{}", case.display());
        let mut pages = 0;
        for path in tree.paths() {
            let Some(page) = path
                .strip_prefix("docs/")
                .and_then(|path| path.strip_suffix("index.md"))
            else {
                continue;
            };
            pages += 1;
            let place = if page.is_empty() {
                "index"
            } else {
                page.trim_end_matches('/')
            };
            let document = json(&tree, &format!("static/{place}.json"));
            let mistakes: Vec<String> = validator
                .iter_errors(&document)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(mistakes, Vec::<String>::new(), "{} {place}", case.display());
            assert!(text(&tree, &format!("static/{place}.md")).starts_with("# "), "{place}");
        }
        let has_end = |path: &str, end: &str| Path::new(path).extension().is_some_and(|found| found == end);
        let twins = tree
            .paths()
            .filter(|path| path.starts_with("static/") && has_end(path, "json"));
        assert_eq!(twins.count(), pages, "{}", case.display());
    }
}

/// The targets of `[…](…)` outside of code.
fn links(text: &str) -> Vec<String> {
    fn collect(node: &markdown::mdast::Node, links: &mut Vec<String>) {
        if let markdown::mdast::Node::Link(link) = node {
            links.push(link.url.clone());
        }
        for child in node.children().into_iter().flatten() {
            collect(child, links);
        }
    }
    let root = markdown::to_mdast(text, &markdown::ParseOptions::default()).expect("plain Markdown has no mistakes");
    let mut links = Vec::new();
    collect(&root, &mut links);
    links
}

#[test]
fn links_of_plain_pages_lead_to_plain_pages() {
    for case in cases::folders() {
        let tree = project_of(&site_of(&cases::provider_of(&case)), &ProjectSettings::default());
        let mut found = 0;
        for (path, content) in tree.iter().filter(|(path, _)| path.starts_with("static/")) {
            if !Path::new(path)
                .extension()
                .is_some_and(|end| end == "md" || end == "txt")
            {
                continue;
            }
            let text = std::str::from_utf8(content).expect("text");
            let folder = path.rsplit_once('/').expect("below static").0;
            for link in links(text) {
                if link.starts_with("https://") || link.starts_with("http://") {
                    continue;
                }
                let target = match link.strip_prefix('/') {
                    Some(rest) => format!("static/{rest}"),
                    None => format!("{folder}/{}", link.trim_start_matches("./")),
                };
                assert!(tree.contains(&target), "{path}: `{link}`");
                found += 1;
            }
        }
        assert!(found > 1, "{}: no links", case.display());
    }
}

#[test]
fn settings_reach_the_site() {
    let case = cases::folders().into_iter().find(|case| case.ends_with("webhooks"));
    let site = site_of(&cases::provider_of(&case.expect("the case of the webhooks")));
    let settings = ProjectSettings {
        url: "https://docs.example.com".to_owned(),
        base_url: "/acme/".to_owned(),
        edit_url: Some("https://example.com/mapping.csv".to_owned()),
        redirects: BTreeMap::from([("/old".to_owned(), "/services".to_owned())]),
        images: BTreeMap::from([("a.png".to_owned(), vec![1, 2])]),
    };
    let tree = project_of(&site, &settings);
    let file = json(&tree, "site.json");
    assert_eq!(file["url"], "https://docs.example.com");
    assert_eq!(file["baseUrl"], "/acme/");
    assert_eq!(file["editUrl"], "https://example.com/mapping.csv");
    assert_eq!(
        file["redirects"][0],
        serde_json::json!({"from": "/old", "to": "/services"})
    );
    assert_eq!(tree.get("static/img/a.png"), Some(&[1, 2][..]));
    let overview = text(&tree, "static/llms.txt");
    assert!(
        overview.contains("](https://docs.example.com/acme/services/"),
        "{overview}"
    );
    let plain = json(&project_of(&site, &ProjectSettings::default()), "site.json");
    assert_eq!(plain["editUrl"], Value::Null, "links to the mapping are off by default");
}

#[test]
fn a_site_over_the_limit_is_in_parts() {
    let site = site_in_parts(Some(4));
    let settings = ProjectSettings {
        redirects: BTreeMap::from([
            ("/old".to_owned(), "/services/depot/boxes".to_owned()),
            ("/start".to_owned(), "/".to_owned()),
        ]),
        images: BTreeMap::from([("a.png".to_owned(), vec![1])]),
        ..ProjectSettings::default()
    };
    let tree = project_of(&site, &settings);
    assert_eq!(check_paths(tree.paths()), []);
    let whole = project_of(&site_in_parts(None), &settings);

    // Every page and every form of it once, in the project of its part, with the bytes of the site in one project.
    let mut pages = 0;
    for (path, content) in whole.iter().filter(|(path, _)| path.contains("/services/")) {
        let part = if path.contains("/services/shop") {
            "part-2"
        } else {
            "part-1"
        };
        assert_eq!(tree.get(&format!("parts/{part}/{path}")), Some(content), "{path}");
        pages += 1;
    }
    let in_parts = tree.paths().filter(|path| path.contains("/services/")).count();
    assert_eq!((pages, in_parts), (15, 15));

    // Each part is a project of its own.
    for path in whole
        .paths()
        .filter(|path| !path.contains("/services/") && *path != "static/llms.txt")
    {
        for part in ["part-1", "part-2"] {
            assert!(tree.contains(&format!("parts/{part}/{path}")), "{part} has no {path}");
        }
    }
    for root in ["", "parts/part-1/", "parts/part-2/"] {
        assert_eq!(
            text(&tree, &format!("{root}docusaurus.whole.js")),
            text(&whole, "docusaurus.config.js")
        );
    }
    assert!(text(&whole, "package.json").contains("\"build\": \"docusaurus build\""));
    assert!(text(&tree, "package.json").contains("\"build\": \"node build.mjs\""));
    assert_eq!(text(&tree, "parts/part-1/package.json"), text(&whole, "package.json"));
    for path in [
        "site.json",
        "docs/index.md",
        "static/index.md",
        "static/llms.txt",
        "parts/part-2/site.json",
        "parts/part-2/docs/index.md",
        "parts/part-2/static/index.md",
        "parts/part-2/static/index.json",
    ] {
        insta::assert_snapshot!(
            format!("in_parts__{}", path.replace(['/', '.'], "_")),
            text(&tree, path)
        );
    }
}

#[test]
fn a_site_within_the_limit_is_as_without_one() {
    let settings = ProjectSettings::default();
    let whole = project_of(&site_in_parts(None), &settings);
    let within = project_of(&site_in_parts(Some(6)), &settings);
    assert!(whole.iter().eq(within.iter()));
    let page_count = site_in_parts(Some(6)).page_count();
    assert_eq!(page_count, 6, "the limit is the number of pages");
    assert!(!within.contains("build.mjs"));
}

fn site_files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/site")
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_project_is_written_as_it_stands() {
    let case = cases::folders().remove(0);
    let tree = project_of(&site_of(&cases::provider_of(&case)), &ProjectSettings::default());
    let root = site_files();
    let mut files = Vec::new();
    files_below(&root, &mut files);
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let path = file.strip_prefix(&root).expect("below the root").to_string_lossy();
        let path = path.replace('\\', "/");
        let content = std::fs::read(&file).expect("a readable file");
        assert_eq!(
            tree.get(&path),
            Some(content.as_slice()),
            "{path} is not in the project as it stands"
        );
    }
}

#[test]
fn versions_are_pinned_and_locks_name_no_registry() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["templates/site", ".ci/site-older", ".ci/site-tools"] {
        assert_pinned(&root.join(folder));
    }
}

/// The lock is that of `package.json`, and every package has a version and a checksum.
#[track_caller]
fn assert_pinned(folder: &Path) {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a readable file");
    let package: Value = serde_json::from_str(&read("package.json")).expect("JSON");
    let lock_text = read("package-lock.json");
    let lock: Value = serde_json::from_str(&lock_text).expect("JSON");
    let place = folder.display();
    assert!(
        !lock_text.contains("\"resolved\""),
        "{place}: the lock names where packages were fetched from"
    );
    let wanted = package["dependencies"].as_object().expect("dependencies");
    assert_eq!(
        package["dependencies"], lock["packages"][""]["dependencies"],
        "{place}: the lock is of another package.json"
    );
    for (name, version) in wanted {
        let version = version.as_str().expect("a version");
        assert!(
            version.starts_with(|first: char| first.is_ascii_digit()),
            "{place}: {name} {version} is not pinned"
        );
        assert_eq!(
            lock["packages"][format!("node_modules/{name}")]["version"],
            version,
            "{place}: {name}"
        );
    }
    for (name, entry) in lock["packages"].as_object().expect("packages") {
        let is_bundled = entry["inBundle"] == true;
        assert!(
            name.is_empty() || is_bundled || entry["integrity"].is_string(),
            "{place}: {name} has no checksum"
        );
    }
}

/// What plain Markdown shows of a paragraph with this text.
fn shown(text: &str) -> String {
    fn collect(node: &markdown::mdast::Node, shown: &mut String) {
        match node {
            markdown::mdast::Node::Text(text) => shown.push_str(&text.value),
            markdown::mdast::Node::InlineCode(code) => shown.push_str(&code.value),
            markdown::mdast::Node::Html(html) => panic!("live HTML: {}", html.value),
            _ => {}
        }
        for child in node.children().into_iter().flatten() {
            collect(child, shown);
        }
    }
    let root = markdown::to_mdast(text, &markdown::ParseOptions::gfm()).expect("plain Markdown has no mistakes");
    let mut shown = String::new();
    collect(&root, &mut shown);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// White space aside: readers fold it, and lose it at the ends of lines and cells.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn plain_pages_show_texts_as_they_are(text in "[-a1 .:/<>{}\\[\\]()*_`~#!|&;\"'\\\\\\n=+@$^]{1,30}") {
        let paragraph = escape::markdown_text(&text);
        prop_assert_eq!(letters(&shown(&paragraph)), letters(&text));
        let cell = format!("| a | b |\n|---|---|\n| {paragraph} | x |");
        prop_assert_eq!(letters(&shown(&cell)), format!("ab{}x", letters(&text)));
    }

    #[test]
    fn code_of_plain_pages_is_shown_as_it_is(text in "[a1 .<>*_`|\\\\\\[\\]]{1,20}") {
        prop_assert_eq!(letters(&shown(&escape::code_span(&text))), letters(&text));
        let cell = format!("| a | b |\n|---|---|\n| {} | x |", escape::code_cell(&text));
        prop_assert_eq!(letters(&shown(&cell)), format!("ab{}x", letters(&text)));
    }
}
