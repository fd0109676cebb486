//! Descriptions of several files as one document: every folder of `bundle/` is a case.

use std::path::Path;

use spgen::diagnostic::{Style, render};
use spgen::openapi::bundle;
use spgen::source::{Library, LibrarySettings, Sources, to_yaml};

fn bundled(path: &Path) -> String {
    let folder = path.parent().expect("a case is a folder");
    let mut sources = Sources::default();
    let (mut library, document) =
        Library::open(path, LibrarySettings::default(), &mut sources).expect("the main file is readable");
    let (root, findings) = bundle(&document, &mut library);
    let shown = render(&findings, &sources, Style::Plain);
    let prefix = format!("{}/", folder.display());
    let real = folder.canonicalize().expect("the case exists");
    let shown = shown.replace(&prefix, "").replace(&*real.to_string_lossy(), "[case]");
    format!("{}\n{shown}", to_yaml(&root))
}

#[test]
fn cases() {
    insta::glob!("bundle/*/openapi.yaml", |path| {
        let folder = path.parent().expect("a case is a folder");
        insta::with_settings!({
            snapshot_path => folder, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("bundled", bundled(path));
        });
    });
}
