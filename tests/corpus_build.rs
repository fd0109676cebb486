//! Real descriptions by the thousand, from the file to provider and pages: `spgen build` runs on each as a process of its
//! own, and everything that it writes is judged.
//!
//! For each description: the process ends by itself within the limits of time and memory, every operation stands in the
//! ledger, every document is valid by `openapiv3` and by the published JSON Schemas, every SQL example parses in the
//! runtime's grammar. Set `SPGEN_CORPUS` (see `tests/corpus.rs`) and run it with `--release -- --nocapture`.

#[path = "common/corpus.rs"]
mod corpus;
#[path = "common/grammar.rs"]
#[expect(dead_code, reason = "the words are checked elsewhere")]
mod grammar;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use corpus::show;
use rayon::prelude::*;
use serde_json::Value;
use spgen::source::{self, FileId, Node};

/// What takes longer hangs.
const HANG: Duration = Duration::from_mins(1);

/// What takes longer is counted, not judged: the time depends on the disk, and on what else the machine does.
const SLOW: Duration = Duration::from_secs(10);

/// Memory for each byte of a description of more than [`LARGE`] bytes.
const MEMORY: usize = 40;
const LARGE: usize = 1_000_000;

/// What a table of the worst is ordered by.
type Measure = fn(&Outcome) -> usize;

#[derive(Default)]
struct Outcome {
    file: String,
    bytes: usize,
    time: Duration,
    memory: usize,
    documents: usize,
    pages: usize,
    examples: usize,
    states: BTreeMap<String, usize>,
    reasons: BTreeMap<String, usize>,
    /// Bytes of documents and of pages.
    written: (usize, usize),
    faults: Vec<String>,
}

struct Judges {
    openapi: jsonschema::Validator,
    resources: jsonschema::Validator,
    provider: jsonschema::Validator,
}

#[test]
fn providers_and_pages_come_out_valid() {
    let Some(folder) = corpus::folder() else { return };
    let Some(judges) = judges() else { return };
    let start = Instant::now();
    let mut outcomes = Vec::new();
    for file in corpus::chosen(&folder) {
        outcomes.push(check(&folder, &file, &judges));
    }
    report(&outcomes, start.elapsed());
    let failed = outcomes.iter().filter(|outcome| !outcome.faults.is_empty()).count();
    assert_eq!(failed, 0, "{failed} of {} descriptions fail", outcomes.len());
}

fn judges() -> Option<Judges> {
    let judge = |schema: &Value| {
        // Formats are not checked: a `pattern` may be written for any of several dialects.
        let options = jsonschema::options().should_validate_formats(false);
        options.build(schema).expect("the schema is one")
    };
    let mut resources = corpus::schema("resources-core.schema.json")?;
    resources["$ref"] = "#/$defs/ResourceMap".into();
    let mut provider = corpus::schema("provider.schema.json")?;
    let config = corpus::schema("stackql-config.schema.json")?;
    for property in provider["properties"]
        .as_object_mut()
        .into_iter()
        .flat_map(|all| all.values_mut())
    {
        if property["$ref"] == "./stackql-config.schema.json" {
            *property = config.clone();
        }
    }
    Some(Judges {
        openapi: judge(&corpus::schema("openapi-3.0.schema.json")?),
        resources: judge(&resources),
        provider: judge(&provider),
    })
}

fn check(folder: &Path, file: &Path, judges: &Judges) -> Outcome {
    let mut outcome = Outcome {
        file: file.strip_prefix(folder).unwrap_or(file).display().to_string(),
        bytes: usize::try_from(fs::metadata(file).expect("a file").len()).expect("it fits"),
        ..Outcome::default()
    };
    let out = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (output, time) = run(file, out.path());
    outcome.time = time;
    let said = String::from_utf8_lossy(&output.stderr);
    if !matches!(output.status.code(), Some(0 | 1)) {
        let said: String = said.chars().take(300).collect();
        outcome.faults.push(format!("{}: {said}", output.status));
        return outcome;
    }
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    outcome.memory = summary["peak_memory"]
        .as_u64()
        .and_then(|bytes| bytes.try_into().ok())
        .unwrap_or(0);
    outcome.faults.extend(beyond_limits(&outcome));
    ledger(file, out.path(), &mut outcome);
    // A provider without a mapped operation has no service, which its schema does not allow; there is nothing to judge.
    if outcome.states.contains_key("mapped") {
        documents(out.path(), judges, &mut outcome);
    }
    pages(out.path(), &mut outcome);
    outcome
}

