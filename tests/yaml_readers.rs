//! What other readers make of the YAML that we write. PyYAML stands for YAML 1.1, which the runtime reads, too.

#![expect(clippy::print_stderr, reason = "a test that cannot run here says why")]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use spgen::source::{FileId, Map, Node, read, to_json, to_yaml};

const COMPARE: &str = r#"
import json, sys
try:
    import yaml
except ImportError:
    print("no PyYAML"); sys.exit(3)
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    read = yaml.safe_load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    meant = json.load(file)
def differences(a, b, path):
    if isinstance(a, bool) != isinstance(b, bool) or isinstance(a, str) != isinstance(b, str):
        yield path, a, b
    elif isinstance(a, dict) and isinstance(b, dict):
        if list(a) != list(b): yield path, list(a), list(b)
        else:
            for key in a: yield from differences(a[key], b[key], path + [key])
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b): yield path, a, b
        else:
            for index, pair in enumerate(zip(a, b)): yield from differences(*pair, path + [index])
    elif a != b: yield path, a, b
found = list(differences(read, meant, []))
for path, a, b in found[:20]: print(path, "read", repr(a)[:200], "meant", repr(b)[:200])
sys.exit(1 if found else 0)
"#;

/// Texts that some reader takes for something else when they are written carelessly.
const TEXTS: &[&str] = &[
    "",
    " ",
    "y",
    "Y",
    "n",
    "yes",
    "No",
    "on",
    "OFF",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "012",
    "0o17",
    "0x1F",
    "0b11",
    "1e3",
    "1.5",
    "1.",
    ".5",
    "+1",
    "-1",
    "1_000",
    "1:30",
    "190:20:30",
    ".inf",
    "-.INF",
    ".nan",
    "NaN",
    "2024-01-01",
    "2024-01-01 10:00:00",
    "2024-1-1",
    "=",
    "<<",
    "-",
    "--",
    "---",
    "...",
    "- a",
    "? a",
    ": a",
    "a:",
    "a: b",
    "a :b",
    "a#b",
    "a #b",
    "#a",
    "@a",
    "`a",
    "%a",
    "!a",
    "&a",
    "*a",
    "|",
    ">",
    "{a}",
    "[a]",
    "a,b",
    "'",
    "\"",
    "it's",
    "''",
    "\\",
    "a\\nb",
    "\t",
    "a\tb",
    "\ta",
    "a\t",
    "a\n",
    "\na",
    "a\nb",
    "a\nb\n",
    "a\nb\n\n",
    "\n",
    "\n\n",
    " a\nb",
    "a\n b",
    "a \nb",
    "a\n\n\nb",
    "a\n \nb",
    "a\n ",
    "a\n\tb",
    "a\n---\nb",
    "a\n...\n",
    "a\n# b",
    "a: b\nc: d",
    "\r",
    "a\r\nb",
    "\u{0}",
    "\u{7}",
    "\u{1b}",
    "\u{7f}",
    "\u{80}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{feff}a",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "🎉",
    "a🎉\nb",
    "日本語",
    "\u{661}",
    "١٢٣",
    "e\u{301}",
    "200",
    "2XX",
    "{{ x }}",
    "a ",
    " a",
    "$ref",
    "(a)",
    "/a/{b}",
    "x-a: ",
    "a: ",
    "key: |",
];

/// The same pseudo-random texts on every run.
fn more_texts() -> Vec<String> {
    let alphabet: Vec<char> = " \n\n:#-?'\"{}[],&*!|>%@`~<=+._0129eExyYnNoa\tü🎉\u{85}"
        .chars()
        .collect();
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    (0..4000)
        .map(|_| {
            let length = next(9);
            (0..length).map(|_| alphabet[next(alphabet.len())]).collect()
        })
        .collect()
}

fn hostile_tree() -> Node {
    let texts: Vec<String> = TEXTS
        .iter()
        .map(|text| (*text).to_owned())
        .chain(more_texts())
        .collect();
    let mut keys = Map::new();
    for text in &texts {
        keys.insert(text.as_str(), Node::string(text.as_str()));
    }
    let mut numbers = String::from("[");
    for number in [
        "0",
        "-0",
        "1.50",
        "1e3",
        "1E-7",
        "-.5",
        "1.",
        "18446744073709551616",
        "123456789.123456789",
    ] {
        let _ = write!(numbers, "{number}, ");
    }
    numbers.push(']');
    let numbers = read(FileId(0), &numbers).expect("numbers").root;
    let lists = texts.iter().map(|text| Node::list([Node::string(text.as_str())]));
    let entries = [
        ("keys", Node::map(keys)),
        (
            "texts",
            Node::list(texts.iter().map(|text| Node::string(text.as_str()))),
        ),
        ("lists", Node::list(lists)),
        ("numbers", numbers),
    ];
    Node::map(entries.into_iter().collect())
}

#[test]
fn pyyaml_reads_what_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let tree = hostile_tree();
    let [script, yaml, json] = ["compare.py", "tree.yaml", "tree.json"].map(|name| folder.path().join(name));
    fs::write(&script, COMPARE).unwrap();
    fs::write(&yaml, to_yaml(&tree)).unwrap();
    fs::write(&json, to_json(&tree)).unwrap();
    let Ok(output) = Command::new("python3").arg(&script).args([&yaml, &json]).output() else {
        eprintln!("skipped: there is no python3");
        return;
    };
    if output.status.code() == Some(3) {
        eprintln!("skipped: python3 has no yaml module");
        return;
    }
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn we_read_what_was_meant() {
    let tree = hostile_tree();
    let again = read(FileId(0), &to_yaml(&tree)).expect("readable");
    assert_eq!(again.root.get("keys"), tree.get("keys"));
    assert_eq!(again.root.get("texts"), tree.get("texts"));
    assert_eq!(again.root.get("lists"), tree.get("lists"));
    assert_eq!(again.findings, []);
}
