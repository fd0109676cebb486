//! The pages of a site, and where links between them lead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{PageFile, SegmentKind};

/// The pages below one docs folder.
#[derive(Debug)]
pub(in crate::lint) struct PageSet<'a> {
    /// The pages.
    pub(in crate::lint) pages: Vec<&'a PageFile>,
    /// The docs folder.
    root: PathBuf,
    /// Pages by route: `/services/x` for `services/x/index.md`.
    routes: BTreeMap<String, &'a PageFile>,
    /// Anchors of each page, by route.
    anchors: BTreeMap<String, BTreeSet<String>>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::lint) enum Target {
    /// To a page and an anchor that exist, or out of the site.
    Fine,
    /// To a page that does not exist; the route that was tried.
    NoPage(String),
    /// To an anchor that its page does not have.
    NoAnchor(String),
}

/// Sorts pages into sites: the docs folder is the highest one with an index page.
pub(in crate::lint) fn sets(pages: &[PageFile]) -> Vec<PageSet<'_>> {
    let with_index: BTreeSet<&Path> = pages
        .iter()
        .filter(|page| page.path.file_stem().is_some_and(|stem| stem == "index"))
        .filter_map(|page| page.path.parent())
        .collect();
    let mut by_root: BTreeMap<&Path, Vec<&PageFile>> = BTreeMap::new();
    for page in pages {
        let above = page
            .path
            .ancestors()
            .skip(1)
            .take_while(|folder| folder.starts_with(&page.base));
        let root = above
            .filter(|folder| with_index.contains(folder))
            .last()
            .unwrap_or(&page.base);
        by_root.entry(root).or_default().push(page);
    }
    by_root
        .into_iter()
        .map(|(root, pages)| PageSet::new(root, pages))
        .collect()
}

impl<'a> PageSet<'a> {
    fn new(root: &Path, pages: Vec<&'a PageFile>) -> Self {
        let routes: BTreeMap<String, &PageFile> = pages.iter().map(|page| (route(root, &page.path), *page)).collect();
        let anchors = routes
            .iter()
            .map(|(route, page)| (route.clone(), anchors(page)))
            .collect();
        PageSet {
            pages,
            root: root.to_owned(),
            routes,
            anchors,
        }
    }

    /// Where a link of a page leads.
    pub(in crate::lint) fn follow(&self, page: &PageFile, link: &str) -> Target {
        let (path, anchor) = match link.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (link, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        if link.starts_with("//") || link.contains(':') || is_asset(path) {
            return Target::Fine;
        }
        let own = route(&self.root, &page.path);
        let candidates = if path.is_empty() {
            vec![own]
        } else if let Some(absolute) = path.strip_prefix('/') {
            vec![clean("", absolute)]
        } else {
            // As a file beside this one, and as an address beside this page's.
            let folder = page.path.parent().unwrap_or(Path::new(""));
            let beside = own.rsplit_once('/').map_or("", |(parent, _)| parent);
            vec![
                clean(&route(&self.root, &folder.join("index.md")), path),
                clean(beside, path),
            ]
        };
        let Some(route) = candidates.iter().find(|route| self.routes.contains_key(*route)) else {
            return Target::NoPage(candidates.into_iter().next().unwrap_or_default());
        };
        match anchor {
            Some(anchor) if !anchor.is_empty() && !self.anchors[route].contains(anchor) => {
                Target::NoAnchor(anchor.to_owned())
            }
            _ => Target::Fine,
        }
    }
}

/// Links in Markdown and in `href` attributes, outside code: the target with its offset.
pub(in crate::lint) fn links(page: &PageFile) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    for (offset, text) in page.prose() {
        for (marker, closing) in [
            ("](", &[')', ' '][..]),
            ("href=\"", &['"'][..]),
            ("href='", &['\''][..]),
        ] {
            let mut at = 0;
            while let Some(found) = text[at..].find(marker) {
                let start = at + found + marker.len();
                let end = text[start..].find(closing).map_or(text.len(), |end| start + end);
                let target = text[start..end].trim();
                if !target.contains('\n') && !target.is_empty() {
                    links.push((offset + start, target));
                }
                at = start;
            }
        }
    }
    links.sort_unstable();
    links
}

/// The address of a file below the docs folder: without extension, `index` and a slash at the end.
fn route(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let text = relative.to_string_lossy().replace('\\', "/");
    clean("", &text)
}

/// Joins an address with a relative one.
fn clean(base: &str, path: &str) -> String {
    let path = path
        .strip_suffix(".mdx")
        .or_else(|| path.strip_suffix(".md"))
        .unwrap_or(path);
    let mut steps: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    if steps.last() == Some(&"index") {
        steps.pop();
    }
    let mut route = String::new();
    for step in steps {
        route.push('/');
        route.push_str(step);
    }
    route
}

fn is_asset(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| !matches!(extension, "md" | "mdx"))
        || path.starts_with("/img/")
        || path.starts_with("@site/")
}

/// What `#…` can name on a page: headings and `id` attributes.
fn anchors(page: &PageFile) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut in_fence = page
        .segments
        .iter()
        .filter(|segment| matches!(segment.kind, SegmentKind::Fence(_)));
    let mut fence = in_fence.next();
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        while fence.is_some_and(|fence| fence.end <= start) {
            fence = in_fence.next();
        }
        if fence.is_some_and(|fence| fence.start <= start) {
            continue;
        }
        if let Some(heading) = heading(line) {
            let wanted = match heading.rsplit_once("{#") {
                Some((_, id)) => id.trim_end_matches('}').trim().to_owned(),
                None => slug(heading),
            };
            let mut id = wanted.clone();
            let mut number = 1;
            while !anchors.insert(id.clone()) {
                id = format!("{wanted}-{number}");
                number += 1;
            }
        }
        for marker in ["id=\"", "id='", "name=\""] {
            let mut rest = line;
            while let Some((_, behind)) = rest.split_once(marker) {
                let end = behind.find(['"', '\'']).unwrap_or(behind.len());
                anchors.insert(behind[..end].to_owned());
                rest = behind;
            }
        }
    }
    anchors
}

fn heading(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    (1..=6)
        .contains(&level)
        .then_some(text)?
        .strip_prefix(' ')
        .map(str::trim)
}

/// The id that Docusaurus gives to a heading.
fn slug(heading: &str) -> String {
    heading
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            _ if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{clean, heading, slug};

    #[test]
    fn headings_have_the_ids_of_the_site() {
        assert_eq!(heading("## `SELECT` examples\n").map(slug).unwrap(), "select-examples");
        assert_eq!(heading("#hash"), None);
    }

    #[test]
    fn addresses_are_joined() {
        assert_eq!(clean("/services/a", "../b/index.md"), "/services/b");
        assert_eq!(clean("", "index.md"), "");
        assert_eq!(clean("/services", "./a/"), "/services/a");
    }
}