/// Builds a description, with all of the work, and tells how long that took.
fn run(file: &Path, out: &Path) -> (Output, Duration) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spgen"));
    command
        .args(["build", "--provider", "corpus", "--format", "json"])
        .args(["--quiet", "--fresh", "--out"])
        .args([out, file]);
    let started = Instant::now();
    let output = command.output().expect("the program runs");
    (output, started.elapsed())
}

/// The limits that a build passed.
fn beyond_limits(outcome: &Outcome) -> Vec<String> {
    let mut passed = Vec::new();
    if outcome.time > HANG {
        passed.push(format!("time: {:.1?}", outcome.time));
    }
    if outcome.bytes > LARGE && outcome.memory > outcome.bytes.saturating_mul(MEMORY) {
        passed.push(format!(
            "memory: {} MB, {} times the description",
            outcome.memory / 1_000_000,
            outcome.memory / outcome.bytes
        ));
    }
    passed
}

/// Every operation of the description stands in the ledger exactly once.
fn ledger(file: &Path, out: &Path, outcome: &mut Outcome) {
    let text = fs::read_to_string(out.join("report.json")).unwrap_or_default();
    let report: Value = serde_json::from_str(&text).unwrap_or_default();
    let mut seen = BTreeSet::new();
    for entry in report["ledger"].as_array().into_iter().flatten() {
        let of = |key: &str| entry[key].as_str().unwrap_or_default();
        if !seen.insert((of("path").to_owned(), of("verb").to_lowercase())) {
            outcome
                .faults
                .push(format!("twice in the ledger: {} {}", of("verb"), of("path")));
        }
        *outcome.states.entry(of("state").to_owned()).or_default() += 1;
        if of("state") != "mapped" {
            *outcome.reasons.entry(without_names(of("reason"))).or_default() += 1;
        }
    }
    let text = fs::read_to_string(file).unwrap_or_default();
    let Ok(document) = source::read(FileId(0), &text) else {
        outcome.faults.push("cannot be read a second time".into());
        return;
    };
    let operations = operations(&document.root);
    let missing: Vec<_> = operations.difference(&seen).collect();
    if let Some((path, verb)) = missing.first() {
        outcome
            .faults
            .push(format!("{} not in the ledger: {verb} {path}", missing.len()));
    }
    if let Some((path, verb)) = seen.difference(&operations).next() {
        outcome.faults.push(format!("only in the ledger: {verb} {path}"));
    }
}

/// Path and verb of every operation, by a walk that shares nothing with the program's own.
fn operations(root: &Node) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let sections = ["paths", "x-ms-paths"]
        .into_iter()
        .filter_map(|key| root.get(key)?.as_map());
    for path in sections.flatten() {
        let item = match path
            .value
            .get_str("$ref")
            .and_then(|reference| reference.strip_prefix('#'))
        {
            Some(pointer) => source::pointer::follow(root, &source::pointer::percent_decode(pointer)),
            None => Some(&path.value),
        };
        for entry in item.and_then(Node::as_map).into_iter().flatten() {
            let is_verb =
                ["get", "put", "post", "delete", "options", "head", "patch", "trace"].contains(&entry.key.as_str());
            if is_verb && !path.key.starts_with("x-") {
                found.insert((path.key.to_string(), entry.key.to_string()));
            }
        }
    }
    found
}

/// A reason without what stands in backticks and without numbers, so that equal ones can be counted.
fn without_names(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    let text: String = parts
        .map(|(index, part)| if index % 2 == 0 { part } else { "…" })
        .collect();
    let text: String = text
        .chars()
        .map(|character| if character.is_ascii_digit() { '#' } else { character })
        .collect();
    text.chars().take(110).collect()
}

fn documents(out: &Path, judges: &Judges, outcome: &mut Outcome) {
    let files = files_below(&out.join("src"));
    outcome.documents = files.len();
    let judged: Vec<(usize, Vec<String>)> = files.par_iter().map(|file| judge_document(file, judges)).collect();
    for (bytes, faults) in judged {
        outcome.written.0 += bytes;
        outcome.faults.extend(faults);
    }
}

