//! What people are told to look at: `spgen map`, `spgen build --deny unreviewed`, rows whose operation is gone, and
//! operations that were mapped in the last report and no longer are.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A list that is sure, an action that is not, and a response with two lists.
const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: https://api.acme.example}]
paths:
  /widgets:
    get:
      operationId: listWidgets
      responses: {'200': {description: Done., content: {application/json: {schema: {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Widget'}}}}}}}}
  /widgets/{id}/frobnicate:
    post:
      operationId: frobnicateWidget
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
  /stock:
    get:
      operationId: listStock
      responses: {'200': {description: Done., content: {application/json: {schema: {type: object, properties: {kept: {type: array, items: {$ref: '#/components/schemas/Widget'}}, sold: {type: array, items: {$ref: '#/components/schemas/Widget'}}}}}}}}
components:
  schemas:
    Widget: {type: object, properties: {id: {type: string}, label: {type: string}}}
";

const HEADER: &str = "filename,path,operationId,formatted_op_id,verb,response_object,tags,formatted_tags,stackql_resource_name,stackql_method_name,stackql_verb,stackql_object_key,op_description,confidence,reason,reviewed\n";

/// A configured provider `acme` in a folder.
fn project(mapping: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    write("openapi.yaml", SHOP);
    write(
        "spgen.yaml",
        "name: acme\nsources: [openapi.yaml]\nsplit: {by: file}\noutput: {provider: out/src, docs: out/docs}\n",
    );
    if !mapping.is_empty() {
        write("mapping.csv", mapping);
    }
    folder
}

fn row(operation: &str, resource: &str, verb: &str, key: &str, reviewed: &str) -> String {
    format!("acme.yaml,,{operation},,,,,,{resource},{operation},{verb},{key},,,,{reviewed}\n")
}

/// Runs the program in a folder; its exit code, and what it said on stdout and stderr.
fn spgen(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("text")
}

#[test]
fn doubtful_rows_can_be_denied_until_they_are_reviewed() {
    let folder = project("");
    let (code, _, said) = spgen(folder.path(), &["build"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, _, said) = spgen(folder.path(), &["build", "--deny", "unreviewed"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("2 rows of"), "{said}");
    let all = [
        row("frobnicate_widget", "widgets", "exec", "", "yes").replace(",frobnicate_widget,,", ",frobnicateWidget,,"),
        row("list_stock", "stock", "select", "$.kept", "yes").replace(",list_stock,,", ",listStock,,"),
    ];
    let folder = project(&(HEADER.to_owned() + &all.concat()));
    let (code, _, said) = spgen(folder.path(), &["build", "--deny", "unreviewed"]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn rows_whose_operation_is_gone_are_kept_and_marked() {
    let gone = row("sell_widget", "sales", "exec", "", "yes");
    let folder = project(&(HEADER.to_owned() + &gone));
    for _ in 0..2 {
        let (code, _, said) = spgen(folder.path(), &["build"]);
        assert_eq!(code, Some(0), "{said}");
        let mapping = read(&folder, "mapping.csv");
        let line = mapping
            .lines()
            .find(|line| line.contains("sell_widget"))
            .expect("the row is kept");
        assert!(
            line.contains(",sales,sell_widget,exec,") && line.ends_with(",stale"),
            "{line}"
        );
    }
}

#[test]
fn an_operation_that_the_last_report_had_is_missed() {
    let folder = project("");
    spgen(folder.path(), &["build"]);
    let fewer = SHOP.replace("  /stock:\n    get:", "  /stock:\n    options:");
    fs::write(folder.path().join("openapi.yaml"), fewer).expect("written");
    let (code, _, said) = spgen(folder.path(), &["build", "--check"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("warning[dropped-operation]"), "{said}");
    assert!(said.contains("was mapped before and is now unsupported"), "{said}");
    let (_, _, said) = spgen(folder.path(), &["build"]);
    assert!(said.contains("warning[dropped-operation]"), "{said}");
    let (_, _, said) = spgen(folder.path(), &["build"]);
    assert!(
        !said.contains("dropped-operation"),
        "the new report is the one to compare with: {said}"
    );
}

/// The same holds where nothing is configured and the results lie in `--out`.
#[test]
fn an_operation_of_bare_descriptions_is_missed() {
    let folder = project("");
    let arguments = ["build", "openapi.yaml", "--provider", "acme", "--out", "built"];
    spgen(folder.path(), &arguments);
    let (start, end) = (SHOP.find("  /stock:"), SHOP.find("components:"));
    let fewer = SHOP[..start.expect("a path")].to_owned() + &SHOP[end.expect("components")..];
    fs::write(folder.path().join("openapi.yaml"), fewer).expect("written");
    let (_, _, said) = spgen(folder.path(), &arguments);
    assert!(
        said.contains("`GET /stock`") && said.contains("was mapped before and is gone"),
        "{said}"
    );
}

#[test]
fn the_map_shows_what_else_doubtful_rows_could_be() {
    let folder = project("");
    let arguments = ["map", "openapi.yaml", "--provider", "acme"];
    let (code, text, said) = spgen(folder.path(), &arguments);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("map_text", text);
    let (_, json, _) = spgen(folder.path(), &[&arguments[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    insta::assert_snapshot!("map_json", format!("{:#}", json["summary"]));
}
