//! The corpus of real descriptions: which files are checked.

use std::path::{Path, PathBuf};
use std::{env, fs};

use spgen::source::hash_of;

/// The folder that `SPGEN_CORPUS` names.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = env::var_os("SPGEN_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        show("skipped: SPGEN_CORPUS names no folder with descriptions");
    }
    folder
}

/// One of the published JSON Schemas, below `SPGEN_DATA` or beside the checkout.
pub(crate) fn schema(name: &str) -> Option<serde_json::Value> {
    let data = env::var_os("SPGEN_DATA").map_or_else(
        || {
            let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
            let beside = checkout.ancestors().skip(1).map(|folder| folder.join("shared/data"));
            beside.into_iter().find(|folder| folder.is_dir()).unwrap_or_default()
        },
        PathBuf::from,
    );
    let text = fs::read_to_string(data.join("schemas").join(name)).ok();
    if text.is_none() {
        show(format_args!("skipped: schemas/{name} not found; set SPGEN_DATA"));
    }
    Some(serde_json::from_str(&text?).expect("the schema is JSON"))
}

/// The files to check, in a fixed order: `SPGEN_CORPUS_ONLY` keeps those whose path holds a text,
/// `SPGEN_CORPUS_SAMPLE` that many, always the same ones.
pub(crate) fn chosen(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json" || extension == "yaml")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    if let Ok(only) = env::var("SPGEN_CORPUS_ONLY") {
        files.retain(|file| file.to_string_lossy().contains(&only));
    }
    let sample = env::var("SPGEN_CORPUS_SAMPLE").ok();
    if let Some(count) = sample.and_then(|count| count.parse().ok()) {
        files.sort_by_cached_key(|file| {
            let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
            hash_of(|feed| feed(&name))
        });
        files.truncate(count);
        files.sort();
    }
    files
}

#[expect(clippy::print_stdout, reason = "the table is what the run is for")]
pub(crate) fn show(line: impl std::fmt::Display) {
    println!("{line}");
}
