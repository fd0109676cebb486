//! The reading of the SDK, case by case: each folder below `ingest/` is a small package in the form of the real one.

use std::fmt::Write as _;
use std::path::Path;

use spgen::diagnostic::Diagnostic;
use spgen::ingest::archive;
use spgen::ingest::databricks_sdk::{Level, Strictness, import, is_needed};
use spgen::source::{Sources, to_yaml};

/// Everything that an import of both levels gives, as people would see it.
fn shown(files: &Sources, strictness: Strictness) -> String {
    let mut out = String::new();
    for level in Level::ALL {
        let (services, report, diagnostics) = import(files, level, strictness);
        for diagnostic in &diagnostics {
            writeln!(out, "{}", line(files, diagnostic)).expect("text can be written");
        }
        let accounted = report.operations + report.other_level + report.excluded.len();
        assert_eq!(report.methods, accounted, "each method is accounted for");
        if services.is_empty() {
            continue;
        }
        for left in &report.excluded {
            let kept = left.kept.as_ref().map_or(String::new(), |kept| format!(", see {kept}"));
            writeln!(
                out,
                "# left out: {}.{}.{} ({:?}{kept})",
                left.service, left.class, left.method, left.reason
            )
            .expect("text can be written");
        }
        writeln!(out, "# {}, resource names: {:?}", level.name(), report.resource_names).expect("text can be written");
        for service in services {
            write!(
                out,
                "--- # {} {}\n{}",
                level.name(),
                service.name,
                to_yaml(&service.document)
            )
            .expect("text can be written");
        }
    }
    out
}

fn line(files: &Sources, diagnostic: &Diagnostic) -> String {
    let place = files.get(diagnostic.span.file).zip(files.position(diagnostic.span));
    let place = place.map_or(String::new(), |(file, at)| {
        format!("{}:{}:{}: ", file.name, at.line, at.column)
    });
    format!(
        "{place}{:?}[{}]: {}",
        diagnostic.severity, diagnostic.id, diagnostic.message
    )
}

#[test]
fn cases_become_documents() {
    insta::glob!("ingest/*/databricks/sdk/version.py", |version| {
        let case = version.ancestors().nth(3).expect("a case holds a package");
        let files = archive::read(case, is_needed).expect("the case can be read");
        insta::with_settings!({ snapshot_path => case, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("strict", shown(&files, Strictness::Strict));
        });
    });
}

#[test]
fn a_lenient_import_leaves_out_what_it_does_not_know() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest/unknown-statement");
    let files = archive::read(&case, is_needed).expect("the case can be read");
    let (services, report, _) = import(&files, Level::Workspace, Strictness::Lenient);
    let dropped: Vec<&str> = report.unknown.iter().map(|(_, _, method)| method.as_str()).collect();
    assert_eq!(dropped, ["", "guess", "idle", "forget", "open_ended"]);
    assert_eq!(
        services[0]
            .document
            .get("paths")
            .and_then(|paths| paths.as_map())
            .map(spgen::source::Map::len),
        Some(1)
    );
    insta::with_settings!({ snapshot_path => &case, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("lenient", shown(&files, Strictness::Lenient));
    });
}
