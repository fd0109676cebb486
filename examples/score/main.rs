//! How well inference reproduces the mappings of published providers.
//!
//! `cargo run --release --example score [-- [PROVIDER…] [--data DIR] [--seeds N] [--csv DIR] [--misses WHAT]]`
//!
//! Each provider is stripped to plain OpenAPI documents, mapped, and compared with what its authors decided; once without
//! review, once with a fifth of the operations reviewed (drawn at random, left out of the marks, averaged over the seeds).
//! DIR holds one folder a provider; without it `SPGEN_DATA` or `../shared/data` is asked for `providers`.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod marks;
#[path = "../../tests/common/published/mod.rs"]
mod published;
mod sampling;

use std::path::{Path, PathBuf};
use std::time::Instant;

use spgen::mapping::{Conventions, Reviewed, Row, Table, infer};

use marks::{Marks, Others};
use published::{file_name, guarantees, load, sorted};

/// What the JavaScript toolkit and the trivial rule (last path segment, verb from the HTTP verb, no key) reach as the mean of
/// providers never seen.
const OTHERS: [(&str, Others); 2] = [
    (
        "toolkit",
        Others {
            resource: 0.0,
            grouping: 0.0,
            verb: 71.0,
            object_key: 71.0,
        },
    ),
    (
        "trivial rule",
        Others {
            resource: 69.0,
            grouping: 76.0,
            verb: 73.0,
            object_key: 68.0,
        },
    ),
];

#[derive(Default)]
struct Options {
    data: Option<PathBuf>,
    providers: Vec<String>,
    seeds: u64,
    csv: Option<PathBuf>,
    misses: Option<String>,
}

fn options() -> Options {
    let mut options = Options {
        seeds: 3,
        ..Options::default()
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => options.data = arguments.next().map(PathBuf::from),
            "--seeds" => options.seeds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3),
            "--csv" => options.csv = arguments.next().map(PathBuf::from),
            "--misses" => options.misses = arguments.next(),
            _ => options.providers.push(argument),
        }
    }
    options
}

fn main() -> anyhow::Result<()> {
    let options = options();
    let Some(folder) = options.data.clone().or_else(default_folder) else {
        println!("skipped: no published providers here (set SPGEN_DATA or pass --data)");
        return Ok(());
    };
    let mut zero = Vec::new();
    let mut learned = Vec::new();
    let providers = providers(&folder)?;
    anyhow::ensure!(
        !providers.is_empty(),
        "{} holds no providers: expected folders NAME/VERSION/services or NAME/services",
        folder.display()
    );
    for (name, services_folder) in providers {
        if !options.providers.is_empty() && !options.providers.contains(&name) {
            continue;
        }
        let (services, truth) = load(&services_folder)?;
        let started = Instant::now();
        let inferred = infer(&services, &Table::default(), &Conventions::default());
        let time = started.elapsed();
        write_csv(&options, &name, "", &inferred.table)?;
        print_broken(&name, guarantees::broken(&services, &inferred));
        print_broken(&name, guarantees::reserved_methods(&inferred.table));
        let marks = Marks::of(&truth, &inferred.table, &Table::default());
        if let Some(what) = &options.misses {
            marks::print_misses(&truth, &inferred.table, &Table::default(), what);
        }
        zero.push((name.clone(), marks, Some(time)));
        let mut of_seeds = Vec::new();
        for seed in 1..=options.seeds {
            let reviewed = sampling::reviewed(&truth, seed);
            let inferred = infer(&services, &reviewed, &Conventions::default());
            write_csv(&options, &name, &format!(".{seed}"), &inferred.table)?;
            write_csv(&options, &name, &format!(".{seed}.reviewed"), &reviewed)?;
            print_broken(&name, guarantees::broken(&services, &inferred));
            print_broken(&name, guarantees::changed_rows(&inferred.table, &reviewed));
            if options.misses.as_deref() == Some("learned") && seed == 1 {
                marks::print_misses(&truth, &inferred.table, &reviewed, "any");
            }
            of_seeds.push(Marks::of(&truth, &inferred.table, &reviewed));
        }
        if !of_seeds.is_empty() {
            learned.push((name, Marks::mean(&of_seeds), None));
        }
    }
    println!("without review");
    marks::print(&zero);
    if !learned.is_empty() {
        println!(
            "\nwith a fifth of the operations reviewed (mean of {} draws)",
            options.seeds
        );
        marks::print(&learned);
    }
    println!("\nothers, without review, as the mean of providers never seen");
    marks::print_others(&OTHERS);
    Ok(())
}

fn default_folder() -> Option<PathBuf> {
    let data = std::env::var_os("SPGEN_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = data.join("providers");
    folder.is_dir().then_some(folder)
}

/// Providers with their folder of service documents (`NAME/VERSION/services`, or `NAME/services`).
fn providers(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in sorted(folder)? {
        let mut places = vec![entry.clone()];
        if entry.is_dir() {
            places.extend(sorted(&entry)?);
        }
        let services = places
            .into_iter()
            .map(|place| place.join("services"))
            .find(|place| place.is_dir());
        if let Some(services) = services {
            found.push((file_name(&entry), services));
        }
    }
    Ok(found)
}

/// What must never happen.
fn print_broken(name: &str, broken: Vec<String>) {
    for what in broken {
        println!("BROKEN {name}: {what}");
    }
}

fn write_csv(options: &Options, name: &str, suffix: &str, table: &Table) -> anyhow::Result<()> {
    if let Some(folder) = &options.csv {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}{suffix}.csv")), table.to_csv())?;
    }
    Ok(())
}

/// A row as a person would have written it.
fn row_of(decision: &published::truth::Decision) -> Row {
    Row {
        filename: decision.file.as_str().into(),
        path: decision.path.as_str().into(),
        verb: decision.http.as_str().into(),
        operation_id: decision.operation_id.as_str().into(),
        resource: decision.resource.as_str().into(),
        method: decision.method.as_str().into(),
        sql_verb: decision.sql_verb.as_str().into(),
        object_key: decision.object_key.as_str().into(),
        reviewed: Reviewed::Yes,
        ..Row::default()
    }
}
