//! `spgen lint` and `spgen diff` as programs: exit codes, and what stands on stdout.

use std::process::{Command, Output};

fn spgen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spgen"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[track_caller]
fn check(arguments: &[&str], code: i32) -> (String, String) {
    let output = spgen(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{stdout}\n{stderr}");
    (stdout, stderr)
}

#[test]
fn findings_give_1_and_notes_0() {
    let (stdout, _) = check(&["lint", "tests/lint/shadowed-method/bad"], 1);
    assert!(stdout.contains("error[shadowed-method]"), "{stdout}");
    check(&["lint", "tests/lint/shadowed-method/good"], 0);
    let (stdout, _) = check(&["lint", "tests/lint/unused-component/bad"], 0);
    assert!(stdout.contains("note[unused-component]"), "{stdout}");
}

#[test]
fn deny_allow_and_severity_choose() {
    let case = "tests/lint/unused-component/bad";
    check(&["lint", case, "--deny", "unused-component"], 1);
    check(
        &["lint", "tests/lint/required-header/bad", "--allow", "required-header"],
        0,
    );
    check(&["lint", "tests/lint/required-header/bad", "--severity", "error"], 0);
}

#[test]
fn unknown_rules_give_2_and_missing_paths_3() {
    let (_, stderr) = check(&["lint", "tests/lint", "--deny", "shadowed-methods"], 2);
    assert!(stderr.contains("did you mean `shadowed-method`?"), "{stderr}");
    check(&["lint"], 2);
    check(&["lint", "tests/lint/nothing-here"], 3);
}

#[test]
fn the_forms_for_programs_are_well_formed() {
    let case = "tests/lint/shadowed-method/bad";
    let (json, _) = check(&["lint", case, "--format", "json"], 1);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["id"], "shadowed-method");
    let (sarif, _) = check(&["lint", case, "--format", "sarif"], 1);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "shadowed-method");
    let (lines, _) = check(&["lint", case, "--format", "github"], 1);
    assert!(
        lines.starts_with("::error file=tests/lint/shadowed-method/bad/shop.yaml,line="),
        "{lines}"
    );
}

#[test]
fn rules_explain_themselves() {
    let (page, _) = check(&["lint", "--explain", "shadowed-method"], 0);
    assert!(page.contains("## Why it matters"), "{page}");
    let (list, _) = check(&["lint", "--rules"], 0);
    assert!(list.lines().count() > 50, "{list}");
}

#[test]
fn the_form_of_a_configuration_is_checked() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("spgen.yaml");
    std::fs::write(&path, "name: acme\nsources: []\nspllit: {}\n").expect("written");
    let (stdout, _) = check(&["lint", path.to_str().expect("text")], 1);
    assert!(
        stdout.contains("spllit") && stdout.contains("spgen.yaml:3:1"),
        "{stdout}"
    );
}

#[test]
fn a_breaking_difference_gives_1() {
    let (stdout, _) = check(&["diff", "tests/diff/columns/old", "tests/diff/columns/new"], 1);
    assert!(stdout.contains("! get: the column `id` is gone"), "{stdout}");
    check(&["diff", "tests/diff/nothing/old", "tests/diff/nothing/new"], 0);
    check(&["diff", "tests/diff/none", "tests/diff/nothing/new"], 3);
}
