//! Whatever the source says, the import ends with documents or findings, and accounts for each method.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use spgen::ingest::archive;
use spgen::ingest::databricks_sdk::{Level, Strictness, import, is_needed};
use spgen::source::Sources;

fn cases() -> Vec<Sources> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("a case").path())
        .collect();
    cases.sort();
    cases
        .iter()
        .map(|case| archive::read(case, is_needed).expect("a readable case"))
        .collect()
}

/// Words that mean something to the reader, to be put where they do not belong.
const WORDS: [&str; 16] = [
    "self",
    "_api",
    "do",
    "(",
    ")",
    "[",
    "{",
    "}",
    ":",
    "\n    ",
    "\"",
    "\"\"\"",
    "f\"{",
    "return ",
    "while True:\n",
    ".from_dict(",
];

fn mutated(text: &str, at: usize, take: usize, word: &str) -> String {
    let mut start = at % (text.len() + 1);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (start + take).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    format!("{}{word}{}", &text[..start], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_package_is_read_to_the_end(
        case in 0..100_usize,
        edits in prop::collection::vec((any::<usize>(), 0..12_usize, 0..WORDS.len()), 1..4),
    ) {
        let cases = cases();
        let original = &cases[case % cases.len()];
        let mut files = Sources::default();
        for file in original.iter() {
            let mut text = file.text.to_string();
            if file.name.contains("/service/") || file.name.ends_with("__init__.py") {
                for (at, take, word) in &edits {
                    text = mutated(&text, *at, *take, WORDS[*word]);
                }
            }
            files.add(file.name.clone(), text);
        }
        for level in Level::ALL {
            let (services, report, _) = import(&files, level, Strictness::Lenient);
            prop_assert_eq!(report.methods, report.operations + report.other_level + report.excluded.len());
            let written: usize = services
                .iter()
                .filter_map(|service| service.document.get("paths")?.as_map())
                .flat_map(|paths| paths.iter())
                .filter_map(|path| path.value.as_map())
                .map(spgen::source::Map::len)
                .sum();
            prop_assert_eq!(report.operations, written);
        }
    }

    #[test]
    fn any_text_is_read_to_the_end(text in "(?s).{0,200}") {
        let mut files = Sources::default();
        files.add("databricks/sdk/service/shop.py", text.clone());
        files.add("databricks/sdk/__init__.py", text);
        let (_, report, _) = import(&files, Level::Workspace, Strictness::Lenient);
        prop_assert_eq!(report.methods, report.other_level + report.operations + report.excluded.len());
    }
}

/// The parser and the tree are recursive; nesting must not end the process.
#[test]
fn deep_nesting_is_an_error() {
    for text in [
        format!("x = {}1", "(".repeat(200_000)),
        format!("x = {}1", "not ".repeat(200_000)),
        format!("x = a{}", ".b".repeat(200_000)),
        format!("x = {}", "f(".repeat(200_000)),
        format!("x = {}", "- ".repeat(15_000)),
        format!("x = a{}", ".b".repeat(15_000)),
        format!("x = {}1", "lambda: ".repeat(3_900)),
        format!("x = f\"{}\"", "{f'".repeat(20_000)),
    ] {
        let mut files = Sources::default();
        files.add("databricks/sdk/service/shop.py", text);
        let (services, _, diagnostics) = import(&files, Level::Workspace, Strictness::Strict);
        assert!(services.is_empty() && !diagnostics.is_empty());
    }
}
