//! `spgen build` from end to end: every folder of `build/` that holds an `openapi.yaml` is a case.
//!
//! A case is one or more descriptions that become the provider `acme` with nothing configured, or a `spgen.yaml` with
//! what it names. `expected/` holds the files that come out, `findings.snap` what people are told.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{documents, golden, grammar};
use spgen::output::FileTree;
use spgen::render::mdx;

const CASES: &str = "build/*/openapi.yaml";

/// What one run leaves: its files, its exit code and what it said.
#[derive(Debug, PartialEq)]
struct Run {
    files: FileTree,
    code: Option<i32>,
    said: String,
}

/// The inputs of a case as they are named on the command line.
fn inputs(case: &Path) -> Vec<String> {
    if case.join("spgen.yaml").exists() {
        return vec![".".to_owned()];
    }
    let entries = std::fs::read_dir(case).expect("a case is a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut descriptions: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    descriptions.sort();
    descriptions
}

fn build(case: &Path, inputs: &[String], out: &Path, options: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spgen"));
    command
        .current_dir(case)
        .arg("build")
        .args(inputs)
        .arg("--out")
        .arg(out)
        .args(options);
    if !case.join("spgen.yaml").exists() {
        command.args(["--provider", "acme"]);
    }
    let output = command.output().expect("spgen runs");
    let said = String::from_utf8(output.stderr).expect("messages are text");
    Run {
        files: golden::files_below(out),
        code: output.status.code(),
        said: said.replace(&out.display().to_string(), "OUT"),
    }
}

fn case_of(path: &Path) -> PathBuf {
    path.parent().expect("a case is a folder").to_owned()
}

#[test]
fn cases() {
    let mut statements = Vec::new();
    insta::glob!(CASES, |path| {
        let case = case_of(path);
        let out = tempfile::tempdir().expect("a folder");
        let run = build(&case, &inputs(&case), out.path(), &[]);
        documents::assert_valid(&run.files);
        assert_eq!(mdx::check_all(&pages(&run.files)), [], "{}", case.display());
        for (_, page) in pages(&run.files).iter() {
            statements.extend(grammar::sql_examples_of(&String::from_utf8_lossy(page)));
        }
        golden::assert_tree(&case.join("expected"), &run.files);
        insta::with_settings!({
            snapshot_path => &case, snapshot_suffix => "", prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!("findings", format!("{}exit code: {:?}\n", run.said, run.code));
        });
    });
    assert!(statements.len() > 40, "the cases show statements");
    grammar::assert_all_parse(&statements);
}

/// A second run in another folder, and one with the files named the other way round.
#[test]
fn neither_the_run_nor_the_order_of_the_files_matters() {
    insta::glob!(CASES, |path| {
        let case = case_of(path);
        let mut inputs = inputs(&case);
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let first = build(&case, &inputs, folders[0].path(), &[]);
        inputs.reverse();
        let second = build(&case, &inputs, folders[1].path(), &[]);
        assert_eq!(first, second, "{}", case.display());
    });
}

/// What was just built is up to date, and building it again writes nothing. Whether the work is done again or not, the
/// same is said.
#[test]
fn a_second_build_finds_nothing_to_do() {
    insta::glob!(CASES, |path| {
        let case = case_of(path);
        let out = tempfile::tempdir().expect("a folder");
        let first = build(&case, &inputs(&case), out.path(), &[]);
        let second = build(&case, &inputs(&case), out.path(), &[]);
        assert_eq!(first.files, second.files, "{}", case.display());
        assert!(
            second.said.contains("  0 files written, 0 removed"),
            "{}: {}",
            case.display(),
            second.said
        );
        let fresh = build(&case, &inputs(&case), out.path(), &["--fresh"]);
        assert_eq!(second, fresh, "{}", case.display());
    });
}

fn pages(files: &FileTree) -> FileTree {
    let mut pages = FileTree::new();
    for (path, content) in files.iter().filter(|(path, _)| path.starts_with("docs/")) {
        pages.insert(path, content);
    }
    pages
}
