//! The reading of the Databricks SDK, compared with the SDK itself: `databricks_sdk/oracle.py` calls every method on a
//! client that sends nothing.
//!
//! Needs the wheels (`SPGEN_SDK_WHEELS` names their folder) and `python3`; says so and passes where either is absent.

#![expect(clippy::print_stdout, reason = "a test that cannot run here says why")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde::Deserialize;
use spgen::ingest::archive;
use spgen::ingest::databricks_sdk::{Level, Sdk, Strictness, documents, is_needed};
use spgen::source::{Map, Node, Sources};

#[derive(Debug, Deserialize)]
struct Oracle {
    version: String,
    requests: BTreeMap<String, Request>,
    helpers: Vec<String>,
    records: BTreeMap<String, Record>,
    enums: BTreeMap<String, Vec<String>>,
    levels: BTreeMap<String, BTreeMap<String, String>>,
    texts: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Request {
    verb: String,
    path: String,
    query: Vec<String>,
    body: Option<Vec<String>>,
    whole: Option<String>,
    data: Option<String>,
    raw: bool,
    /// Key to parameter; the reading has no say in it.
    #[serde(default)]
    names: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Record {
    keys: Vec<String>,
    required: Vec<String>,
}

/// The wheels to compare, each with what the oracle says; empty, with the reason printed, when they are not to be had.
fn oracles() -> &'static [(PathBuf, Oracle)] {
    static ANSWERS: OnceLock<Vec<(PathBuf, Oracle)>> = OnceLock::new();
    ANSWERS.get_or_init(ask_all)
}

fn ask_all() -> Vec<(PathBuf, Oracle)> {
    let Some(folder) = std::env::var_os("SPGEN_SDK_WHEELS") else {
        println!("skipped: SPGEN_SDK_WHEELS names no folder with wheels of databricks-sdk");
        return Vec::new();
    };
    let mut wheels: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of wheels can be read")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("databricks_sdk-"))
        })
        .filter(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .collect();
    wheels.sort();
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3 is not there to run the SDK");
        return Vec::new();
    }
    wheels.into_iter().map(|wheel| (wheel.clone(), ask(&wheel))).collect()
}

fn ask(wheel: &Path) -> Oracle {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/databricks_sdk/oracle.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(wheel)
        .output()
        .expect("python3 starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the oracle answers in its own form")
}

fn read(wheel: &Path) -> (Sources, Sdk) {
    let files = archive::read(wheel, is_needed).expect("the wheel can be read");
    let (sdk, diagnostics) = Sdk::read(&files, Strictness::Strict);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    (files, sdk)
}

/// Verb, path, query keys and body keys of all methods; and no method too many or too few.
#[test]
fn every_method_sends_what_the_sdk_sends() {
    for (wheel, oracle) in oracles() {
        let (_, sdk) = read(wheel);
        let ours: BTreeMap<String, Request> = sdk
            .requests()
            .into_iter()
            .map(|sent| {
                let texts = |texts: Vec<spgen::source::Text>| texts.into_iter().map(String::from).collect();
                let request = Request {
                    verb: sent.verb.into(),
                    path: sent.path.into(),
                    query: texts(sent.query),
                    body: sent.body.map(texts),
                    whole: sent.whole.map(String::from),
                    data: sent.data.map(String::from),
                    raw: sent.raw,
                    names: BTreeMap::new(),
                };
                (sent.method.into(), request)
            })
            .collect();
        for (method, request) in &oracle.requests {
            let expected = Request {
                names: BTreeMap::new(),
                ..request.clone()
            };
            assert_eq!(ours.get(method), Some(&expected), "{} {method}", oracle.version);
        }
        assert_eq!(ours.len(), oracle.requests.len(), "{}", oracle.version);
        let mut helpers = sdk.helpers();
        helpers.retain(|(_, kind)| {
            use spgen::ingest::databricks_sdk::Helper::{Accessor, Private};
            !matches!(kind, Accessor | Private)
        });
        let helpers: Vec<String> = helpers.into_iter().map(|(method, _)| method.into()).collect();
        let mut expected = oracle.helpers.clone();
        expected.sort();
        assert_eq!(helpers, expected, "{}", oracle.version);
        println!(
            "{}: {} of {} requests equal",
            oracle.version,
            ours.len(),
            oracle.requests.len()
        );
    }
}

