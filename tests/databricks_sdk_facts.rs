//! What each known version of the SDK amounts to: names and counts, as facts. Its texts are not in this repository.
//!
//! Needs the wheels (`SPGEN_SDK_WHEELS` names their folder); says so and passes where they are absent.

#![expect(clippy::print_stdout, reason = "a test that cannot run here says why")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use spgen::ingest::databricks_sdk::{ImportReport, Level, Sdk, Strictness, documents, is_needed};
use spgen::ingest::{archive, databricks_sdk::ImportedService};
use spgen::source::{Node, to_json};

fn wheels() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SPGEN_SDK_WHEELS").map(PathBuf::from) else {
        println!("skipped: SPGEN_SDK_WHEELS names no folder with wheels of databricks-sdk");
        return Vec::new();
    };
    let versions = ["0.86.0", "0.123.0", "0.162.0"];
    let paths = versions.map(|version| folder.join(format!("databricks_sdk-{version}-py3-none-any.whl")));
    paths.into_iter().filter(|path| path.exists()).collect()
}

#[test]
fn known_versions_have_known_figures() {
    for wheel in wheels() {
        let files = archive::read(&wheel, is_needed).expect("the wheel can be read");
        let (sdk, diagnostics) = Sdk::read(&files, Strictness::Strict);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let mut out = String::new();
        for level in Level::ALL {
            let (services, report, diagnostics) = documents(&sdk, level);
            assert!(diagnostics.is_empty(), "{diagnostics:#?}");
            figures(&mut out, &services, &report).expect("text can be written");
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "databricks_sdk" }, {
            insta::assert_snapshot!(format!("figures-{}", sdk.version), out);
        });
    }
}

fn figures(out: &mut String, services: &[ImportedService], report: &ImportReport) -> std::fmt::Result {
    writeln!(out, "{}: {} methods in", report.level.name(), report.methods)?;
    writeln!(
        out,
        "  {} operations out, {} of the other level",
        report.operations, report.other_level
    )?;
    writeln!(out, "  helpers: {:?}", report.helpers)?;
    writeln!(out, "  resource names: {:?}", report.resource_names)?;
    writeln!(out, "  uncertain pages: {:?}", report.uncertain_wrappers)?;
    for (service, operations) in &report.services {
        writeln!(
            out,
            "  {service}: {operations} operations, {} schemas",
            report.schemas[service]
        )?;
    }
    let mut facts: BTreeMap<String, usize> = BTreeMap::new();
    for service in services {
        count(&service.document, &mut facts);
    }
    writeln!(out, "  facts: {facts:?}")?;
    writeln!(out, "  left out: {}", report.excluded.len())?;
    for left in &report.excluded {
        writeln!(
            out,
            "    {}.{}.{}: {:?}",
            left.service, left.class, left.method, left.reason
        )?;
    }
    Ok(())
}

/// Parameters by place, bodies, row keys and ways of paging.
fn count(document: &Node, facts: &mut BTreeMap<String, usize>) {
    let items = document
        .get("paths")
        .and_then(Node::as_map)
        .into_iter()
        .flat_map(|paths| paths.iter());
    for operation in items
        .filter_map(|item| item.value.as_map())
        .flat_map(|item| item.iter())
    {
        let mut add = |fact: String| *facts.entry(fact).or_default() += 1;
        for parameter in operation
            .value
            .get("parameters")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
        {
            add(format!("in {}", parameter.get_str("in").expect("a place")));
        }
        for key in ["requestBody", "x-object-key"] {
            if operation.value.get(key).is_some() {
                add(key.to_owned());
            }
        }
        if let Some(style) = operation
            .value
            .get("x-pagination")
            .and_then(|pagination| pagination.get_str("style"))
        {
            add(format!("pages by {style}"));
        }
    }
}

/// The documents are plain OpenAPI 3.0, by an independent reading.
#[test]
fn the_documents_are_openapi() {
    for wheel in wheels() {
        let files = archive::read(&wheel, is_needed).expect("the wheel can be read");
        let (sdk, _) = Sdk::read(&files, Strictness::Strict);
        for level in Level::ALL {
            for service in documents(&sdk, level).0 {
                let read: openapiv3::OpenAPI = serde_json::from_str(&to_json(&service.document))
                    .unwrap_or_else(|error| panic!("{} {}: {error}", level.name(), service.name));
                let paths = service.document.get("paths").and_then(Node::as_map).expect("paths");
                assert_eq!(read.paths.paths.len(), paths.len());
            }
        }
    }
}
