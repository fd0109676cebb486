//! What a run was made of and what it left, so that the next one can tell that there is nothing to do.
//!
//! A stamp lies in `<root>/.spgen/cache/<owner>.json`. The folder tells version control to leave it out: a stamp is
//! worth something on the machine that made it only. It holds hashes of contents, no times, so a copied or checked-out
//! tree counts as what it is; whoever deletes it loses nothing but time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::FileTree;
use super::apply::write_file;
use super::manifest::{MANIFEST_FOLDER, Manifest};
use crate::source::{hash_of_bytes, hash_of_file};

/// The folder of the stamps below that of the manifests.
const STAMP_FOLDER: &str = "cache";

/// What makes version control leave the folder out.
const IGNORE_ALL: &[u8] = b"*\n";

/// How far the clock of a disk may lag behind that of the system.
const CLOCK_STEP: Duration = Duration::from_millis(20);

/// A file that is not there, where a hash would stand.
const MISSING: &str = "missing";

/// A run that came to its end: what it depended on, what it left, what it told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp<T> {
    /// The program and its arguments, as one text.
    key: String,
    /// Files and folders that were read, and their state; also those that were looked for in vain.
    inputs: BTreeMap<String, String>,
    /// Files that were written, relative to the root, and their hashes.
    outputs: BTreeMap<String, String>,
    /// What the run told.
    told: T,
}

/// What a run depends on besides the program and its arguments.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Files and folders. A folder stands for everything below it.
    pub paths: Vec<PathBuf>,
    /// When the first of them was read.
    pub since: SystemTime,
}

impl<T: Serialize + DeserializeOwned> Stamp<T> {
    /// The stamp of a run that just wrote `tree`. `None` when an input changed since it was read, or cannot be read or
    /// named: then nothing is known about the next run.
    #[must_use]
    pub fn of(key: &str, inputs: &Inputs, tree: &FileTree, root: &Path, owner: &str, told: T) -> Option<Self> {
        let latest = inputs.since.checked_sub(CLOCK_STEP)?;
        let states = inputs.paths.par_iter().map(|path| {
            let name = path.to_str()?;
            let state = State::of(path).ok()?;
            let is_settled = state.changed.is_none_or(|changed| changed < latest);
            is_settled.then(|| (name.to_owned(), state.content))
        });
        let files: Vec<(&str, &[u8])> = tree.iter().collect();
        let hashes = files
            .into_par_iter()
            .map(|(path, content)| (path.to_owned(), hash_of_bytes(content)));
        let mut outputs: BTreeMap<String, String> = hashes.collect();
        let manifest = Manifest::path(Path::new(""), owner);
        outputs.insert(manifest.to_str()?.to_owned(), hash_of_file(&root.join(&manifest)).ok()?);
        Some(Stamp {
            key: key.to_owned(),
            inputs: states.collect::<Option<_>>()?,
            outputs,
            told,
        })
    }

    /// Keeps the stamp for the next run.
    ///
    /// # Errors
    /// The folder cannot be made or written.
    pub fn save(&self, root: &Path, owner: &str) -> io::Result<()> {
        let place = place(root, owner);
        let folder = place.parent().expect("a stamp lies in its folder");
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            write_file(&ignore, IGNORE_ALL)?;
        }
        write_file(&place, &serde_json::to_vec_pretty(self)?)
    }

    /// What the last run told and the number of files that it left, if the same program with the same arguments would
    /// read the same now, and all that it left is there.
    #[must_use]
    pub fn recall(root: &Path, owner: &str, key: &str) -> Option<(T, usize)> {
        let bytes = fs::read(place(root, owner)).ok()?;
        let stamp: Stamp<T> = serde_json::from_slice(&bytes).ok()?;
        let is_same = stamp.key == key
            && stamp
                .inputs
                .par_iter()
                .all(|(path, state)| State::of(Path::new(path)).is_ok_and(|now| now.content == *state))
            && stamp.outputs.par_iter().all(|(path, hash)| {
                let place = root.join(path);
                let is_file = fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_file());
                is_file && hash_of_file(&place).is_ok_and(|now| now == *hash)
            });
        // The manifest is none of the files that people count.
        is_same.then_some((stamp.told, stamp.outputs.len() - 1))
    }
}

fn place(root: &Path, owner: &str) -> PathBuf {
    root.join(MANIFEST_FOLDER)
        .join(STAMP_FOLDER)
        .join(format!("{owner}.json"))
}

/// The state of a file or folder.
struct State {
    /// The same text for the same content.
    content: String,
    /// When something of it was changed last.
    changed: Option<SystemTime>,
}