/// The documents: level and attribute of each class, the path once resource names are folded again, query names, body
/// keys, and the keys, required keys and values of all schemas.
#[test]
fn the_documents_say_what_the_sdk_does() {
    for (wheel, oracle) in oracles() {
        let (_, sdk) = read(wheel);
        let (mut operations, mut left_out, mut schemas) = (0, 0, 0);
        for level in Level::ALL {
            let (services, report, diagnostics) = documents(&sdk, level);
            assert!(diagnostics.is_empty(), "{diagnostics:#?}");
            for service in &services {
                let of = Checked {
                    oracle,
                    level,
                    service: &service.name,
                    document: &service.document,
                };
                operations += of.operations();
                schemas += of.schemas();
            }
            let at_both = report.excluded.iter().filter(|left| left.kept.is_none()).count();
            left_out += report.excluded.len() - if level == Level::Account { at_both } else { 0 };
        }
        assert_eq!(
            operations + left_out,
            oracle.requests.len(),
            "{}: methods in = operations out + exclusions",
            oracle.version
        );
        println!(
            "{}: {operations} operations, {left_out} left out, {schemas} schemas",
            oracle.version
        );
    }
}

/// Every method, parameter and field that has a text in the SDK has that text, and none has another's.
#[test]
fn every_text_is_that_of_its_owner() {
    for (wheel, oracle) in oracles() {
        let (_, sdk) = read(wheel);
        let mut texts = Texts::default();
        for level in Level::ALL {
            for service in documents(&sdk, level).0 {
                let of = Checked {
                    oracle,
                    level,
                    service: &service.name,
                    document: &service.document,
                };
                of.texts(&mut texts);
            }
        }
        println!("{}: {texts:?}", oracle.version);
        assert!(texts.equal > 5_000 && texts.rewritten * 30 < texts.equal, "{texts:?}");
    }
}

/// How many texts were compared.
#[derive(Debug, Default)]
struct Texts {
    equal: usize,
    none: usize,
    /// Links and code blocks are written differently in Markdown, so their words are not the same.
    rewritten: usize,
}

impl Texts {
    #[track_caller]
    fn compare(&mut self, place: &str, ours: Option<&str>, expected: Option<&String>) {
        let expected = expected.map(|text| text.trim()).filter(|text| !text.is_empty());
        for forbidden in [
            ":param ",
            ":return",
            ":class:",
            ":method:",
            "Create a collection of name/value pairs",
        ] {
            assert!(ours.is_none_or(|text| !text.contains(forbidden)), "{place}: {ours:?}");
        }
        match (ours, expected) {
            (None, None) => self.none += 1,
            (Some(_), Some(theirs))
                if ["]: http", "](/", "](:", ".. "]
                    .iter()
                    .any(|sign| theirs.contains(sign)) =>
            {
                self.rewritten += 1;
            }
            (Some(ours), Some(theirs)) => {
                assert_eq!(letters(ours), letters(&without_roles(theirs)), "{place}");
                self.equal += 1;
            }
            _ => panic!("{place}: {ours:?} instead of {expected:?}"),
        }
    }
}

fn without_roles(text: &str) -> String {
    text.replace(":method:", "").replace(":class:", "")
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// A document beside the oracle.
struct Checked<'a> {
    oracle: &'a Oracle,
    level: Level,
    service: &'a str,
    document: &'a Node,
}

