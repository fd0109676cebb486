//! `spgen test` as a program: without a runtime, and with a stand-in that prints what it is told to, so that verdicts on
//! what a runtime lists are tested where there is none.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const DESCRIPTION: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: https://shop.example}]
paths:
  /items:
    get:
      operationId: listItems
      summary: Lists items.
      responses:
        '200':
          description: Items
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}}
    post:
      operationId: createItem
      summary: Makes an item.
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
      responses: {'201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}
components:
  schemas:
    Item: {type: object, required: [name], properties: {id: {type: integer, readOnly: true}, name: {type: string}}}
";

/// What a runtime says of the provider: the statement, and what it prints.
const ANSWERS: [(&str, &str); 6] = [
    ("SHOW SERVICES IN acme;", r#"[{"name":"shop"}]"#),
    ("SHOW RESOURCES IN acme.shop;", r#"[{"name":"items"}]"#),
    (
        "SHOW METHODS IN acme.shop.items;",
        r#"[{"MethodName":"list_items"},{"MethodName":"create_item"}]"#,
    ),
    (
        "DESCRIBE EXTENDED acme.shop.items;",
        r#"[{"name":"id"},{"name":"name"}]"#,
    ),
    (
        "DESCRIBE METHOD acme.shop.items.list_items;",
        r#"[{"name":"id","param_type":"output"},{"name":"name","param_type":"output"}]"#,
    ),
    (
        "DESCRIBE METHOD acme.shop.items.create_item;",
        r#"[{"name":"name","param_type":"input_required"},{"name":"id","param_type":"output"},{"name":"name","param_type":"output"}]"#,
    ),
];

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    /// The provider, built.
    fn new() -> Self {
        Case::of(DESCRIPTION)
    }

    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let description = folder.path().join("shop.yaml");
        fs::write(&description, text).expect("writable");
        let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
            .args(["build", "--provider", "acme", "--out"])
            .args([folder.path(), &description])
            .output()
            .expect("spgen runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Case { folder }
    }

    /// A runtime that prints these answers, and notes each run.
    fn runtime(&self, answers: &[(&str, &str)]) -> PathBuf {
        use std::fmt::Write as _;

        let runs = self.folder.path().join("runs");
        let mut script = format!(
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo stand-in; exit; fi\nfor file; do :; done\n\
             echo run >> '{}'\nwhile IFS= read -r line || [ -n \"$line\" ]; do\n  case \"$line\" in\n",
            runs.display()
        );
        for (statement, answer) in answers {
            let _ = writeln!(script, "    '{statement}') echo '{answer}';;");
        }
        script.push_str("  esac\ndone < \"$file\"\n");
        let path = self.folder.path().join("stand-in");
        fs::write(&path, script).expect("writable");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can run");
        path
    }

    fn test(&self, arguments: &[&str], runtime: Option<&Path>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spgen"));
        command
            .arg("test")
            .arg(self.folder.path())
            .args(["--provider", "acme"])
            .args(arguments)
            .env_remove("STACKQL_BIN")
            // Where no runtime is; the stand-in needs nothing from it.
            .env("PATH", self.folder.path());
        if let Some(runtime) = runtime {
            command.args(["--jobs", "1", "--stackql"]).arg(runtime);
        }
        command.output().expect("spgen runs")
    }

    /// What became of the statements that list: label and first failure.
    fn listed(&self, answers: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let runtime = self.runtime(answers);
        let output = self.test(&["--format", "json"], Some(&runtime));
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        assert_eq!(report["runtime"], "stand-in");
        let examples = report["examples"].as_array().expect("examples");
        let listings = examples
            .iter()
            .filter(|example| ["SHOW", "DESC"].contains(&&example["sql"].as_str().unwrap_or_default()[..4]));
        listings
            .map(|example| {
                let failure = example["failures"][0]["message"].as_str().map(str::to_owned);
                (example["id"].as_str().unwrap_or_default().to_owned(), failure)
            })
            .collect()
    }

    fn runs(&self) -> usize {
        let runs = fs::read_to_string(self.folder.path().join("runs")).unwrap_or_default();
        runs.lines().count()
    }
}

fn failures(listed: &[(String, Option<String>)]) -> Vec<(&str, &str)> {
    let failed = listed.iter();
    failed
        .filter_map(|(label, failure)| Some((label.as_str(), failure.as_deref()?)))
        .collect()
}

/// The answers with one of them exchanged.
fn but<'a>(statement: &str, answer: &'a str) -> Vec<(&'static str, &'a str)> {
    ANSWERS
        .iter()
        .map(|(known, usual)| (*known, if *known == statement { answer } else { *usual }))
        .collect()
}

#[test]
fn without_a_runtime_statements_are_still_checked() {
    let case = Case::new();
    let junit = case.folder.path().join("junit.xml");
    let output = case.test(&["--junit", junit.to_str().expect("UTF-8")], None);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    insta::assert_snapshot!(said, @r"
    8 not run in the runtime: no `stackql` was named by --stackql or STACKQL_BIN, and none is on PATH
    2 of them read, routed and answered by the mock
    0 passed, 0 failed, 8 skipped
    ");
    let junit = fs::read_to_string(junit).expect("written");
    assert_eq!(junit.matches("<skipped ").count(), 8, "{junit}");
    assert_eq!(junit.matches("<testcase ").count(), 8, "{junit}");
}

#[test]
fn without_a_runtime_a_statement_that_the_api_would_refuse_fails() {
    let case = Case::new();
    // The page is made from the document, whose body demands what no page can name.
    let service = fs::read_dir(case.folder.path().join("src/acme"))
        .expect("versions")
        .map(|version| version.expect("readable").path().join("services/shop.yaml"))
        .next()
        .expect("a version");
    let text = fs::read_to_string(&service).expect("readable");
    let broken = text.replace("        - name\n", "        - name\n        - owner\n");
    assert_ne!(text, broken);
    fs::write(&service, broken).expect("writable");
    let output = case.test(&[], None);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the required body field `owner` is missing"), "{said}");
}

#[test]
fn a_runtime_that_was_named_must_exist() {
    let case = Case::new();
    let output = case.test(&[], Some(Path::new("/no/such/runtime")));
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("does not exist"));
}

#[test]
fn listings_of_one_service_share_a_run() {
    let case = Case::new();
    let listed = case.listed(&ANSWERS);
    assert_eq!(failures(&listed), []);
    assert_eq!(listed.len(), ANSWERS.len());
    // One for the provider, one for the service, and one for each of the two examples.
    assert_eq!(case.runs(), 4);
}

#[test]
fn a_listing_without_an_answer_is_found_among_others() {
    let case = Case::new();
    let listed = case.listed(&but("DESCRIBE EXTENDED acme.shop.items;", ""));
    assert_eq!(failures(&listed), [("shop.items (describe)", "nothing was listed")]);
}

#[test]
fn what_the_runtime_lists_is_held_against_the_page() {
    let case = Case::new();
    for (statement, answer, expected) in [
        (
            "SHOW METHODS IN acme.shop.items;",
            r#"[{"MethodName":"list_items"}]"#,
            ("shop.items (show methods)", "`create_item` is not listed"),
        ),
        (
            "DESCRIBE METHOD acme.shop.items.list_items;",
            r#"[{"name":"id","param_type":"output"}]"#,
            (
                "shop.items.list_items (describe method)",
                "the page has the field `name`, which the runtime does not list",
            ),
        ),
        (
            "DESCRIBE METHOD acme.shop.items.list_items;",
            r#"[{"name":"id","param_type":"output"},{"name":"name","param_type":"output"},{"name":"x","param_type":"output"}]"#,
            (
                "shop.items.list_items (describe method)",
                "the runtime lists the field `x`, which the page does not have",
            ),
        ),
        (
            "DESCRIBE METHOD acme.shop.items.list_items;",
            r#"[{"name":"shop_id","param_type":"input_required"}]"#,
            (
                "shop.items.list_items (describe method)",
                "the page does not know the required input `shop_id`",
            ),
        ),
    ] {
        assert_eq!(failures(&case.listed(&but(statement, answer))), [expected]);
    }
}

/// A method that takes only a variable of the server, which the runtime does not list, and answers with nothing.
#[test]
fn where_there_is_nothing_to_list_no_answer_is_right() {
    let text = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://{host}', variables: {host: {default: localhost}}}]
paths:
  /items:
    delete: {operationId: deleteAllItems, summary: Deletes all items., responses: {'200': {description: Done}}}
";
    let case = Case::of(text);
    let listed = case.listed(&[
        ("SHOW SERVICES IN acme;", r#"[{"name":"shop"}]"#),
        ("SHOW RESOURCES IN acme.shop;", r#"[{"name":"items"}]"#),
        (
            "SHOW METHODS IN acme.shop.items;",
            r#"[{"MethodName":"delete_all_items"}]"#,
        ),
    ]);
    assert_eq!(
        listed,
        [
            ("show services".to_owned(), None),
            ("shop (show resources)".to_owned(), None),
            ("shop.items (show methods)".to_owned(), None),
            ("shop.items.delete_all_items (describe method)".to_owned(), None),
        ]
    );
}
