//! The shape of the code: dependencies point one way, and replaceable crates have one home.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in pipeline order. A module may use those of earlier groups and of its own.
const LAYERS: [&[&str]; 11] = [
    &["source", "diagnostic", "output"],
    &["ingest"],
    &["openapi"],
    &["mapping"],
    &["provider"],
    &["sql"],
    &["docs"],
    &["render"],
    &["lint"],
    &["runtime"],
    &["cli"],
];

/// Crates with a replaceable job, and the one place that may name them.
const HOMES: [(&str, &str); 5] = [
    ("granit_parser", "src/source/yaml.rs"),
    ("annotate_snippets", "src/diagnostic/render.rs"),
    ("tera", "src/render/templates.rs"),
    ("jsonschema", "src/cli/config/check.rs"),
    ("ruff_python_parser", "src/ingest/databricks_sdk/pyast.rs"),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Path below `src` with `/`, and text, of every source file.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    files.sort();
    assert!(files.len() > 30, "the sources were not found");
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&path).expect("readable text"))
        })
        .collect()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that a file names behind `crate::`, also inside braces.
fn used_modules(text: &str) -> Vec<&str> {
    let code_lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut modules = Vec::new();
    for line in code_lines {
        for part in line.split("crate::").skip(1) {
            let names = part
                .strip_prefix('{')
                .map_or(part, |list| list.split('}').next().unwrap_or(list));
            let is_list = part.starts_with('{');
            for name in names.split(',').take(if is_list { usize::MAX } else { 1 }) {
                let name = name
                    .trim()
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap_or("");
                if !name.is_empty() {
                    modules.push(name);
                }
            }
        }
    }
    modules
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let own = file
            .trim_start_matches("src/")
            .split(['/', '.'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let Some(own_layer) = layer_of(&own) else {
            assert!(matches!(own.as_str(), "lib" | "main"), "`{own}` is in no layer");
            continue;
        };
        for used in used_modules(&text) {
            if layer_of(used).is_some_and(|layer| layer > own_layer) {
                wrong.push(format!("{file} uses crate::{used}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "dependencies against the direction:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn replaceable_crates_have_one_home() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (name, home) in HOMES {
            let named = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(&format!("{name}::")));
            if named && file != home {
                wrong.push(format!("{file} names {name}, whose home is {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_output_writes_files() {
    let writing = ["fs::write", "File::create", "fs::remove", "fs::rename", "create_dir"];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if file.starts_with("src/output/") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in writing {
            if code.contains(call) {
                wrong.push(format!("{file} calls {call}"));
            }
        }
    }
    assert!(wrong.is_empty(), "only src/output writes files:\n{}", wrong.join("\n"));
}