impl State {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(State {
                    content: MISSING.to_owned(),
                    changed: None,
                });
            }
            Err(error) => return Err(error),
        };
        let mut changed = metadata.modified()?;
        if !metadata.is_dir() && !metadata.is_file() {
            // What a pipe holds can be read once only, and not by us.
            return Err(ErrorKind::Unsupported.into());
        }
        if metadata.is_file() {
            return Ok(State {
                content: hash_of_file(path)?,
                changed: Some(changed),
            });
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(path)? {
            names.push(entry?.file_name());
        }
        names.sort_unstable();
        let mut listing = String::new();
        for name in names {
            let below = State::of(&path.join(&name))?;
            changed = below.changed.map_or(changed, |below| below.max(changed));
            let name = name.to_string_lossy();
            listing.push_str(&format!("{}:{name}:{}\n", name.len(), below.content));
        }
        Ok(State {
            content: hash_of_bytes(listing.as_bytes()),
            changed: Some(changed),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{Inputs, Stamp};
    use crate::output::{FileTree, Mode, apply};

    const OWNER: &str = "acme";

    /// A folder with two inputs and an output of an hour ago, and its stamp.
    fn finished(folder: &Path) -> Option<Stamp<u32>> {
        let hour_ago = SystemTime::now() - Duration::from_hours(1);
        fs::create_dir_all(folder.join("in/texts")).unwrap();
        for name in ["in/spec.yaml", "in/texts/a.md"] {
            fs::write(folder.join(name), name).unwrap();
            let file = fs::File::options().write(true).open(folder.join(name)).unwrap();
            file.set_modified(hour_ago).unwrap();
        }
        for name in ["in/texts", "in"] {
            fs::File::open(folder.join(name))
                .unwrap()
                .set_modified(hour_ago)
                .unwrap();
        }
        let mut tree = FileTree::new();
        tree.insert("x/page.md", "page");
        apply(&tree, &folder.join("out"), OWNER, Mode::Write).unwrap();
        let inputs = Inputs {
            paths: ["in/spec.yaml", "in/texts", "in/none"]
                .map(|name| folder.join(name))
                .to_vec(),
            since: SystemTime::now(),
        };
        Stamp::of("key", &inputs, &tree, &folder.join("out"), OWNER, 7)
    }

    fn recalled(folder: &Path) -> Option<(u32, usize)> {
        Stamp::recall(&folder.join("out"), OWNER, "key")
    }

    #[test]
    fn a_run_is_recalled_until_something_changes() {
        let changes: [fn(&Path); 7] = [
            |folder| fs::write(folder.join("in/spec.yaml"), "other").unwrap(),
            |folder| fs::remove_file(folder.join("in/spec.yaml")).unwrap(),
            |folder| fs::write(folder.join("in/texts/b.md"), "").unwrap(),
            |folder| fs::rename(folder.join("in/texts/a.md"), folder.join("in/texts/c.md")).unwrap(),
            |folder| fs::write(folder.join("in/none"), "").unwrap(),
            |folder| fs::write(folder.join("out/x/page.md"), "edited").unwrap(),
            |folder| fs::remove_file(folder.join("out/.spgen/acme.json")).unwrap(),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let stamp = finished(folder.path()).unwrap();
            assert_eq!(recalled(folder.path()), None, "{number}: before it is kept");
            stamp.save(&folder.path().join("out"), OWNER).unwrap();
            assert_eq!(recalled(folder.path()), Some((7, 1)), "{number}");
            assert_eq!(Stamp::<u32>::recall(&folder.path().join("out"), OWNER, "other"), None);
            change(folder.path());
            assert_eq!(recalled(folder.path()), None, "{number}");
        }
    }

    #[test]
    fn an_input_that_changed_during_the_run_leaves_no_stamp() {
        let folder = tempfile::tempdir().unwrap();
        finished(folder.path()).unwrap();
        let inputs = Inputs {
            paths: vec![folder.path().join("in/spec.yaml")],
            since: SystemTime::now() - Duration::from_hours(2),
        };
        let stamp = Stamp::of("key", &inputs, &FileTree::new(), &folder.path().join("out"), OWNER, 7);
        assert_eq!(stamp, None);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_leaves_no_stamp_and_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        finished(folder.path()).unwrap();
        let inputs = Inputs {
            // Reading it would not end.
            paths: vec!["/dev/zero".into()],
            since: SystemTime::now(),
        };
        let stamp = Stamp::of("key", &inputs, &FileTree::new(), &folder.path().join("out"), OWNER, 7);
        assert_eq!(stamp, None);
    }

    #[test]
    fn version_control_leaves_stamps_out() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = finished(folder.path()).unwrap();
        stamp.save(&folder.path().join("out"), OWNER).unwrap();
        let ignore = folder.path().join("out/.spgen/cache/.gitignore");
        assert_eq!(fs::read_to_string(ignore).unwrap(), "*\n");
    }
}
