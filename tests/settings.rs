//! What settings make of a provider: every folder `settings/<feature>/<case>` with a `spgen.yaml` is a case; beside it are
//! the provider documents that come out and what people are told.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::golden;
use spgen::output::FileTree;

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases: Vec<PathBuf> = folders(&root.join("tests/settings"))
        .iter()
        .flat_map(|feature| folders(feature))
        .collect();
    cases.sort();
    assert!(cases.len() > 20, "only {} cases", cases.len());
    for case in cases {
        let relative = case.strip_prefix(root).expect("below the root");
        let out = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
            .current_dir(root)
            .args(["build", "--out"])
            .args([out.path(), &relative.join("spgen.yaml")])
            .output()
            .expect("the program runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let mut tree = documents(&out.path().join("src"));
        let shown = stderr.replace(&format!("{}/", relative.display()), "");
        // What was written where differs from run to run.
        let shown: Vec<&str> = shown.lines().take_while(|line| !line.starts_with("acme: ")).collect();
        let code = output.status.code().expect("no signal ended it");
        assert!(
            code == 0 || code == 1 || code == 3,
            "{}: {code}\n{stderr}",
            case.display()
        );
        tree.insert(
            "messages.txt",
            format!("exit code {code}\n{}\n", shown.join("\n").trim_end()),
        );
        golden::assert_tree(&case.join("expected"), &tree);
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The provider documents below the registry root, relative to their version folder.
fn documents(root: &Path) -> FileTree {
    let mut tree = FileTree::new();
    let version = root.join("acme/v00.00.00000");
    for file in ["provider.yaml", "services/acme.yaml"] {
        if let Ok(text) = std::fs::read_to_string(version.join(file)) {
            tree.insert(file, text);
        }
    }
    tree
}
