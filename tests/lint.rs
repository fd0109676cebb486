//! Rules: each has a case in which it finds something and one in which it does not, and a page.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use spgen::diagnostic::{Diagnostic, Severity, Style, render};
use spgen::lint::{Report, Settings, explain, lint, rules, to_sarif};

/// Rules whose bad case is too large to keep; a test below makes it.
const MADE_HERE: [&str; 2] = ["large-service", "large-page"];

fn cases() -> PathBuf {
    PathBuf::from("tests/lint")
}

/// What a folder is linted by: a single file by its name, everything else as a folder.
fn input(folder: &Path) -> PathBuf {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("readable folder").path())
        .collect();
    match entries.pop() {
        Some(only) if entries.is_empty() && only.is_file() => only,
        _ => folder.to_owned(),
    }
}

fn report(path: &Path) -> Report {
    lint(&[path.to_owned()], &Settings::default()).expect("readable")
}

fn of_rule(report: &Report, rule: &str) -> Vec<Diagnostic> {
    let of_rule = report.findings.iter().filter(|finding| finding.id == rule);
    of_rule.cloned().collect()
}

fn rules_with_cases() -> impl Iterator<Item = &'static str> {
    rules()
        .map(|registered| registered.rule.id)
        .filter(|id| !MADE_HERE.contains(id))
}

#[test]
fn bad_cases_are_found() {
    for rule in rules_with_cases() {
        let report = report(&input(&cases().join(rule).join("bad")));
        let found = of_rule(&report, rule);
        assert!(
            !found.is_empty(),
            "`{rule}` finds nothing in its bad case, but {:?}",
            report.findings
        );
        let folder = std::env::current_dir().expect("a folder").join(cases()).join(rule);
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("bad", render(&found, &report.sources, Style::Plain));
        });
    }
}

#[test]
fn good_cases_are_not() {
    for rule in rules_with_cases() {
        let report = report(&input(&cases().join(rule).join("good")));
        let found = of_rule(&report, rule);
        assert!(found.is_empty(), "{}", render(&found, &report.sources, Style::Plain));
    }
}

#[test]
fn every_case_has_a_rule() {
    let known: BTreeSet<&str> = rules_with_cases().collect();
    for entry in std::fs::read_dir(cases()).expect("cases") {
        let name = entry.expect("readable").file_name().into_string().expect("text");
        assert!(
            known.contains(name.as_str()),
            "tests/lint/{name} is the case of no rule"
        );
    }
}

#[test]
fn ids_are_unique_and_those_of_the_files() {
    let mut seen = BTreeSet::new();
    for registered in rules() {
        let id = registered.rule.id;
        assert_eq!(
            id.replace('-', "_"),
            registered.file,
            "src/lint/rules/{}",
            registered.kind
        );
        assert!(seen.insert(id), "`{id}` is the id of two rules");
    }
}

#[test]
fn every_file_is_registered() {
    let registered: BTreeSet<String> = rules()
        .map(|registered| format!("{}/{}.rs", registered.kind, registered.file))
        .collect();
    for kind in std::fs::read_dir("src/lint/rules").expect("rules") {
        let kind = kind.expect("readable").path();
        for file in std::fs::read_dir(&kind).into_iter().flatten() {
            let file = file.expect("readable").path();
            let name = format!("{}/{}", name_of(&kind), name_of(&file));
            assert!(
                name.ends_with("/mod.rs") || registered.contains(&name),
                "src/lint/rules/{name} is not registered in its mod.rs"
            );
        }
    }
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a name")
}

#[test]
fn every_rule_explains_itself() {
    for registered in rules() {
        let body = explain::page(registered).body;
        let headings: Vec<&str> = body.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(
            headings,
            ["## What it finds", "## Why it matters", "## Example", "## Instead"],
            "{}",
            registered.rule.id
        );
        // Comments on other items of the file do not belong to the page.
        assert!(registered.text.contains(&format!(
            "/// {}\npub(super) static RULE",
            body.trim_end().lines().last().unwrap_or_default()
        )));
        for section in body.split("## ").skip(1) {
            assert!(
                section.lines().skip(1).any(|line| !line.is_empty()),
                "{}: {section}",
                registered.rule.id
            );
        }
    }
}

