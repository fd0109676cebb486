//! Patches of descriptions: every folder of `overlay/` is a case.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use spgen::diagnostic::{Style, render};
use spgen::openapi::{apply_overlay, read_overlay};
use spgen::source::{Sources, read, to_yaml};

/// The patched document, what was changed, and what did not work.
fn patched(path: &Path) -> String {
    let folder = path.parent().expect("a case is a folder");
    let mut sources = Sources::default();
    let mut open = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).expect("a readable case");
        let file = sources.add(name, text.as_str());
        read(file, &text).expect("a case is YAML")
    };
    let (description, overlay) = (open("openapi.yaml"), open("overlay.yaml"));
    let overlay = match read_overlay(&overlay) {
        Ok(overlay) => overlay,
        Err(findings) => return render(&findings, &sources, Style::Plain),
    };
    let mut root = description.root.clone();
    let (changes, findings) = apply_overlay(&overlay, &mut [("openapi.yaml", &mut root)]);
    assert_eq!(changes.is_empty(), root == description.root, "every change is reported");
    let mut shown = to_yaml(&root);
    for change in &changes {
        let _ = writeln!(shown, "{}: {} -> {}", change.pointer, change.before, change.after);
    }
    shown.push_str(&render(&findings, &sources, Style::Plain));
    shown
}

#[test]
fn cases() {
    insta::glob!("overlay/*/overlay.yaml", |path| {
        let folder = path.parent().expect("a case is a folder");
        insta::with_settings!({
            snapshot_path => folder, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("patched", patched(path));
        });
    });
}
