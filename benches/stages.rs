//! How fast each stage is, beside the limit: the bare reading of the same bytes by the same reader on the same cores.
//!
//! ```sh
//! SPGEN_GITHUB=…/api.github.com.json cargo bench
//! ```
//!
//! Inputs are what is at hand: the published Databricks services of the data folder (`SPGEN_DATA`), and the description
//! that `SPGEN_GITHUB` names. The table at the end is what the figures in the documentation come from.

#![expect(clippy::print_stdout, reason = "a benchmark prints figures")]

#[path = "../tests/common/data.rs"]
mod data;

use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput};
use rayon::prelude::*;
use spgen::docs::{self, SiteSettings};
use spgen::mapping::{self, Conventions, Table};
use spgen::openapi::{self, NormalizeOptions, Service, SplitRules};
use spgen::output::FileTree;
use spgen::provider::{self, Settings};
use spgen::render::{self, Templates};
use spgen::source::{self, FileId, Node};

/// The first one is the limit that the others are compared with.
const STAGES: [&str; 7] = ["parse", "read", "normalise", "map", "build", "docs", "all"];

/// Descriptions that are measured together.
struct Input {
    name: &'static str,
    files: Vec<(String, String)>,
}

impl Input {
    fn bytes(&self) -> usize {
        self.files.iter().map(|(_, text)| text.len()).sum()
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    let inputs = inputs();
    if inputs.is_empty() {
        println!("skipped: no data folder (SPGEN_DATA) and no SPGEN_GITHUB");
    }
    let counts: Vec<usize> = inputs.iter().map(|input| measure(&mut criterion, input)).collect();
    criterion.final_summary();
    for (input, operations) in inputs.iter().zip(counts) {
        print_table(input, operations);
    }
}

fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    for folder in data::providers().unwrap_or_default() {
        let is_databricks = folder
            .components()
            .any(|part| part.as_os_str() == "databricks_workspace");
        if is_databricks {
            inputs.push(Input {
                name: "databricks_workspace",
                files: texts(&folder.join("services")),
            });
        }
    }
    if let Some(file) = std::env::var_os("SPGEN_GITHUB").map(PathBuf::from) {
        inputs.push(Input {
            name: "github",
            files: vec![text(&file)],
        });
    }
    inputs
}

fn texts(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("the folder of the services");
    let mut files: Vec<_> = entries.map(|entry| text(&entry.expect("an entry").path())).collect();
    files.sort();
    files
}

fn text(file: &Path) -> (String, String) {
    let name = file
        .file_name()
        .expect("a file has a name")
        .to_string_lossy()
        .into_owned();
    (
        name,
        std::fs::read_to_string(file).expect("a description that can be read"),
    )
}

/// Files → trees: nothing but the reader.
fn parse(input: &Input) -> Vec<(String, Node)> {
    let one = |(name, text): &(String, String)| {
        let document = source::read(FileId::NONE, text).expect("a description without broken syntax");
        (name.clone(), document.root)
    };
    input.files.par_iter().map(one).collect()
}

/// Trees → specifications, checked and brought to one version.
fn understand(documents: Vec<(String, Node)>) -> Vec<(String, openapi::Spec)> {
    let one = |(name, root): (String, Node)| {
        std::hint::black_box(openapi::check(&root));
        let (root, _, _) = openapi::upgrade(root);
        (name, openapi::read(root).0)
    };
    documents.into_par_iter().map(one).collect()
}

/// Specifications → services.
fn normalise(specs: Vec<(String, openapi::Spec)>) -> Vec<Service> {
    let one = |(name, spec)| (name, openapi::normalize(spec, &NormalizeOptions::default()).0);
    let specs: Vec<_> = specs.into_par_iter().map(one).collect();
    let rules = match specs.len() {
        1 => openapi::split::propose_split(&specs, None).rules,
        _ => SplitRules::default(),
    };
    openapi::split(specs, &rules)
}

fn map(services: &[Service]) -> Table {
    mapping::infer(services, &Table::default(), &Conventions::default()).table
}

/// Services and mapping → documents, as values and as text.
fn build(services: &[Service], table: &Table) -> (provider::Provider, FileTree) {
    let built = provider::build(services, table, &Settings::inferred("acme"));
    let tree = provider::build::to_tree(&built.provider);
    (built.provider, tree)
}

fn pages(provider: &provider::Provider) -> FileTree {
    let site = docs::build(provider, &SiteSettings::default());
    let templates = Templates::built_in().expect("the built-in templates have no mistakes");
    render::site(&site, &templates).expect("the built-in templates fit the page model")
}

/// Measures all stages of an input; returns its number of operations.
fn measure(criterion: &mut Criterion, input: &Input) -> usize {
    let mut group = criterion.benchmark_group(input.name);
    group.throughput(Throughput::Bytes(input.bytes() as u64));
    group.bench_function("parse", |bencher| bencher.iter_with_large_drop(|| parse(input)));
    let documents = parse(input);
    group.bench_function("read", |bencher| {
        bencher.iter_batched(|| documents.clone(), understand, BatchSize::LargeInput);
    });
    let specs = understand(documents);
    group.bench_function("normalise", |bencher| {
        bencher.iter_batched(|| specs.clone(), normalise, BatchSize::LargeInput);
    });
    let services = normalise(specs);
    group.bench_function("map", |bencher| bencher.iter_with_large_drop(|| map(&services)));
    let table = map(&services);
    group.bench_function("build", |bencher| {
        bencher.iter_with_large_drop(|| build(&services, &table));
    });
    let (provider, _) = build(&services, &table);
    group.bench_function("docs", |bencher| bencher.iter_with_large_drop(|| pages(&provider)));
    group.bench_function("all", |bencher| {
        bencher.iter_with_large_drop(|| {
            let services = normalise(understand(parse(input)));
            let table = map(&services);
            let (provider, documents) = build(&services, &table);
            (documents, pages(&provider))
        });
    });
    group.finish();
    table.rows.len()
}

/// MB/s, operations/s and how many times the limit, from what the measurements left on disk.
fn print_table(input: &Input, operations: usize) {
    let megabytes = input.bytes() as f64 / 1e6;
    println!("\n{}: {megabytes:.1} MB, {operations} operations", input.name);
    println!(
        "{:<10} {:>9} {:>8} {:>13} {:>9}",
        "stage", "ms", "MB/s", "operations/s", "of limit"
    );
    let mut limit = None;
    for stage in STAGES {
        let Some(seconds) = measured(input.name, stage) else {
            continue;
        };
        let limit = *limit.get_or_insert(seconds);
        println!(
            "{stage:<10} {:>9.1} {:>8.1} {:>13.0} {:>8.2}x",
            seconds * 1e3,
            megabytes / seconds,
            operations as f64 / seconds,
            seconds / limit
        );
    }
}

/// The median time of a benchmark in seconds; `None` when a filter left it out.
fn measured(group: &str, stage: &str) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let file = target.join(format!("criterion/{group}/{stage}/new/estimates.json"));
    let estimates: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
    Some(estimates["median"]["point_estimate"].as_f64()? / 1e9)
}