/// `UPDATE_GOLDEN=1 cargo test --test lint` rewrites the pages.
#[test]
fn the_pages_of_the_rules_are_fresh() {
    let folder = Path::new("docs/rules");
    let pages = explain::pages();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(folder).expect("folder");
        for (path, content) in pages.iter() {
            std::fs::write(folder.join(path), content).expect("written");
        }
    }
    for (path, content) in pages.iter() {
        let on_disk = std::fs::read(folder.join(path)).unwrap_or_default();
        assert!(
            on_disk == content,
            "docs/rules/{path} is stale: run UPDATE_GOLDEN=1 cargo test --test lint"
        );
    }
    for entry in std::fs::read_dir(folder).expect("pages") {
        let name = entry.expect("readable").file_name().into_string().expect("text");
        assert!(
            pages.contains(&name),
            "docs/rules/{name} is the page of no rule: delete it"
        );
    }
}

#[test]
fn large_files_are_found() {
    let folder = tempfile::tempdir().expect("folder");
    let service = std::fs::read_to_string(cases().join("shadowed-method/good/shop.yaml")).expect("case");
    let padding = "# ----------------------------------------\n".repeat(25_000);
    std::fs::write(folder.path().join("shop.yaml"), format!("{service}{padding}")).expect("written");
    let page = format!("---\ntitle: a\n---\n\n{}", "word ".repeat(110_000));
    std::fs::write(folder.path().join("index.md"), page).expect("written");
    let large = report(folder.path());
    for rule in MADE_HERE {
        assert_eq!(of_rule(&large, rule).len(), 1, "{rule}");
    }
    std::fs::write(folder.path().join("shop.yaml"), service).expect("written");
    std::fs::write(folder.path().join("index.md"), "---\ntitle: a\n---\n\nword").expect("written");
    let small = report(folder.path());
    for rule in MADE_HERE {
        assert!(of_rule(&small, rule).is_empty(), "{rule}");
    }
}

#[test]
fn allowed_rules_do_not_run_and_denied_ones_are_errors() {
    let path = input(&cases().join("required-header/bad"));
    let mut settings = Settings::default();
    settings.deny.insert("required-header".to_owned());
    let denied = lint(std::slice::from_ref(&path), &settings).expect("readable");
    assert_eq!(of_rule(&denied, "required-header")[0].severity, Severity::Error);
    settings.deny.clear();
    settings.allow.insert("required-header".to_owned());
    let allowed = lint(&[path], &settings).expect("readable");
    assert!(of_rule(&allowed, "required-header").is_empty());
    settings.allow.insert("required-heading".to_owned());
    let error = settings.check().expect_err("no such rule");
    assert_eq!(
        error.to_string(),
        "there is no rule `required-heading`; did you mean `required-header`?"
    );
}

#[test]
fn two_runs_find_the_same_in_the_same_order() {
    let one = report(&cases());
    let other = report(&cases());
    assert!(one.findings.len() > 100, "{}", one.findings.len());
    assert_eq!(one.findings, other.findings);
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let error = lint(&[PathBuf::from("tests/lint/none")], &Settings::default()).expect_err("not there");
    assert!(
        error.to_string().starts_with("`tests/lint/none` could not be read"),
        "{error}"
    );
}

/// The log keeps to the published JSON Schema, where that file is at hand.
#[test]
#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
fn sarif_is_valid() {
    let report = report(&cases());
    let log: serde_json::Value = serde_json::from_str(&to_sarif(&report.findings, &report.sources)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), report.findings.len());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64() >= Some(1));
    }
    let Some(schema) = std::env::var_os("SARIF_SCHEMA") else {
        eprintln!("skipped: SARIF_SCHEMA does not name the JSON Schema of SARIF 2.1.0");
        return;
    };
    // One pattern of the schema leaves a bracket unescaped, which not every engine takes for a literal.
    let text = std::fs::read_to_string(schema)
        .expect("schema")
        .replace("{2}]?$", "{2}\\\\]?$");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON schema");
    let validator = jsonschema::validator_for(&schema).expect("valid schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}
