//! What people are told about broken input: every folder of `errors/` is a case.

use std::path::Path;
use std::process::Command;

use spgen::diagnostic::{Style, render};
use spgen::openapi;
use spgen::source::{Library, LibrarySettings, Sources};

/// All findings from reading one description, as people see them.
fn findings(path: &Path) -> String {
    let folder = path.parent().expect("a case is a folder");
    let mut sources = Sources::default();
    let findings = match Library::open(path, LibrarySettings::default(), &mut sources) {
        Err(finding) => vec![*finding],
        Ok((mut library, document)) => {
            let mut findings = document.findings.clone();
            let (root, found) = openapi::bundle(&document, &mut library);
            findings.extend(found);
            findings.extend(openapi::check(&root));
            findings.extend(openapi::read(root).1);
            findings
        }
    };
    assert!(!findings.is_empty(), "{} has no fault", path.display());
    render(&findings, &sources, Style::Plain).replace(&format!("{}/", folder.display()), "")
}

#[test]
fn cases() {
    insta::glob!("errors/*/openapi.*", |path| {
        let folder = path.parent().expect("a case is a folder");
        insta::with_settings!({
            snapshot_path => folder, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("findings", findings(path));
        });
    });
}

/// The exit code says how bad it is, nothing panics, and what is written is written all the same.
#[test]
fn exit_codes() {
    let mut codes = Vec::new();
    insta::glob!("errors/*/openapi.*", |path| {
        let folder = path.parent().expect("a case is a folder");
        let out = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
            .arg("build")
            .arg(path)
            .args(["--provider", "acme", "--out"])
            .arg(out.path())
            .output()
            .expect("spgen runs");
        let code = output.status.code().expect("it ends by itself");
        let is_written = out.path().join("report.json").exists();
        assert_eq!(is_written, code != 3, "{}", folder.display());
        let name = folder.file_name().expect("a name").to_string_lossy();
        codes.push(format!("{name}: {code}"));
    });
    codes.sort();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "errors" }, {
        insta::assert_snapshot!("exit-codes", codes.join("\n"));
    });
}