impl Checked<'_> {
    fn operations(&self) -> usize {
        let mut count = 0;
        for path in map(self.document, "paths") {
            for verb in path.value.as_map().expect("a path item is a map") {
                self.operation(&path.key, &verb.key, &verb.value);
                count += 1;
            }
        }
        count
    }

    fn operation(&self, path: &str, verb: &str, operation: &Node) {
        let origin = operation.get("x-sdk").expect("an operation knows its origin");
        let class = format!("{}.{}", self.service, origin.get_str("api").expect("a class"));
        let method = format!("{class}.{}", origin.get_str("method").expect("a method"));
        let request = &self.oracle.requests[&method];
        let attribute = self.oracle.levels[self.level.name()].get(&class).map(String::as_str);
        assert_eq!(origin.get_str("attr"), attribute, "{method}: level");
        assert_eq!(verb, request.verb.to_lowercase(), "{method}: verb");

        let mut folded = path.to_owned();
        let (mut names, mut query) = (Vec::new(), Vec::new());
        for parameter in operation
            .get("parameters")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
        {
            let name = parameter.get_str("name").expect("a parameter has a name");
            if let Some(part) = parameter.get("x-resource-name") {
                let variable = format!(
                    "{{{}}}",
                    part.get_str("parameter").expect("the parameter it is a part of")
                );
                folded = folded.replace(part.get_str("form").expect("the form"), &variable);
            }
            if parameter.get_str("in") == Some("path") {
                names.push(name);
            } else {
                let object = parameter.get("x-object").and_then(|object| object.get_str("parameter"));
                query.push(object.unwrap_or(name).to_owned());
            }
        }
        // A name without variables leaves no parameter behind; the operation keeps the path that the SDK has.
        if names.is_empty() {
            folded = origin.get_str("path").unwrap_or(&folded).to_owned();
        }
        assert_eq!(folded, request.path, "{method}: path");
        for name in &names {
            assert_eq!(
                path.matches(&format!("{{{name}}}")).count(),
                1,
                "{method}: `{name}` in `{path}`"
            );
        }
        assert_eq!(
            path.matches('{').count(),
            names.len(),
            "{method}: variables of `{path}`"
        );
        query.sort();
        query.dedup();
        assert_eq!(query, request.query, "{method}: query");
        body(&method, request, operation);
    }

    fn texts(&self, texts: &mut Texts) {
        for path in map(self.document, "paths") {
            for verb in path.value.as_map().expect("a path item is a map") {
                self.texts_of(&verb.value, texts);
            }
        }
        let schemas = self
            .document
            .get("components")
            .and_then(|components| components.get("schemas"));
        for schema in schemas.and_then(Node::as_map).into_iter().flatten() {
            let own = format!("{}.{}", self.service, schema.key);
            let Some(expected) = self.oracle.texts.get(&own) else {
                continue;
            };
            texts.compare(&own, schema.value.get_str("description"), expected.get(""));
            for property in schema
                .value
                .get("properties")
                .and_then(Node::as_map)
                .into_iter()
                .flatten()
            {
                let place = format!("{own}.{}", property.key);
                texts.compare(
                    &place,
                    property.value.get_str("description"),
                    expected.get(property.key.as_str()),
                );
            }
        }
    }

    fn texts_of(&self, operation: &Node, texts: &mut Texts) {
        let origin = operation.get("x-sdk").expect("an operation knows its origin");
        let part = |key: &str| origin.get_str(key).expect("a name");
        let method = format!("{}.{}.{}", self.service, part("api"), part("method"));
        let (request, expected) = (&self.oracle.requests[&method], &self.oracle.texts[&method]);
        texts.compare(&method, operation.get_str("description"), expected.get(""));
        for parameter in operation
            .get("parameters")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
        {
            let name = parameter.get_str("name").expect("a parameter has a name");
            let about = parameter.get_str("description");
            let place = format!("{method}({name})");
            if let Some(part) = parameter.get("x-resource-name") {
                // The last variable of a name carries the text; the others say what they are a part of.
                let own = expected.get(part.get_str("parameter").expect("a parameter"));
                if about.is_none_or(|text| !text.starts_with("Part of the resource name")) {
                    texts.compare(&place, about, own);
                }
            } else if let Some(object) = parameter.get("x-object") {
                let own = &request.names[object.get_str("parameter").expect("a parameter")];
                texts.compare(&place, object.get_str("description"), expected.get(own));
            } else if name != "account_id" {
                // `startIndex` is set by the client once more, over the value of `start_index`.
                let own = request
                    .names
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| name.replace("startIndex", "start_index"));
                texts.compare(&place, about, expected.get(&own));
            }
        }
        let body = operation.get("requestBody");
        if let Some(whole) = request.whole.as_ref().or(request.data.as_ref()) {
            texts.compare(
                &method,
                body.and_then(|body| body.get_str("description")),
                expected.get(whole),
            );
        }
        let content = body.and_then(|body| body.get("content")).and_then(Node::as_map);
        let schema = content
            .and_then(|content| content.entry_at(0))
            .and_then(|media| media.value.get("schema"));
        for property in schema
            .and_then(|schema| schema.get("properties"))
            .and_then(Node::as_map)
            .into_iter()
            .flatten()
        {
            let own = request
                .names
                .get(property.key.as_str())
                .map_or(property.key.as_str(), String::as_str);
            let place = format!("{method}: {}", property.key);
            texts.compare(&place, property.value.get_str("description"), expected.get(own));
        }
    }

    fn schemas(&self) -> usize {
        let Some(schemas) = self
            .document
            .get("components")
            .and_then(|components| components.get("schemas"))
        else {
            return 0;
        };
        for schema in schemas.as_map().expect("schemas are a map") {
            let own = format!("{}.{}", self.service, schema.key);
            let names = |key: &str| {
                let list = schema.value.get(key).and_then(Node::as_list);
                list.into_iter()
                    .flatten()
                    .filter_map(Node::as_str)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            if let Some(expected) = self.oracle.records.get(&own) {
                let mut record = Record {
                    keys: map(&schema.value, "properties").keys().map(String::from).collect(),
                    required: names("required"),
                };
                record.keys.sort();
                record.required.sort();
                assert_eq!(record, *expected, "{own}");
            } else if let Some(whole) = own
                .strip_suffix("Patch")
                .and_then(|class| self.oracle.records.get(class))
            {
                // What a request with a mask sends: any of the fields.
                let mut keys: Vec<&str> = map(&schema.value, "properties")
                    .keys()
                    .map(spgen::source::Text::as_str)
                    .collect();
                keys.sort_unstable();
                assert_eq!(
                    (keys, names("required")),
                    (whole.keys.iter().map(String::as_str).collect(), Vec::new()),
                    "{own}"
                );
            } else if let Some(expected) = self.oracle.enums.get(&own) {
                assert_eq!(names("enum"), *expected, "{own}");
            } else {
                let known = |key: &String| key.rsplit('.').next().is_some_and(|class| schema.key.ends_with(class));
                let foreign = self.oracle.records.keys().any(known) || self.oracle.enums.keys().any(known);
                assert!(foreign, "{own} is no class of the SDK");
            }
        }
        schemas.as_map().map_or(0, Map::len)
    }
}

