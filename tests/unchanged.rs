//! A build that has nothing to do does nothing, says the same, and misses no change of what it depends on.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use common::golden;

/// The line that tells people who want to know everything that the work of the last run still stands.
const REPEATED: &str = "nothing changed since the last run";

/// Longer than the clock of a disk lags behind.
const SETTLED: Duration = Duration::from_millis(50);

/// A copy of the project with everything that a configuration can name, pinned.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unchanged");
    for (path, content) in golden::files_below(&from).iter() {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(place, content).expect("files can be written");
    }
    spgen(folder.path(), &["--update-pin"]);
    std::thread::sleep(SETTLED);
    folder
}

/// What `spgen build` says about the project.
fn spgen(project: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
        .current_dir(project)
        .args(["build", "spgen.yaml"])
        .args(arguments)
        .output()
        .expect("spgen runs");
    let said = String::from_utf8(output.stderr).expect("messages are text");
    assert!(output.status.code().is_some_and(|code| code < 3), "{said}");
    said
}

/// Builds until there is nothing to do.
fn settle(project: &Path) {
    spgen(project, &["-v"]);
    let said = spgen(project, &["-v"]);
    assert!(said.contains(REPEATED), "{said}");
}

/// The files of a folder of the project, or below it.
fn files(project: &Path, below: &str) -> Vec<PathBuf> {
    let tree = golden::files_below(&project.join(below));
    tree.paths().map(|path| project.join(below).join(path)).collect()
}

#[test]
fn every_input_counts() {
    let project = project();
    let inputs: Vec<PathBuf> = files(project.path(), "")
        .into_iter()
        .filter(|path| !path.starts_with(project.path().join("out")) && !path.ends_with(".spgenignore"))
        .collect();
    for name in [
        "spgen.yaml",
        "pin.csv",
        "mapping.csv",
        "report.json",
        "overlay.yaml",
        "images/logo.svg",
    ] {
        assert!(inputs.contains(&project.path().join(name)), "{name}: {inputs:?}");
    }
    for input in inputs {
        settle(project.path());
        let mut text = fs::read_to_string(&input).expect("inputs are text");
        text.push('\n');
        fs::write(&input, text).expect("files can be written");
        std::thread::sleep(SETTLED);
        let said = spgen(project.path(), &["-v"]);
        assert!(!said.contains(REPEATED), "{}", input.display());
    }
}

#[test]
fn new_files_count() {
    let project = project();
    for name in [
        "docs/services/other.md",
        "docs/resources/shop/other.md",
        "templates/notes.txt",
        "images/other.svg",
    ] {
        settle(project.path());
        fs::write(project.path().join(name), "more").expect("files can be written");
        std::thread::sleep(SETTLED);
        let said = spgen(project.path(), &["-v"]);
        assert!(!said.contains(REPEATED), "{name}");
    }
}

#[test]
fn every_output_counts() {
    let project = project();
    settle(project.path());
    let outputs: Vec<PathBuf> = files(project.path(), "out")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .collect();
    assert!(outputs.len() > 5, "{outputs:?}");
    for output in outputs.iter().step_by(outputs.len() / 5) {
        let content = fs::read(output).expect("it was written");
        fs::remove_file(output).expect("it is there");
        let said = spgen(project.path(), &["-v"]);
        assert!(said.contains("  1 file written"), "{}: {said}", output.display());
        assert_eq!(fs::read(output).expect("it is written again"), content);
    }
}

#[test]
fn the_arguments_count() {
    let project = project();
    for arguments in [
        ["-v", "--disable-pass", "descriptions"].as_slice(),
        &["-v", "--fresh"],
        &["-v", "--timings"],
        &["-v", "--color", "always"],
    ] {
        settle(project.path());
        assert!(!spgen(project.path(), arguments).contains(REPEATED), "{arguments:?}");
    }
    // They change the verdict only.
    settle(project.path());
    for arguments in [["-v", "--check"].as_slice(), &["-v", "--deny", "unreviewed"]] {
        assert!(spgen(project.path(), arguments).contains(REPEATED), "{arguments:?}");
    }
}

/// Another description under the same name is another build, although the first one and its provider are as they were.
#[test]
fn the_description_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["shop", "yard"] {
        let text = format!("openapi: 3.0.3\ninfo: {{title: {name}, version: '1'}}\npaths: {{}}\n");
        fs::write(folder.path().join(format!("{name}.yaml")), text).expect("files can be written");
    }
    std::thread::sleep(SETTLED);
    let build = |description: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_spgen"))
            .current_dir(folder.path())
            .args(["build", "-v", description, "--provider", "acme", "--out", "out"])
            .output()
            .expect("spgen runs");
        String::from_utf8(output.stderr).expect("messages are text")
    };
    build("shop.yaml");
    assert!(build("shop.yaml").contains(REPEATED));
    assert!(!build("yard.yaml").contains(REPEATED));
}
