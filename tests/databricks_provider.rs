//! The Databricks providers as they come out of the SDK and the reviewed mapping: names and signatures, as facts.
//!
//! Needs the wheels (`SPGEN_SDK_WHEELS` names their folder); says so and passes where they are absent.
#![expect(clippy::print_stdout, reason = "a test that cannot run here says why")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use spgen::ingest::archive;
use spgen::ingest::databricks_sdk::{Level, Strictness, import, is_needed};
use spgen::mapping::{self, Conventions, SqlVerb, Table};
use spgen::openapi::{self, NormalizeOptions, SplitRules};
use spgen::provider::{self, Built, Fate, Resource, Service, Settings};

/// The version that the mapping was reviewed with.
const VERSION: &str = "0.162.0";

fn wheel() -> Option<PathBuf> {
    let wheel = std::env::var_os("SPGEN_SDK_WHEELS")
        .map(|folder| PathBuf::from(folder).join(format!("databricks_sdk-{VERSION}-py3-none-any.whl")))
        .filter(|wheel| wheel.exists());
    if wheel.is_none() {
        println!("skipped: SPGEN_SDK_WHEELS names no folder with databricks-sdk {VERSION}");
    }
    wheel
}

fn built(wheel: &Path, level: Level) -> Built {
    let files = archive::read(wheel, is_needed).expect("the wheel can be read");
    let (services, _, diagnostics) = import(&files, level, Strictness::Strict);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let specs = services
        .into_iter()
        .map(|service| {
            let (spec, _) = openapi::read(service.document);
            let (spec, _, _) = openapi::normalize(spec, &NormalizeOptions::default());
            (format!("{}.yaml", service.name), spec)
        })
        .collect();
    let services = openapi::split(specs, &SplitRules::default());
    let name = format!("databricks_{}", level.name());
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("provider/sdk/{name}/mapping.csv"));
    let reviewed = Table::from_csv(&std::fs::read_to_string(mapping).expect("a mapping")).expect("rows");
    let outcome = mapping::infer(&services, &reviewed, &Conventions::default());
    let undecided: Vec<&str> = outcome
        .table
        .rows
        .iter()
        .filter(|row| !row.is_reviewed())
        .map(|row| row.operation_id.as_str())
        .collect();
    assert!(undecided.is_empty(), "no person has seen {undecided:?}");
    provider::build(&services, &outcome.table, &Settings::inferred(name))
}

#[test]
fn every_operation_becomes_a_method_with_a_known_signature() {
    let Some(wheel) = wheel() else { return };
    for level in Level::ALL {
        let built = built(&wheel, level);
        let unmapped: Vec<_> = built.fates.iter().filter(|(_, fate)| **fate != Fate::Mapped).collect();
        assert!(unmapped.is_empty(), "{unmapped:#?}");
        let mut out = String::new();
        for service in &built.provider.services {
            for resource in &service.resources {
                signatures(&mut out, service, resource);
            }
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "databricks_sdk" }, {
            insta::assert_snapshot!(format!("signatures-{}", level.name()), out);
        });
    }
}

/// `catalog.catalogs.get select (deployment_name, name) 1 optional, 24 columns`
fn signatures(out: &mut String, service: &Service, resource: &Resource) {
    for verb in SqlVerb::ALL {
        for method in resource.methods_for(verb) {
            let inputs = provider::inputs(service, method);
            let required: Vec<&str> = inputs.required().map(|input| input.name.as_str()).collect();
            let optional = inputs.all.len() - required.len();
            let columns = provider::columns(service, method).list().len();
            let place = format!("{}.{}.{}", service.name, resource.key, method.name);
            writeln!(
                out,
                "{place} {verb} ({}) {optional} optional, {columns} columns",
                required.join(", ")
            )
            .expect("text can be written");
        }
    }
}

/// The texts of the SDK belong to its makers; names, counts and decisions are facts.
#[test]
fn the_mapping_holds_no_text_of_the_sdk() {
    for level in Level::ALL {
        let path = format!("provider/sdk/databricks_{}/mapping.csv", level.name());
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a mapping");
        let table = Table::from_csv(&text).expect("rows");
        assert!(table.rows.iter().all(|row| row.op_description.is_empty()));
    }
}