fn map<'a>(node: &'a Node, key: &str) -> &'a Map {
    node.get(key).and_then(Node::as_map).expect("the key holds a map")
}

/// The body of a request: its keys, or the class that is the whole of it.
fn body(method: &str, request: &Request, operation: &Node) {
    let content = operation.get("requestBody").and_then(|body| body.get("content"));
    let schema = content
        .and_then(Node::as_map)
        .and_then(|content| content.entry_at(0))
        .map(|media| media.value.get("schema").expect("a media type has a schema"));
    match (&request.body, &request.whole, &request.data) {
        (Some(expected), None, None) => {
            let properties = schema
                .and_then(|schema| schema.get("properties"))
                .and_then(Node::as_map);
            let mut keys: Vec<&str> = properties
                .into_iter()
                .flat_map(Map::keys)
                .map(spgen::source::Text::as_str)
                .collect();
            keys.sort_unstable();
            assert_eq!(keys, *expected, "{method}: body");
        }
        (None, Some(whole), None) => {
            let schema = schema.expect("a body");
            assert!(
                schema.get("properties").is_none(),
                "{method}: `{whole}` is the body, not a key of it"
            );
        }
        (None, None, Some(_)) => {
            let format = schema.and_then(|schema| schema.get_str("format"));
            assert_eq!(format, Some("binary"), "{method}: bytes");
        }
        (None, None, None) => assert!(content.is_none(), "{method}: no body"),
        other => panic!("{method}: {other:?}"),
    }
}
