//! What people are told about broken input: every folder of `errors/` is a case.

use std::path::Path;

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
