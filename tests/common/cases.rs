//! The cases of pages: small providers, one a folder.

use std::path::{Path, PathBuf};

/// All cases, in order of their names.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases-docs");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("provider").is_dir())
        .collect();
    folders.sort();
    folders
}

/// The version folder of a case: `provider/NAME/VERSION`.
pub(crate) fn provider_of(case: &Path) -> PathBuf {
    let only = |folder: &Path| {
        let mut entries = std::fs::read_dir(folder).expect("a folder");
        entries.next().expect("one entry").expect("an entry").path()
    };
    only(&only(&case.join("provider")))
}
