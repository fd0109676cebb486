//! Bringing a folder to the state of a tree.
//!
//! 1. Refuse the whole tree if one of its paths may not be written.
//! 2. Compare every file with the disk, in parallel.
//! 3. In [`Mode::Write`]: note old and new files in the manifest, write what differs, remove what is no longer made,
//!    note the new files alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::Manifest;
use super::path_check::{PathProblem, check_path, check_paths};
use super::{FileTree, Report};

/// The names of files that are being written start and end so.
const UNFINISHED: (&str, &str) = (".spgen-", ".tmp");

/// What to do with the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write and remove.
    Write,
    /// Only say what differs.
    Check,
}

/// Why a tree could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Nothing was written, because some paths may not be written.
    #[error("{}", join(.0))]
    Paths(Vec<PathProblem>),
    /// Some files could not be read, written or removed; the others are as the tree says.
    #[error("{}", join(.0))]
    Files(Vec<Failure>),
}

/// A file that could not be handled.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{}`: {error}", .path.display())]
pub struct Failure {
    /// What was tried: `read`, `write`, `remove`.
    pub action: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

fn join<T: std::fmt::Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

/// Brings the folder `root` to the state of `tree`, or says what differs.
///
/// `owner` names whose files these are (a provider's name): files that the same owner wrote in an earlier run and no
/// longer makes are removed; files of nobody or of other owners are not touched unless the tree holds their path. Use
/// one owner name for one kind of output in one root.
///
/// Not synced to the device: this guards against killed processes and full disks, not against power cuts.
///
/// # Errors
/// [`ApplyError::Paths`] before anything is touched; [`ApplyError::Files`] after everything else was done.
pub fn apply(tree: &FileTree, root: &Path, owner: &str, mode: Mode) -> Result<Report, ApplyError> {
    let mut problems = check_paths(tree.paths());
    if check_path(owner).is_err() || owner.contains('/') {
        problems.push(PathProblem::Outside(owner.to_owned()));
    }
    if !problems.is_empty() {
        return Err(ApplyError::Paths(problems));
    }
    let manifest_path = Manifest::path(root, owner);
    let old = read_manifest(&manifest_path).map_err(one)?;
    let folders = Folders::look(tree, root, old.as_ref()).map_err(ApplyError::Files)?;
    let old_files = old.as_ref().map(|old| &old.files);
    let states = compare(tree, root, &folders)?;
    let stale: Vec<&str> = old_files
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|path| !tree.contains(path) && is_reachable_file(root, path))
        .collect();
    let report = report(&states, old_files, &stale);

    if mode == Mode::Write {
        let new = Manifest {
            complete: true,
            files: tree
                .paths()
                .filter(|path| !tree.is_shared(path))
                .map(str::to_owned)
                .collect(),
        };
        let work = Work {
            tree,
            root,
            folders: &folders,
            states: &states,
            stale: &stale,
        };
        let was_broken = old.as_ref().is_some_and(|old| !old.complete);
        if new.files.is_empty() && old.is_none() {
            // Nothing here is ours to remove later, so there is nothing to note.
            if !report.is_clean() {
                work.run(false).map_err(ApplyError::Files)?;
            }
            return Ok(report);
        }
        if !report.is_clean() || was_broken {
            let mut both = new.clone();
            both.complete = false;
            both.files.extend(stale.iter().map(|path| (*path).to_owned()));
            write_manifest(&manifest_path, &both).map_err(one)?;
            work.run(was_broken).map_err(ApplyError::Files)?;
        }
        if !report.is_clean() || old.as_ref() != Some(&new) {
            write_manifest(&manifest_path, &new).map_err(one)?;
        }
    }
    Ok(report)
}

fn one(failure: Failure) -> ApplyError {
    ApplyError::Files(vec![failure])
}

fn failure(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure {
        action,
        path: path.to_owned(),
        error,
    }
}

fn read_manifest(path: &Path) -> Result<Option<Manifest>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Manifest::parse(&bytes)
            .map(Some)
            .map_err(|error| failure("read", path)(error.into())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(failure("read", path)(error)),
    }
}

fn write_manifest(path: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let folder = path.parent().expect("a manifest lies in its folder");
    fs::create_dir_all(folder).map_err(failure("write", folder))?;
    write_file(path, &manifest.to_bytes()).map_err(failure("write", path))
}

