//! However much the methods of a resource return, its page stays small: large tables of fields stand in JSON files beside
//! it, each once, and the page and its twins still compile and name them all.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use spgen::docs::{self, Page, ProjectSettings, SiteSettings, Style};
use spgen::output::FileTree;
use spgen::provider;
use spgen::render::{self, PAGE_BUDGET, Templates, mdx};

const PROVIDER: &str = "\
id: acme
name: acme
version: v1.0.0
providerServices:
  shop:
    id: shop:v1.0.0
    name: shop
    version: v1.0.0
    service:
      $ref: acme/v1.0.0/services/shop.yaml
";

/// A service with a resource whose methods answer so: (name of the method, name of the schema).
fn service(methods: &[(&str, &str)], schemas: &str) -> String {
    let mut paths = String::new();
    let mut resource = String::new();
    let mut select = String::new();
    for (index, (method, schema)) in methods.iter().enumerate() {
        write!(
            paths,
            "  /things/{index}/{{id}}:\n    get:\n      operationId: op_{index}\n      parameters:\n        - {{name: id, in: \
             path, required: true, schema: {{type: string}}}}\n      responses:\n        '200':\n          description: ok\n          \
             content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/{schema}'}}\n"
        )
        .expect("a text takes everything");
        write!(
            resource,
            "        {method}:\n          operation: {{$ref: '#/paths/~1things~1{index}~1{{id}}/get'}}\n          response: \
             {{mediaType: application/json, openAPIDocKey: '200'}}\n"
        )
        .expect("a text takes everything");
        writeln!(
            select,
            "          - $ref: '#/components/x-stackQL-resources/things/methods/{method}'"
        )
        .expect("a text takes everything");
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: shop, version: v1}}\nservers: [{{url: 'https://shop.example.com'}}]\npaths:\n{paths}\
         components:\n  schemas:\n{schemas}  x-stackQL-resources:\n    things:\n      id: acme.shop.things\n      name: things\n      \
         methods:\n{resource}      sqlVerbs:\n        select:\n{select}        insert: []\n        update: []\n        delete: []\n"
    )
}

/// A schema of many columns, of which each may be an object of the next schema.
fn schema(name: &str, columns: usize, nested: Option<&str>) -> String {
    let mut text = format!("    {name}:\n      type: object\n      properties:\n");
    for column in 0..columns {
        let kind = match nested {
            Some(nested) => format!("$ref: '#/components/schemas/{nested}'"),
            None => format!(
                "type: string\n          description: The {column}. of what a {name} has, <in> {{many}} words | here."
            ),
        };
        writeln!(text, "        column_{column}:\n          {kind}").expect("a text takes everything");
    }
    text
}

struct Built {
    pages: FileTree,
    site: docs::Site,
}

fn build(service: &str, style: Style) -> Built {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("acme/v1.0.0");
    std::fs::create_dir_all(folder.join("services")).expect("a folder");
    std::fs::write(folder.join("provider.yaml"), PROVIDER).expect("a file");
    std::fs::write(folder.join("services/shop.yaml"), service).expect("a file");
    let loaded = provider::load(&folder).expect("a provider");
    let settings = SiteSettings {
        style,
        ..SiteSettings::default()
    };
    let site = docs::build(&loaded.provider, &settings);
    let templates = Templates::built_in().expect("built-in templates have no mistakes");
    let pages = render::site(&site, &templates).expect("the templates fit the model");
    Built { pages, site }
}

const FOLDER: &str = "services/shop/things";

fn page(pages: &FileTree) -> &str {
    let content = pages.get(&format!("{FOLDER}/index.md")).expect("the page");
    std::str::from_utf8(content).expect("text")
}

/// The tables beside the page, by file name.
fn files(pages: &FileTree) -> Vec<(String, Value)> {
    pages
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "json"))
        .map(|(path, content)| {
            let name = path.strip_prefix(&format!("{FOLDER}/")).expect("beside the page");
            (name.to_owned(), serde_json::from_slice(content).expect("JSON"))
        })
        .collect()
}

/// Rows with the nested ones.
fn count(rows: &Value) -> usize {
    let rows = rows.as_array().expect("rows");
    rows.iter().map(|row| 1 + row.get("children").map_or(0, count)).sum()
}

fn assert_sound(built: &Built, style: Style) {
    let page = page(&built.pages);
    assert!(page.len() < PAGE_BUDGET, "{style:?}: {} bytes", page.len());
    assert_eq!(mdx::check_all(&built.pages), []);
    mdx::check_whole("page", page).expect("the page compiles");
    for (name, _) in files(&built.pages) {
        let import = format!(" from './{name}';");
        assert_eq!(page.matches(&import).count(), 1, "{name} is imported once");
    }
    let tabs = page
        .split("## Methods")
        .next()
        .expect("the fields")
        .matches("<TabItem ")
        .count();
    let Page::Resource(model) = &built.site.services[0].pages[0] else {
        panic!("a resource")
    };
    assert_eq!(tabs, model.fields.len());
    let templates = render::project(&built.site, FileTree::new(), &ProjectSettings::default()).expect("a project");
    for end in ["md", "json"] {
        assert!(templates.contains(&format!("static/{FOLDER}.{end}")));
    }
}

