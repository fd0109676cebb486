//! Inputs that fuzzing found, and those that it starts from, through the fuzz targets once more.

use std::fs;
use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
mod targets;

/// Each input of a target; they are few and small.
fn try_all(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<_> = fs::read_dir(&folder)
        .expect("a folder of inputs")
        .map(|entry| entry.expect("readable").path())
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{target} has inputs");
    for input in inputs {
        let bytes = fs::read(&input).expect("readable");
        let outcome = std::panic::catch_unwind(|| run(&bytes));
        assert!(outcome.is_ok(), "{} fails", input.display());
    }
}

#[test]
fn the_reader_stands_them() {
    try_all("reader", targets::reader);
}

#[test]
fn the_normaliser_stands_them() {
    try_all("normaliser", targets::normaliser);
}

#[test]
fn the_pages_stand_them() {
    try_all("pages", targets::pages);
}

#[test]
fn the_overlays_stand_them() {
    try_all("overlay", targets::overlay);
}
