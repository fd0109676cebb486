//! Big data that is not part of the repository: published provider trees and recorded requests.

use std::path::{Path, PathBuf};

/// The folder with `providers/`, `mappings/`, `schemas/` and `wire-cases/`: `SPGEN_DATA`, else beside the checkout.
/// Prints why when there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("SPGEN_DATA").map(PathBuf::from);
    let beside = || {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
        checkout
            .ancestors()
            .skip(1)
            .map(|folder| folder.join("shared/data"))
            .find(|folder| folder.is_dir())
    };
    let found = named.filter(|folder| folder.is_dir()).or_else(beside);
    if found.is_none() {
        #[expect(clippy::print_stderr, reason = "says why a test does nothing")]
        {
            eprintln!("skipped: no data folder (set SPGEN_DATA)");
        }
    }
    found
}

/// The version folders of all published providers, sorted.
pub(crate) fn providers() -> Option<Vec<PathBuf>> {
    let root = folder()?.join("providers");
    let mut found = Vec::new();
    for provider in std::fs::read_dir(&root).ok()?.flatten() {
        for version in std::fs::read_dir(provider.path()).ok()?.flatten() {
            if version.path().join("provider.yaml").is_file() {
                found.push(version.path());
            }
        }
    }
    found.sort();
    Some(found)
}