#[test]
fn equal_tables_of_a_large_page_share_a_file() {
    let methods: Vec<(String, &str)> = (0..40)
        .map(|index| (format!("get_{index}"), if index % 2 == 0 { "even" } else { "odd" }))
        .collect();
    let methods: Vec<(&str, &str)> = methods.iter().map(|(name, schema)| (name.as_str(), *schema)).collect();
    let service = service(&methods, &(schema("even", 150, None) + &schema("odd", 160, None)));
    for style in [Style::Html, Style::SchemaTable] {
        let built = build(&service, style);
        assert_sound(&built, style);
        let files = files(&built.pages);
        let names: Vec<(&str, usize)> = files.iter().map(|(name, rows)| (name.as_str(), count(rows))).collect();
        assert_eq!(
            names,
            [("fields-get_0.json", 150), ("fields-get_1.json", 160)],
            "{style:?}"
        );
        let page = page(&built.pages);
        assert_eq!(page.matches("<SchemaTable fields={fields_get_0} />").count(), 20);
        assert!(page.contains("import SchemaTable from"));
        let twin = render::project(&built.site, FileTree::new(), &ProjectSettings::default()).expect("a project");
        let twin = std::str::from_utf8(twin.get(&format!("static/{FOLDER}.md")).expect("the twin")).expect("text");
        assert_eq!(twin.matches("The same fields as `get_0`.").count(), 19);
    }
}

#[test]
fn a_page_below_the_budget_keeps_its_tables() {
    let service = service(&[("get", "small"), ("list", "small")], &schema("small", 20, None));
    for style in [Style::Html, Style::SchemaTable] {
        let built = build(&service, style);
        assert_sound(&built, style);
        assert_eq!(files(&built.pages), []);
        assert_eq!(
            page(&built.pages).matches("column_19").count(),
            4,
            "{style:?}: twice in fields, twice in statements"
        );
    }
}

/// The compiler of Docusaurus reads an expression anew at each `}` in it: a table of 70 kB takes seconds.
#[test]
fn a_table_that_the_compiler_would_read_for_long_stands_beside_the_page() {
    let schemas = schema("short", 20, None) + &schema("long", 60, None);
    let built = build(
        &service(&[("get", "short"), ("list", "long")], &schemas),
        Style::SchemaTable,
    );
    assert_sound(&built, Style::SchemaTable);
    let names: Vec<(String, usize)> = files(&built.pages)
        .into_iter()
        .map(|(name, rows)| (name, count(&rows)))
        .collect();
    assert_eq!(names, [("fields-list.json".to_owned(), 60)]);
    let page = page(&built.pages);
    let inside: Vec<usize> = page
        .lines()
        .filter(|line| line.starts_with("<SchemaTable fields={["))
        .map(str::len)
        .collect();
    assert_eq!(inside.len(), 1, "the short table stands in the page");
    assert!(inside[0] < 4_000, "{inside:?}");
}

#[test]
fn nested_fields_are_less_deep_rather_than_endless() {
    // 30 columns of 30 fields of 30 fields: 27,930 rows on four levels.
    let schemas = schema("a", 30, Some("b")) + &schema("b", 30, Some("c")) + &schema("c", 30, None);
    let built = build(&service(&[("get", "a")], &schemas), Style::SchemaTable);
    assert_sound(&built, Style::SchemaTable);
    let Page::Resource(model) = &built.site.services[0].pages[0] else {
        panic!("a resource")
    };
    let tab = &model.fields[0];
    assert_eq!(tab.note.as_deref(), Some("Nested fields are shown down to level 2."));
    assert!(page(&built.pages).contains("Nested fields are shown down to level 2."));
    let rows = serde_json::to_value(&tab.rows).expect("rows");
    assert_eq!(count(&rows), 30 + 30 * 30);
}

#[test]
fn files_of_methods_with_like_names_are_told_apart() {
    let service = service(
        &[("get-all", "a"), ("get_all", "b"), ("GET_ALL", "c")],
        &(schema("a", 1_500, None) + &schema("b", 1_501, None) + &schema("c", 1_502, None)),
    );
    let built = build(&service, Style::Html);
    assert_sound(&built, Style::Html);
    let files = files(&built.pages);
    let names: Vec<(&str, usize)> = files.iter().map(|(name, rows)| (name.as_str(), count(rows))).collect();
    assert_eq!(
        names,
        [
            ("fields-GET_ALL_3.json", 1_502),
            ("fields-get_all.json", 1_500),
            ("fields-get_all_2.json", 1_501)
        ]
    );
}
