//! Other versions of the specification as 3.0: every folder of `upgrade/` is a case.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use spgen::diagnostic::{Diagnostic, Style, render};
use spgen::openapi::{check, upgrade};
use spgen::source::{FileId, Node, Sources, read, to_json, to_yaml};

/// What is wrong with a description; that a case has no paths is not.
fn faults(root: &Node) -> Vec<Diagnostic> {
    let mut faults = check(root);
    faults.retain(|fault| fault.id != "no-paths");
    faults
}

fn upgraded(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a readable case");
    let mut sources = Sources::default();
    let file = sources.add("openapi.yaml", text.as_str());
    let document = read(file, &text).expect("a case is YAML");
    assert_eq!(faults(&document.root), [], "{} has faults", path.display());

    let (root, changes, findings) = upgrade(document.root.clone());
    let mut shown = to_yaml(&root);
    shown.push('\n');
    for change in &changes {
        let _ = writeln!(shown, "{}: {} -> {}", change.pointer, change.before, change.after);
    }
    shown.push_str(&render(&findings, &sources, Style::Plain));

    let json = to_json(&root);
    if let Err(error) = serde_json::from_str::<openapiv3::OpenAPI>(&json) {
        panic!("{} is no OpenAPI 3.0: {error}\n{shown}", path.display());
    }
    assert_eq!(
        faults(&read(FileId(0), &json).expect("JSON").root),
        [],
        "{}\n{shown}",
        path.display()
    );
    let (again, changes, _) = upgrade(root.clone());
    assert_eq!(again, root, "a second run changes nothing");
    assert_eq!(changes, []);
    shown
}

#[test]
fn cases() {
    insta::glob!("upgrade/*/openapi.yaml", |path| {
        let folder = path.parent().expect("a case is a folder");
        insta::with_settings!({
            snapshot_path => folder, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("upgraded", upgraded(path));
        });
    });
}
