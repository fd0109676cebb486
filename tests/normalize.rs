//! Every folder under `cases-normalize` is a case: `input.yaml` becomes `expected.yaml`, and `changes.snap` tells what was
//! changed and found. `UPDATE_GOLDEN=1` rewrites both; the reviewer reads the diff.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use spgen::diagnostic::Diagnostic;
use spgen::openapi::normalize::PASSES;
use spgen::openapi::{Change, NormalizeOptions, Spec, normalize, read};
use spgen::source;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases-normalize");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.join("input.yaml").exists())
        .collect();
    cases.sort();
    cases
}

fn input(case: &Path) -> Spec {
    let text = fs::read_to_string(case.join("input.yaml")).expect("input.yaml");
    let document = source::read(source::FileId(0), &text).expect("a readable document");
    read(document.root).0
}

fn shown(changes: &[Change], findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for change in changes {
        let nothing = |text: &str| {
            if text.is_empty() {
                "nothing".to_owned()
            } else {
                text.to_owned()
            }
        };
        writeln!(
            out,
            "{} at {}\n  was {}\n  now {}",
            change.pass,
            change.pointer,
            nothing(&change.before),
            nothing(&change.after)
        )
        .expect("a string");
    }
    for finding in findings {
        writeln!(
            out,
            "{:?} {} at {}\n  {}",
            finding.severity, finding.id, finding.pointer, finding.message
        )
        .expect("a string");
    }
    out
}

#[track_caller]
fn assert_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, actual).expect("writable");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs; it would now be:\n{actual}",
        path.display()
    );
}

#[test]
fn cases_come_out_as_expected() {
    for case in cases() {
        let (spec, changes, findings) = normalize(input(&case), &NormalizeOptions::default());
        assert_file(&case.join("expected.yaml"), &source::to_yaml(&spec.root));
        assert_file(&case.join("changes.snap"), &shown(&changes, &findings));
    }
}

#[test]
fn what_is_normal_stays_as_it_is() {
    for case in cases() {
        let (once, ..) = normalize(input(&case), &NormalizeOptions::default());
        let (twice, changes, _) = normalize(once.clone(), &NormalizeOptions::default());
        assert!(
            once.root == twice.root && changes.is_empty(),
            "{} changes when normalised again:\n{}",
            case.display(),
            shown(&changes, &[])
        );
    }
}

#[test]
fn every_pass_has_a_case_and_a_page() {
    let changed: BTreeSet<&str> = cases()
        .iter()
        .flat_map(|case| normalize(input(case), &NormalizeOptions::default()).1)
        .map(|change| change.pass)
        .collect();
    let mut ids = BTreeSet::new();
    for pass in PASSES {
        assert!(ids.insert(pass.id), "{} stands twice in the registry", pass.id);
        assert!(
            changed.contains(pass.id),
            "no case in which `{}` changes anything",
            pass.id
        );
        assert!(
            pass.page.trim().contains("\n\n"),
            "the page of `{}` says what but not why",
            pass.id.trim()
        );
        let file = format!("src/openapi/normalize/passes/{}.rs", pass.id.replace('-', "_"));
        assert!(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).exists(),
            "`{}` should stand in {file}",
            pass.id
        );
    }
}

#[test]
fn a_pass_that_is_switched_off_changes_nothing() {
    for pass in PASSES {
        let options = NormalizeOptions {
            disabled: [pass.id.to_owned()].into(),
            ..NormalizeOptions::default()
        };
        for case in cases() {
            let before = input(&case).operations.len();
            let (spec, changes, findings) = normalize(input(&case), &options);
            // Verbs in capitals are unknown keys to the passes behind it.
            if pass.id != "lower-case-verbs" {
                assert_eq!(spec.operations.len(), before, "{} without {}", case.display(), pass.id);
            }
            assert!(changes.iter().all(|change| change.pass != pass.id));
            assert!(findings.iter().all(|finding| finding.id != pass.id));
        }
    }
}

/// Made, not read: what a hostile document could hold.
fn made(schemas: &str) -> Spec {
    let text = format!("openapi: 3.0.3\ncomponents:\n  schemas:\n{schemas}");
    let document = source::read(source::FileId(0), &text).expect("a readable document");
    read(document.root).0
}

#[test]
fn long_chains_of_components_need_no_stack() {
    let mut schemas = String::new();
    for number in 0..20_000 {
        writeln!(
            schemas,
            "    S{number}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}], properties: {{p{number}: {{type: string}}}}}}",
            number + 1
        )
        .expect("a string");
    }
    writeln!(
        schemas,
        "    S20000: {{type: object, properties: {{end: {{type: string}}}}}}"
    )
    .expect("a string");
    let (spec, _, findings) = normalize(made(&schemas), &NormalizeOptions::default());
    let last = spec
        .component("schemas", "S19999")
        .and_then(|schema| schema.get("properties"));
    assert!(last.is_some_and(|properties| properties.get("end").is_some()));
    assert!(
        findings
            .iter()
            .any(|finding| finding.message.contains("more properties than can be written out")),
        "a chain whose merged form would be quadratic in size must be cut and reported"
    );
}

#[test]
fn alternatives_of_alternatives_stay_small() {
    // Each level offers the next one twice under different names: written out, 2^200 alternatives.
    let mut schemas = String::new();
    for number in 0..200 {
        let next = number + 1;
        writeln!(
            schemas,
            "    S{number}: {{oneOf: [{{properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}, {{properties: {{a: {{$ref: '#/components/schemas/T{next}'}}}}}}]}}
    T{number}: {{anyOf: [{{properties: {{a: {{$ref: '#/components/schemas/T{next}'}}}}}}, {{properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}]}}"
        )
        .expect("a string");
    }
    let (spec, ..) = normalize(made(&schemas), &NormalizeOptions::default());
    let size = source::to_yaml(&spec.root).len();
    assert!(size < 10 * schemas.len(), "{size} bytes from {}", schemas.len());
}

#[test]
fn alternatives_are_written_once() {
    // Forty components, each with twenty properties that may be one of two others.
    let mut schemas = String::new();
    for number in 0..40 {
        writeln!(schemas, "    S{number}:\n      type: object\n      properties:").expect("a string");
        for property in 0..20 {
            writeln!(
                schemas,
                "        p{property}: {{anyOf: [{{type: string}}, {{$ref: '#/components/schemas/S{}'}}, {{$ref: '#/components/schemas/S{}'}}]}}",
                (number + property) % 40,
                (number + 1) % 40,
            )
            .expect("a string");
        }
    }
    let (spec, ..) = normalize(made(&schemas), &NormalizeOptions::default());
    let size = source::to_yaml(&spec.root).len();
    assert!(size < 80 * schemas.len(), "{size} bytes from {}", schemas.len());
}

#[test]
fn references_in_circles_end() {
    let circles = "    A: {$ref: '#/components/schemas/B'}
    B: {allOf: [{$ref: '#/components/schemas/A'}]}
    C: {oneOf: [{$ref: '#/components/schemas/C'}, {allOf: [{$ref: '#/components/schemas/D'}]}]}
    D: {allOf: [{$ref: '#/components/schemas/C'}, {properties: {d: {$ref: '#/components/schemas/D'}}}]}
";
    let (spec, ..) = normalize(made(circles), &NormalizeOptions::default());
    let text = source::to_yaml(&spec.root);
    assert!(!text.contains("allOf") && !text.contains("oneOf:"), "{text}");
}
