//! The judge of SQL: the runtime's own parser, run by the Go program under `tests/grammar`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// Every statement parses; those that do not are shown. Returns how many were tried, `None` where there is no Go.
#[track_caller]
pub(crate) fn assert_all_parse(statements: &[String]) -> Option<usize> {
    let failures = failures(statements)?;
    let shown: Vec<String> = failures
        .iter()
        .take(20)
        .map(|(index, error)| format!("{error}\n{}", statements[*index]))
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} statements do not parse:\n{}",
        failures.len(),
        statements.len(),
        shown.join("\n---\n")
    );
    Some(statements.len())
}

/// The statements that do not parse, by index, with the parser's message. `None` where there is no Go: says so, and
/// fails in CI.
pub(crate) fn failures(statements: &[String]) -> Option<Vec<(usize, String)>> {
    let lines: Vec<String> = statements
        .iter()
        .map(|statement| Value::from(statement.as_str()).to_string())
        .collect();
    let input = lines.join("\n");
    let output = run(&["-json"], input)?;
    let failures = output.lines().map(|line| {
        let failure: Value = serde_json::from_str(line).expect("the program prints JSON lines");
        let index = failure["index"].as_u64().expect("each has an index");
        let error = failure["error"].as_str().expect("each has a message");
        (usize::try_from(index).expect("it fits"), error.to_owned())
    });
    Some(failures.collect())
}

/// What the program prints for `-words`: the words that need quotes, by place.
pub(crate) fn words() -> Option<Value> {
    let output = run(&["-words"], String::new())?;
    Some(serde_json::from_str(&output).expect("the program prints JSON"))
}

/// The SQL examples of a Markdown page: the contents of its fenced blocks marked `sql`.
pub(crate) fn sql_examples_of(page: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut open: Option<(String, Vec<&str>)> = None;
    for line in page.lines() {
        let trimmed = line.trim_start();
        match &mut open {
            None => {
                let fence: String = trimmed.chars().take_while(|character| *character == '`').collect();
                let info = trimmed[fence.len()..].trim();
                if fence.len() >= 3 && info.split_whitespace().next() == Some("sql") {
                    open = Some((fence, Vec::new()));
                }
            }
            Some((fence, lines)) if trimmed.starts_with(fence.as_str()) => {
                examples.push(lines.join("\n"));
                open = None;
            }
            Some((_, lines)) => lines.push(line),
        }
    }
    examples
}

fn run(arguments: &[&str], input: String) -> Option<String> {
    static PROGRAM: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let program = match PROGRAM.get_or_init(built) {
        Ok(program) => program,
        Err(reason) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "the grammar check must run in CI: {reason}"
            );
            #[expect(clippy::print_stderr, reason = "says why a test does nothing")]
            {
                eprintln!("skipped: SQL was not checked against the runtime's grammar: {reason}");
            }
            return None;
        }
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was just built");
    let mut stdin = child.stdin.take().expect("it was piped");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    writer
        .join()
        .expect("the writer does not panic")
        .expect("the program reads all");
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "the grammar program failed: {:?}",
        output.status
    );
    Some(String::from_utf8(output.stdout).expect("it prints UTF-8"))
}

/// The program, built once for its sources and kept below the target folder.
fn built() -> Result<PathBuf, String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grammar");
    let mut hasher = DefaultHasher::new();
    for name in ["main.go", "words.go", "go.mod", "go.sum"] {
        std::fs::read(sources.join(name))
            .map_err(|error| format!("{name}: {error}"))?
            .hash(&mut hasher);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let program = folder.join(format!("grammar-{:x}", hasher.finish()));
    if program.exists() {
        return Ok(program);
    }
    // Test programs run side by side: each builds its own, the last one stays.
    let fresh = folder.join(format!("grammar-{}", std::process::id()));
    let output = Command::new("go")
        .args(["build", "-mod=readonly", "-buildvcs=false", "-o"])
        .arg(&fresh)
        .arg(".")
        .current_dir(&sources)
        .env("GOWORK", "off")
        .output()
        .map_err(|error| format!("`go` could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "`go build` failed: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    std::fs::rename(&fresh, &program).map_err(|error| error.to_string())?;
    Ok(program)
}