/// How a file of the tree stands on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Differs,
    Same,
}

fn compare<'a>(tree: &'a FileTree, root: &Path, folders: &Folders<'a>) -> Result<Vec<(&'a str, State)>, ApplyError> {
    let files: Vec<_> = tree.iter().collect();
    let results: Vec<_> = files
        .into_par_iter()
        .map(|(path, content)| {
            if folders.missing.contains(folder_of(path)) {
                return Ok((path, State::Missing));
            }
            let place = root.join(path);
            state(&place, content)
                .map(|state| (path, state))
                .map_err(failure("read", &place))
        })
        .collect();
    let mut states = Vec::with_capacity(results.len());
    let mut failures = Vec::new();
    for result in results {
        match result {
            Ok(state) => states.push(state),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() {
        Ok(states)
    } else {
        Err(ApplyError::Files(failures))
    }
}

fn state(place: &Path, content: &[u8]) -> io::Result<State> {
    let metadata = match fs::symlink_metadata(place) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(State::Missing),
        Err(error) => return Err(error),
    };
    if metadata.is_dir() {
        return Err(io::Error::new(
            ErrorKind::IsADirectory,
            "a folder stands where a file is to be written",
        ));
    }
    // A symbolic link is replaced by the file, whatever it points to.
    if !metadata.is_file() || metadata.len() != content.len() as u64 {
        return Ok(State::Differs);
    }
    Ok(if fs::read(place)? == content {
        State::Same
    } else {
        State::Differs
    })
}

fn report(states: &[(&str, State)], old: Option<&BTreeSet<String>>, stale: &[&str]) -> Report {
    let mut report = Report {
        removed: stale.iter().map(|path| (*path).to_owned()).collect(),
        ..Report::default()
    };
    for (path, state) in states {
        let was_ours = old.is_some_and(|old| old.contains(*path));
        match state {
            State::Missing => report.created.push((*path).to_owned()),
            State::Differs if was_ours => report.changed.push((*path).to_owned()),
            State::Differs => report.replaced.push((*path).to_owned()),
            State::Same => report.unchanged += 1,
        }
    }
    report
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// The folders that a tree needs, parents first.
struct Folders<'a> {
    all: BTreeSet<&'a str>,
    missing: BTreeSet<&'a str>,
    /// Files that the owner wrote and that stand where a folder is to be.
    blocking: BTreeSet<&'a str>,
}

impl<'a> Folders<'a> {
    fn look(tree: &'a FileTree, root: &Path, old: Option<&Manifest>) -> Result<Self, Vec<Failure>> {
        let mut all = BTreeSet::from([""]);
        for path in tree.paths() {
            for (at, _) in path.match_indices('/') {
                all.insert(&path[..at]);
            }
        }
        let mut folders = Folders {
            all,
            missing: BTreeSet::new(),
            blocking: BTreeSet::new(),
        };
        let real_root = fs::canonicalize(root).ok();
        let mut failures = Vec::new();
        for folder in &folders.all {
            let place = root.join(folder);
            if !folder.is_empty() && folders.missing.contains(folder_of(folder)) {
                folders.missing.insert(folder);
                continue;
            }
            let was_ours = old.is_some_and(|old| old.files.contains(*folder));
            match fs::symlink_metadata(&place) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(metadata) if metadata.is_symlink() => {
                    if !folder.is_empty() && !stays_inside(&place, real_root.as_deref()) {
                        let error = io::Error::other("a symbolic link leads out of the output folder");
                        failures.push(failure("write", &place)(error));
                    }
                }
                Ok(_) if was_ours => {
                    folders.blocking.insert(folder);
                    folders.missing.insert(folder);
                }
                Ok(_) => {
                    let error = io::Error::new(ErrorKind::NotADirectory, "a file stands where a folder is to be made");
                    failures.push(failure("write", &place)(error));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    folders.missing.insert(folder);
                }
                Err(error) => failures.push(failure("read", &place)(error)),
            }
        }
        if failures.is_empty() {
            Ok(folders)
        } else {
            Err(failures)
        }
    }
}

fn stays_inside(place: &Path, real_root: Option<&Path>) -> bool {
    match (fs::canonicalize(place), real_root) {
        (Ok(real), Some(root)) => real.starts_with(root) && real.is_dir(),
        _ => false,
    }
}

