//! Provider documents as judges see them that are not ours; see [`common::documents`]. The cases of `build/` are judged
//! by their own test.

mod common;

use std::path::Path;
use std::process::Command;

use common::{documents, golden};

/// What is committed for people to use.
#[test]
fn the_bundled_provider_is_valid() {
    let provider = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider/src");
    let files = golden::files_below(&provider);
    assert!(!files.is_empty(), "there is a bundled provider");
    documents::assert_valid(&files);
}

/// GitHub's own description, where `SPGEN_GITHUB` names the file: every operation arrives, every document is valid.
#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot run here says why")]
fn the_description_of_github_becomes_valid_documents() {
    let Some(description) = std::env::var_os("SPGEN_GITHUB") else {
        eprintln!("skipped: SPGEN_GITHUB names no file (npm `@octokit/openapi`, generated/api.github.com.json)");
        return;
    };
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .arg("build")
        .arg(&description)
        .args(["--provider", "github", "--out"])
        .arg(out.path())
        .output()
        .expect("spgen runs");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let files = golden::files_below(out.path());
    documents::assert_valid(&files);

    let json = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    let report = json(files.get("report.json").expect("a report"));
    let ledger = report["ledger"].as_array().expect("a ledger");
    let mut told: Vec<(String, String)> = ledger
        .iter()
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().expect("a text").to_owned();
            (text("path"), text("verb"))
        })
        .collect();
    told.sort();
    let source = json(&std::fs::read(&description).expect("the description"));
    let verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let paths = source["paths"].as_object().expect("paths");
    let mut there: Vec<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let keys = item.as_object().into_iter().flat_map(serde_json::Map::keys);
            keys.filter(|key| verbs.contains(&key.as_str()))
                .map(move |verb| (path.clone(), verb.clone()))
        })
        .collect();
    there.sort();
    assert_eq!(told, there, "the ledger tells of each operation exactly once");
}