fn judge_document(file: &Path, judges: &Judges) -> (usize, Vec<String>) {
    let text = fs::read_to_string(file).expect("readable");
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // A service may have this name as well.
    let is_provider = name == "provider.yaml" && !file.parent().is_some_and(|folder| folder.ends_with("services"));
    let root = match source::read(FileId(0), &text) {
        Ok(document) => document.root,
        Err(error) => return (text.len(), vec![format!("{name} cannot be read: {error}")]),
    };
    let json = serde_json::to_value(&root).expect("a tree of text keys");
    let mut faults = Vec::new();
    let mut judge = |validator: &jsonschema::Validator, value: &Value| {
        for error in validator.iter_errors(value).take(3) {
            let text: String = error.to_string().chars().take(160).collect();
            faults.push(format!("{name}: {text} at {}", error.instance_path()));
        }
    };
    if is_provider {
        judge(&judges.provider, &json);
        return (text.len(), faults);
    }
    judge(&judges.openapi, &json);
    judge(&judges.resources, &json["components"]["x-stackQL-resources"]);
    if let Err(error) = serde_json::from_value::<openapiv3::OpenAPI>(json) {
        faults.push(format!("{name}: openapiv3: {error}"));
    }
    (text.len(), faults)
}

fn pages(out: &Path, outcome: &mut Outcome) {
    let files = files_below(&out.join("docs"));
    outcome.pages = files.len();
    let read: Vec<(usize, Vec<String>)> = files
        .par_iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("readable");
            (text.len(), grammar::sql_examples_of(&text))
        })
        .collect();
    let mut statements = Vec::new();
    for (bytes, examples) in read {
        outcome.written.1 += bytes;
        statements.extend(examples);
    }
    outcome.examples = statements.len();
    for (index, error) in grammar::failures(&statements).into_iter().flatten().take(3) {
        outcome.faults.push(format!(
            "does not parse: {error}: {}",
            statements[index].replace('\n', " ")
        ));
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn report(outcomes: &[Outcome], time: Duration) {
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        for (state, count) in &outcome.states {
            *states.entry(state).or_default() += count;
        }
        for (reason, count) in &outcome.reasons {
            *reasons.entry(reason).or_default() += count;
        }
    }
    let operations: usize = states.values().sum();
    show(format_args!(
        "{} descriptions, {} MB, {operations} operations; {} documents of {} MB, {} pages of {} MB, {} examples; {:.0?} of building, {time:.0?} in all",
        outcomes.len(),
        sum(|outcome| outcome.bytes) / 1_000_000,
        sum(|outcome| outcome.documents),
        sum(|outcome| outcome.written.0) / 1_000_000,
        sum(|outcome| outcome.pages),
        sum(|outcome| outcome.written.1) / 1_000_000,
        sum(|outcome| outcome.examples),
        outcomes.iter().map(|outcome| outcome.time).sum::<Duration>(),
    ));
    for (state, count) in states {
        show(format_args!(
            "{count:>9} {:>6.2} % {state}",
            count as f64 * 100.0 / operations.max(1) as f64
        ));
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (reason, count) in reasons.iter().take(30) {
        show(format_args!("{count:>9}          {reason}"));
    }
    let line = |outcome: &Outcome| {
        format!(
            "{:>7.2} s {:>6} MB, {:>6.1} MB in, {:>7.1} MB of documents, {:>7.1} MB of pages: {}",
            outcome.time.as_secs_f64(),
            outcome.memory / 1_000_000,
            outcome.bytes as f64 / 1e6,
            outcome.written.0 as f64 / 1e6,
            outcome.written.1 as f64 / 1e6,
            outcome.file,
        )
    };
    let tops: [(&str, Measure); 3] = [
        ("slowest", |outcome| {
            usize::try_from(outcome.time.as_micros()).unwrap_or(usize::MAX)
        }),
        ("most memory for a byte", |outcome| {
            if outcome.bytes > LARGE {
                outcome.memory * 100 / outcome.bytes
            } else {
                0
            }
        }),
        ("most written for a byte", |outcome| {
            (outcome.written.0 + outcome.written.1) / outcome.bytes.max(LARGE / 10)
        }),
    ];
    let slow = outcomes.iter().filter(|outcome| outcome.time > SLOW).count();
    show(format_args!("{slow} of them took more than {SLOW:?}"));
    for (title, by) in tops {
        show(title);
        let mut ordered: Vec<&Outcome> = outcomes.iter().collect();
        ordered.sort_by_key(|outcome| std::cmp::Reverse(by(outcome)));
        ordered.iter().take(10).for_each(|outcome| show(line(outcome)));
    }
    for outcome in outcomes.iter().filter(|outcome| !outcome.faults.is_empty()) {
        show(format_args!(
            "FAILED {} ({} faults)",
            outcome.file,
            outcome.faults.len()
        ));
        for fault in outcome.faults.iter().take(4) {
            show(format_args!("       {fault}"));
        }
    }
}