/// Whether a path from a manifest is a file that lies in the root itself, not behind a symbolic link.
fn is_reachable_file(root: &Path, path: &str) -> bool {
    let behind_link = path
        .match_indices('/')
        .any(|(at, _)| root.join(&path[..at]).is_symlink());
    !behind_link && fs::symlink_metadata(root.join(path)).is_ok_and(|metadata| !metadata.is_dir())
}

/// What is to be done.
struct Work<'a> {
    tree: &'a FileTree,
    root: &'a Path,
    folders: &'a Folders<'a>,
    states: &'a [(&'a str, State)],
    stale: &'a [&'a str],
}

impl Work<'_> {
    fn run(&self, after_a_broken_run: bool) -> Result<(), Vec<Failure>> {
        if after_a_broken_run {
            self.sweep();
        }
        self.make_folders().map_err(|failure| vec![failure])?;
        let renamed = self.rename_by_case();
        let unwritten: Vec<(&str, Failure)> = self
            .states
            .par_iter()
            .filter(|(_, state)| *state != State::Same)
            .filter_map(|(path, _)| self.write(path).err().map(|failure| (*path, failure)))
            .collect();
        let mut failures = Vec::new();
        for path in self.stale {
            if !renamed.contains(path) && !self.folders.blocking.contains(path) {
                failures.extend(self.remove(path).err());
            }
        }
        failures.extend(self.write_into_freed_room(unwritten));
        if failures.is_empty() { Ok(()) } else { Err(failures) }
    }

    fn write(&self, path: &str) -> Result<(), Failure> {
        let place = self.root.join(path);
        write_file(&place, self.tree.get(path).unwrap_or_default()).map_err(failure("write", &place))
    }

    /// Files that are removed or shrink make room, and side by side each needs room for two states: what found none is
    /// tried again, one file at a time, for as long as that gets anywhere. Returns what could still not be written.
    fn write_into_freed_room(&self, mut unwritten: Vec<(&str, Failure)>) -> Vec<Failure> {
        loop {
            let before = unwritten.len();
            unwritten = unwritten
                .into_iter()
                .filter_map(|(path, failure)| {
                    if !is_want_of_room(&failure.error) {
                        return Some((path, failure));
                    }
                    self.write(path).err().map(|failure| (path, failure))
                })
                .collect();
            if unwritten.len() == before {
                return unwritten.into_iter().map(|(_, failure)| failure).collect();
            }
        }
    }

    /// Removes what a killed run left half-written.
    fn sweep(&self) {
        for folder in &self.folders.all {
            for entry in fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let is_unfinished = name
                    .to_str()
                    .is_some_and(|name| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1));
                if is_unfinished {
                    // Left-overs do no harm; the run itself reports what it cannot write.
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    fn make_folders(&self) -> Result<(), Failure> {
        for path in &self.folders.blocking {
            self.remove(path)?;
        }
        for folder in &self.folders.missing {
            let place = self.root.join(folder);
            fs::create_dir_all(&place).map_err(failure("write", &place))?;
        }
        Ok(())
    }

    /// Renames stale files whose new name differs only by case: where case does not count, removing the old name after
    /// writing the new one would remove the new file.
    fn rename_by_case(&self) -> BTreeSet<&str> {
        let stale: BTreeMap<String, &str> = self.stale.iter().map(|path| (path.to_lowercase(), *path)).collect();
        let mut renamed = BTreeSet::new();
        if stale.is_empty() {
            return renamed;
        }
        for (path, _) in self.states {
            if let Some(old) = stale.get(&path.to_lowercase())
                && fs::rename(self.root.join(old), self.root.join(path)).is_ok()
            {
                renamed.insert(*old);
            }
        }
        renamed
    }

    /// Removes a file, and the folders that become empty by it.
    fn remove(&self, path: &str) -> Result<(), Failure> {
        let place = self.root.join(path);
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failure("remove", &place)(error)),
        }
        let mut folder = folder_of(path);
        while !folder.is_empty() && fs::remove_dir(self.root.join(folder)).is_ok() {
            folder = folder_of(folder);
        }
        Ok(())
    }
}

fn is_want_of_room(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Writes beside the place and renames into it. A file that is replaced keeps its permissions.
pub(super) fn write_file(place: &Path, content: &[u8]) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    if let Ok(metadata) = fs::symlink_metadata(place)
        && metadata.is_file()
    {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(place)?;
    Ok(())
}
