//! What is inferred for each shape of API, as tables that a reader can follow: `tests/cases-mapping/<shape>.md`.
//!
//! A file is a small API. Written by people are its heading, the sentence below it, and the first four columns of the
//! table; the others are what inference makes of it (`UPDATE_GOLDEN=1 cargo test --test mapping_cases` rewrites them, the
//! reviewer reads the difference). In `takes` and `answers`, `-` is nothing, `Widget` and `Event` are things with
//! columns, `[Widget]` is a list, `{items: [Widget], next: text}` an object, `{<: Widget}` a map, and a media type
//! (`text/plain`, `application/xml Widget`) stands for text, or for what is behind it; `?name` is a required parameter of the query. An operation after `old` is deprecated.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use spgen::mapping::{Conventions, SURE, Table, infer};
use spgen::openapi::{self, Service};
use spgen::source::{self, FileId, Map, Node, Value};

const HEADER: &str = "| operation | id | takes | answers | becomes | sure | why |\n|---|---|---|---|---|---|---|\n";

/// One operation as a person wrote it.
struct Line {
    verb: String,
    path: String,
    id: String,
    takes: String,
    answers: String,
    is_deprecated: bool,
}

fn lines_of(text: &str) -> Vec<Line> {
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| operation "));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let words: Vec<&str> = cells[1].trim_matches('`').split(' ').collect();
        let [.., verb, path] = words.as_slice() else {
            panic!("no verb and path: {row}")
        };
        let cell = |at: usize| cells[at].trim_matches('`').to_owned();
        Line {
            verb: verb.to_lowercase(),
            path: (*path).to_owned(),
            id: cell(2),
            takes: cell(3),
            answers: cell(4),
            is_deprecated: words[0] == "old",
        }
    })
    .collect()
}

fn object<const N: usize>(entries: [(&str, Node); N]) -> Node {
    let mut map = Map::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    Node::map(map)
}

/// The schema that the shorthand stands for.
fn schema(short: &Node) -> Node {
    match &short.value {
        Value::List(list) => {
            let item = list.iter().next().expect("a list says what is in it");
            object([("type", Node::string("array")), ("items", schema(item))])
        }
        Value::Map(map) => match map.get("<") {
            Some(value) => object([
                ("type", Node::string("object")),
                ("additionalProperties", schema(value)),
            ]),
            None => {
                let properties: Map = map
                    .iter()
                    .map(|entry| (entry.key.to_string(), schema(&entry.value)))
                    .collect();
                object([("type", Node::string("object")), ("properties", Node::map(properties))])
            }
        },
        _ => {
            let name = short.scalar_text().unwrap_or_default();
            match name.as_str() {
                "text" => object([("type", Node::string("string"))]),
                "number" => object([("type", Node::string("integer"))]),
                "yes-or-no" => object([("type", Node::string("boolean"))]),
                name => object([("$ref", Node::string(format!("#/components/schemas/{name}")))]),
            }
        }
    }
}

/// `content` of a body or an answer; `None` for `-`.
fn content(short: &str) -> Option<Node> {
    if short == "-" {
        return None;
    }
    let (media, short) = match short.split_once(' ') {
        Some((media, short)) if media.contains('/') => (media, short),
        _ if short.contains('/') => (short, "text"),
        _ => ("application/json", short),
    };
    let text = format!("it: {short}\n");
    let document = source::read(FileId::NONE, &text).expect("the shorthand is YAML");
    let it = document.root.get("it").expect("as written");
    Some(object([(media, object([("schema", schema(it))]))]))
}

fn operation(line: &Line) -> Node {
    let parameters = line.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let asked = line.takes.strip_prefix('?');
    let parameters = parameters
        .map(|name| (name, "path"))
        .chain(asked.map(|name| (name, "query")));
    let parameters = parameters.map(|(name, place)| {
        object([
            ("name", Node::string(name)),
            ("in", Node::string(place)),
            ("required", Node::bool(true)),
            ("schema", object([("type", Node::string("string"))])),
        ])
    });
    let mut map = Map::new();
    map.insert("operationId", Node::string(line.id.as_str()));
    map.insert("deprecated", Node::bool(line.is_deprecated));
    map.insert("parameters", Node::list(parameters));
    if let Some(content) = content(&line.takes).filter(|_| asked.is_none()) {
        map.insert("requestBody", object([("content", content)]));
    }
    let (status, answer) = match content(&line.answers) {
        Some(content) => (
            "200",
            object([("description", Node::string("Done.")), ("content", content)]),
        ),
        None => ("204", object([("description", Node::string("Done."))])),
    };
    map.insert("responses", object([(status, answer)]));
    Node::map(map)
}

fn service(lines: &[Line]) -> Service {
    let mut paths = Map::new();
    for line in lines {
        if paths.get(&line.path).is_none() {
            paths.insert(line.path.as_str(), Node::map(Map::new()));
        }
        let item = paths.get_mut(&line.path).and_then(Node::as_map_mut).expect("just made");
        item.insert(line.verb.as_str(), operation(line));
    }
    let thing = |first: &str, second: &str| {
        schema(&object([
            (first, Node::string("text")),
            (second, Node::string("number")),
        ]))
    };
    let root = object([
        ("openapi", Node::string("3.0.3")),
        ("paths", Node::map(paths)),
        (
            "components",
            object([(
                "schemas",
                object([("Widget", thing("id", "size")), ("Event", thing("at", "level"))]),
            )]),
        ),
    ]);
    Service {
        name: "shop".into(),
        file_name: "shop.yaml".into(),
        title: "Shop".into(),
        description: "".into(),
        spec: openapi::read(root).0,
    }
}

/// The file as it should be: its own words, and the table filled in.
fn filled(text: &str) -> String {
    let lines = lines_of(text);
    let outcome = infer(&[service(&lines)], &Table::default(), &Conventions::default());
    let words = text.split("| operation |").next().expect("words before the table");
    let mut out = format!("{words}{HEADER}");
    for line in &lines {
        let row = outcome
            .table
            .find("shop.yaml", &line.id)
            .expect("each operation has a row");
        let old = if line.is_deprecated { "old " } else { "" };
        let key = if row.object_key.is_empty() {
            String::new()
        } else {
            format!(" {}", row.object_key)
        };
        let sure = if row.confidence.unwrap_or_default() >= SURE {
            "yes"
        } else {
            "no"
        };
        let _ = writeln!(
            out,
            "| `{old}{} {}` | `{}` | `{}` | `{}` | `{}.{}` {}{key} | {sure} | {} |",
            line.verb.to_uppercase(),
            line.path,
            line.id,
            line.takes,
            line.answers,
            row.resource,
            row.method,
            row.sql_verb,
            row.reason.replace("|", "\\|"),
        );
    }
    out
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases-mapping");
    let entries = std::fs::read_dir(folder).expect("the folder of cases");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn every_shape_becomes_what_its_table_says() {
    let files = cases();
    assert!(files.len() > 10, "the cases are not found");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a table");
        let filled = filled(&text);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, filled).expect("the file can be written");
        } else {
            assert!(
                text == filled,
                "{} should be (UPDATE_GOLDEN=1 rewrites it)\n{filled}",
                file.display()
            );
        }
    }
}
