//! What `spgen explain` says: every folder of `explain/` with a statement is a case, all on the same small provider.

use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = "tests/explain/registry";

fn explain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spgen"))
        .arg("explain")
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[test]
fn cases() {
    insta::glob!("explain/*/statement.sql", |path| {
        let folder = path.parent().expect("a case is a folder");
        let sql = std::fs::read_to_string(path).expect("a statement");
        let output = explain(&[ROOT, &sql]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let says_error = text.contains("\nerror (") || text.starts_with("error (");
        assert_eq!(output.status.code(), Some(i32::from(says_error)), "{text}");
        insta::with_settings!({
            snapshot_path => folder, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("explained", text);
        });
    });
}

#[test]
fn programs_get_json() {
    let sql = std::fs::read_to_string("tests/explain/select-list-with-limit/statement.sql").expect("a statement");
    let output = explain(&[ROOT, &sql, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let call = &json["calls"][0];
    assert_eq!(call["method"], "list");
    assert_eq!(call["passed_over"][0]["missing"][0], "order_id");
    assert_eq!(call["terms"][1]["goes_to"], "local_filter");
    assert_eq!(call["request"]["target"], "/v1/orders?limit=100&state=open");
    assert_eq!(json["failure"], serde_json::Value::Null);
}

#[test]
fn unknown_providers_get_3_with_a_suggestion() {
    let output = explain(&[ROOT, "SELECT id FROM acne.shop.orders"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("did you mean `acme`?"), "{stderr}");
    assert!(!Path::new("tests/explain/nowhere").exists());
    let output = explain(&["tests/explain/nowhere", "SELECT id FROM acme.shop.orders"]);
    assert_eq!(output.status.code(), Some(3));
}
