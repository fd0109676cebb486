//! The list of files that spgen wrote into a folder, per owner (a provider, say): several can share one folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::path_check::check_path;

/// The folder of the manifests in an output root.
pub(super) const MANIFEST_FOLDER: &str = ".spgen";

/// What an owner wrote. Serialised with one path a line, so that version control merges it well.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Manifest {
    /// Whether the run that wrote it came to its end.
    pub(super) complete: bool,
    /// Relative paths, sorted.
    pub(super) files: BTreeSet<String>,
}

impl Manifest {
    /// Where an owner's manifest lies.
    pub(super) fn path(root: &Path, owner: &str) -> PathBuf {
        root.join(MANIFEST_FOLDER).join(format!("{owner}.json"))
    }

    /// Reads what stands in a manifest file. A path that spgen would never write is dropped, so that a manifest from
    /// elsewhere cannot make it remove other people's files.
    pub(super) fn parse(text: &[u8]) -> Result<Self, serde_json::Error> {
        let mut manifest: Manifest = serde_json::from_slice(text)?;
        manifest.files.retain(|path| check_path(path).is_ok());
        Ok(manifest)
    }

    /// The bytes of the manifest file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a set of texts can be written");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn paths_out_of_the_folder_are_dropped() {
        let text = br#"{"complete": true, "files": ["../a", "/b", "c/d"]}"#;
        let manifest = Manifest::parse(text).unwrap();
        assert_eq!(manifest.files.into_iter().collect::<Vec<_>>(), ["c/d"]);
    }

    #[test]
    fn what_is_written_can_be_read() {
        let manifest = Manifest {
            complete: true,
            files: ["a\"b".to_owned(), "ü".to_owned()].into(),
        };
        assert_eq!(Manifest::parse(&manifest.to_bytes()).unwrap(), manifest);
    }
}
