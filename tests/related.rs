//! Which resources a page calls its parent, its children and its siblings, where they lie in other services.

use std::path::Path;

use spgen::docs::{self, Guidance, Page, ProjectSettings, Site, SiteSettings};
use spgen::output::FileTree;
use spgen::provider;
use spgen::render::{self, Templates};

/// A provider with a service `depot` whose `boxes` are at `/boxes/{id}`, and services `s1`, `s2`, … with so many
/// resources each at a path below that.
fn site(counts: &[usize], part_pages: Option<usize>) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    let services = folder.path().join("acme/v1/services");
    std::fs::create_dir_all(&services).expect("a folder");
    let mut names = vec!["depot".to_owned()];
    write_service(&services, "depot", &[("boxes".to_owned(), "/boxes/{id}".to_owned())]);
    for (index, count) in counts.iter().enumerate() {
        let name = format!("s{}", index + 1);
        let resources = (1..=*count).map(|number| (format!("r{number}"), format!("/boxes/{{id}}/{name}_{number}")));
        write_service(&services, &name, &resources.collect::<Vec<_>>());
        names.push(name);
    }
    let mut document = "id: acme\nname: acme\nversion: v1\nproviderServices:\n".to_owned();
    for name in names {
        document.push_str(&format!(
            "  {name}: {{id: '{name}:v1', name: {name}, title: {name}, description: {name}, version: v1, \
             service: {{$ref: acme/v1/services/{name}.yaml}}}}\n"
        ));
    }
    std::fs::write(folder.path().join("acme/v1/provider.yaml"), document).expect("a file");
    let loaded = provider::load(&folder.path().join("acme/v1")).expect("a provider");
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    let settings = SiteSettings {
        guidance: Guidance::On,
        part_pages,
        ..SiteSettings::default()
    };
    docs::build(&loaded.provider, &settings)
}

fn write_service(folder: &Path, name: &str, resources: &[(String, String)]) {
    let mut text = format!(
        "openapi: 3.0.3\ninfo: {{title: {name}, version: '1'}}\nservers: [{{url: 'https://acme.example'}}]\npaths:\n"
    );
    for (_, path) in resources {
        text.push_str(&format!(
            "  {path}: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], \
             responses: {{'200': {{description: All.}}}}}}}}\n"
        ));
    }
    text.push_str("components:\n  x-stackQL-resources:\n");
    for (resource, path) in resources {
        let path = path.replace('/', "~1");
        text.push_str(&format!(
            "    {resource}: {{id: acme.{name}.{resource}, name: {resource}, methods: {{list: \
             {{operation: {{$ref: '#/paths/{path}/get'}}}}}}}}\n"
        ));
    }
    std::fs::write(folder.join(format!("{name}.yaml")), text).expect("a file");
}

/// `relation name file` of each link of a resource.
fn links(site: &Site, service: usize, resource: usize) -> Vec<String> {
    let Page::Resource(page) = &site.services[service].pages[resource] else {
        panic!("a view");
    };
    let links = page.related.iter();
    links
        .map(|link| format!("{} {} {}", link.relation, link.name, link.file))
        .collect()
}

#[test]
fn a_few_children_in_other_services_are_linked_one_by_one() {
    let site = site(&[2, 1], None);
    assert_eq!(
        links(&site, 0, 0),
        [
            "child s1.r1 ../../s1/r1/index.md",
            "child s1.r2 ../../s1/r2/index.md",
            "child s2.r1 ../../s2/r1/index.md"
        ]
    );
    assert_eq!(
        links(&site, 1, 0),
        [
            "parent depot.boxes ../../depot/boxes/index.md",
            "sibling r2 ../r2/index.md"
        ]
    );
}

#[test]
fn many_children_in_other_services_are_linked_by_service() {
    let site = site(&[12, 1], None);
    assert_eq!(
        links(&site, 0, 0),
        ["service s1 ../../s1/index.md", "child s2.r1 ../../s2/r1/index.md"]
    );
    assert_eq!(links(&site, 1, 0).len(), 12, "the parent and eleven siblings");
}

#[test]
fn of_very_many_services_the_first_page_is_linked() {
    assert_eq!(links(&site(&[1; 40], None), 0, 0).len(), 40);
    assert_eq!(
        links(&site(&[1; 41], None), 0, 0),
        ["services all services ../../../index.md"]
    );
}

/// The files of the whole site as they are published: each project of a part below the path of the part.
fn published(site: &Site) -> FileTree {
    let templates = Templates::built_in().expect("the built-in templates have no mistakes");
    let pages = render::site(site, &templates).expect("the built-in templates fit the page model");
    let project = render::project(site, pages, &ProjectSettings::default()).expect("plain templates fit");
    let mut tree = FileTree::new();
    for (path, content) in project.iter() {
        let (root, rest) = match path.strip_prefix("parts/").and_then(|rest| rest.split_once('/')) {
            Some((part, rest)) => (format!("{part}/"), rest),
            None => (String::new(), path),
        };
        if let Some(rest) = rest.strip_prefix("static/") {
            tree.insert(format!("{root}{rest}"), content);
        }
    }
    tree
}

/// Where a link from a file leads.
fn target(from: &str, link: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in link.split('/') {
        match step {
            "." => {}
            ".." => assert!(steps.pop().is_some(), "{from}: `{link}` leads out of the site"),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[test]
fn links_of_twins_lead_to_twins_of_other_services_and_parts() {
    for (counts, part_pages) in [
        (&[2, 1][..], None),
        (&[2, 1], Some(3)),
        (&[12, 1], Some(14)),
        (&[1; 41], Some(20)),
    ] {
        let site = site(counts, part_pages);
        assert_eq!(site.parts.is_empty(), part_pages.is_none());
        let tree = published(&site);
        let mut found = 0;
        for (path, content) in tree.iter() {
            let text = std::str::from_utf8(content).unwrap_or_default();
            if text.starts_with("# ") {
                let (_, related) = text.split_once("## Related resources").unwrap_or_default();
                for link in related.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                    assert!(tree.contains(&target(path, link)), "{path}: `{link}`");
                    found += 1;
                }
            } else if let Some(page) = path.strip_suffix(".json").filter(|page| page.contains("services/")) {
                let document: serde_json::Value = serde_json::from_str(text).expect("JSON");
                for link in document["related"].as_array().into_iter().flatten() {
                    let file = link["file"].as_str().expect("a file");
                    let page = target(&format!("{page}/index"), file);
                    let page = page.strip_suffix("/index.md").unwrap_or("index");
                    assert!(tree.contains(&format!("{page}.md")), "{path}: `{file}`");
                    found += 1;
                }
            }
        }
        let resources: usize = counts.iter().sum();
        assert!(found > 2 * resources, "{found} links");
    }
}
