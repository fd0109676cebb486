//! Where the files of a site lie that is built in parts, and what its projects hold besides.
//!
//! The first page is a project of its own in the root; below it, in `parts/part-<n>`, lies a project for each part. Pages
//! are the same as in a site of one project: links between parts are made when the projects are built
//! (`templates/site-in-parts/src/across-parts.js`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::docs::{PartPage, ProjectSettings, Site};
use crate::output::FileTree;

/// The configuration of a site in one project, and the name under which that of a part finds it.
const CONFIGURATION: (&str, &str) = ("docusaurus.config.js", "docusaurus.whole.js");

/// The files that every project of a site in parts has besides those of all sites.
const FILES: [(&str, &str); 3] = [
    (
        "docusaurus.config.js",
        include_str!("../../templates/site-in-parts/docusaurus.config.js"),
    ),
    (
        "src/across-parts.js",
        include_str!("../../templates/site-in-parts/src/across-parts.js"),
    ),
    (
        "src/division.js",
        include_str!("../../templates/site-in-parts/src/division.js"),
    ),
];

/// The files of the project of the first page alone, some in the place of those of all sites.
const START_FILES: [(&str, &str); 4] = [
    ("build.mjs", include_str!("../../templates/site-in-parts/build.mjs")),
    ("sidebars.js", include_str!("../../templates/site-in-parts/sidebars.js")),
    (
        "src/anchors.mjs",
        include_str!("../../templates/site-in-parts/src/anchors.mjs"),
    ),
    (
        "src/start.js",
        include_str!("../../templates/site-in-parts/src/start.js"),
    ),
];

/// What `npm run build` does in a project by itself, and in that of the first page.
const BUILD: (&str, &str) = ("\"build\": \"docusaurus build\"", "\"build\": \"node build.mjs\"");

/// Which project holds a page.
pub(super) struct Places<'a> {
    /// The part of each service, by the folder of the service.
    of_service: BTreeMap<&'a str, &'a str>,
    parts: &'a [PartPage],
}

impl<'a> Places<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        let folders = |part: &'a PartPage| {
            part.folders
                .iter()
                .map(|folder| (folder.as_str(), part.folder.as_str()))
        };
        Places {
            of_service: site.parts.iter().flat_map(folders).collect(),
            parts: &site.parts,
        }
    }

    /// The folders of all projects, ready for a path behind them.
    pub(super) fn roots(&self) -> impl Iterator<Item = String> {
        let parts = self.parts.iter().map(|part| root(&part.folder));
        std::iter::once(String::new()).chain(parts)
    }

    /// What stands before the path of a page in the address of the site: `part-1/`, or nothing.
    pub(super) fn part(&self, folder: &str) -> String {
        let service = folder.strip_prefix("services/").and_then(|rest| rest.split('/').next());
        let part = service.and_then(|service| self.of_service.get(service));
        part.map_or_else(String::new, |part| format!("{part}/"))
    }

    /// The folder of the project that holds a file of the pages, and the path of the file there.
    pub(super) fn page<'p>(&self, path: &'p str) -> (String, &'p str) {
        if let Some((folder, rest)) = path.split_once('/')
            && self.is_part(folder)
        {
            return (root(folder), rest);
        }
        match self.part(path).strip_suffix('/') {
            Some(part) => (root(part), path),
            None => (String::new(), path),
        }
    }

    /// The same for the forms of a page for programs, which lie beside its folder.
    pub(super) fn twin<'p>(&self, page: &'p str) -> (String, &'p str) {
        if self.is_part(page) {
            (root(page), "index")
        } else {
            self.page(page)
        }
    }

    /// The same link from the page in a folder to the file of another, where the two are published in different projects.
    pub(super) fn across(&self, folder: &str, file: &str) -> Option<String> {
        let mut steps: Vec<&str> = folder.split('/').collect();
        for step in file.split('/') {
            if step == ".." {
                steps.pop();
            } else {
                steps.push(step);
            }
        }
        let target = steps.join("/");
        let (own, other) = (self.part(folder), self.part(&target));
        (own != other).then(|| {
            let up = "../".repeat(own.matches('/').count() + folder.split('/').count());
            format!("{up}{other}{target}")
        })
    }

    fn is_part(&self, folder: &str) -> bool {
        self.parts.iter().any(|part| part.folder == folder)
    }
}

/// The folder of a part's project.
fn root(part: &str) -> String {
    format!("parts/{part}/")
}

/// What is particular to one project, as its configuration reads it.
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
    #[serde(flatten)]
    division: Option<Division<'a>>,
}

#[derive(Serialize)]
struct Redirect<'a> {
    from: &'a str,
    to: &'a str,
}

/// How a site is divided.
#[derive(Serialize)]
struct Division<'a> {
    /// The part that this project is; none for the first page.
    part: Option<&'a str>,
    parts: Vec<Part<'a>>,
    /// Old paths of the site that lead to pages of parts.
    moved: Vec<Redirect<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    label: String,
    services: &'a [String],
}

/// Adds to each project what is particular to it.
pub(super) fn frame(tree: &mut FileTree, site: &Site, places: &Places<'_>, settings: &ProjectSettings) {
    tree.insert("site.json", site_file(site, places, None, settings));
    if site.parts.is_empty() {
        return;
    }
    for part in &site.parts {
        let file = site_file(site, places, Some(part), settings);
        tree.insert(format!("{}site.json", root(&part.folder)), file);
    }
    for (path, content) in START_FILES {
        tree.insert(path, content);
    }
    let package = text(tree, "package.json").replacen(BUILD.0, BUILD.1, 1);
    tree.insert("package.json", package);
    for root in places.roots() {
        let (name, whole) = CONFIGURATION;
        let configuration = text(tree, &format!("{root}{name}"));
        tree.insert(format!("{root}{whole}"), configuration);
        for (path, content) in FILES {
            tree.insert(format!("{root}{path}"), content);
        }
    }
}

/// A file of the project.
fn text(tree: &FileTree, path: &str) -> String {
    let content = tree.get(path).unwrap_or_default();
    String::from_utf8_lossy(content).into_owned()
}

/// `part`: the part whose project it is; none for the first page, and for a site of one project.
fn site_file(site: &Site, places: &Places<'_>, part: Option<&PartPage>, settings: &ProjectSettings) -> String {
    let mut redirects = BTreeMap::from([("/services", "/")]);
    let mut moved = Vec::new();
    if part.is_none() {
        for (from, to) in &settings.redirects {
            if places.part(to.trim_start_matches('/')).is_empty() {
                redirects.insert(from, to);
            } else {
                moved.push(Redirect { from, to });
            }
        }
    }
    let file = SiteFile {
        provider: &site.provider,
        title: &site.title,
        tagline: &site.landing.description,
        version: &site.version,
        url: &settings.url,
        base_url: &settings.base_url,
        edit_url: settings.edit_url.as_deref(),
        redirects: redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect(),
        division: (!site.parts.is_empty()).then(|| Division {
            part: part.map(|part| part.folder.as_str()),
            parts: site.parts.iter().map(Part::of).collect(),
            moved,
        }),
    };
    let mut text = serde_json::to_string_pretty(&file).expect("texts can be written");
    text.push('\n');
    text
}

impl<'a> Part<'a> {
    fn of(part: &'a PartPage) -> Self {
        Part {
            name: &part.folder,
            label: format!("Part {}: {}", part.number, part.services),
            services: &part.folders,
        }
    }
}
