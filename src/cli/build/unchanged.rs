//! Builds with nothing to do: what a run depends on, what it told, and telling it again.

use std::path::PathBuf;
use std::time::SystemTime;

use super::super::console::Console;
use super::super::job::{Job, Places};
use super::super::pipeline::Product;
use super::super::report::Counts;
use super::{Args, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::mapping::{self, SURE};
use crate::output::{FileTree, Inputs, Stamp};
use crate::source::Sources;

/// What a build told people, apart from what it wrote.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Told {
    /// The findings as they were shown.
    pub(super) findings: String,
    /// The worst of them.
    pub(super) worst: Option<Severity>,
    /// Rows of the mapping to look at.
    pub(super) doubts: usize,
    /// How much there is.
    pub(super) counts: Counts,
}

impl Told {
    pub(super) fn of(product: &Product, findings: String) -> Self {
        Told {
            findings,
            worst: product.findings.iter().map(|finding| finding.severity).max(),
            doubts: mapping::summary(&product.table, SURE).doubts.len(),
            counts: product.counts.clone(),
        }
    }
}

/// A provider that is as the last run left it.
#[derive(Debug)]
pub(super) struct Unchanged {
    /// Its name.
    pub(super) name: String,
    /// Where its files are.
    pub(super) places: Places,
    /// What the last run told.
    pub(super) told: Told,
    /// Number of its files.
    pub(super) files: usize,
}

/// The question whether a job has to be done at all. Asked before the sources are read.
#[derive(Debug)]
pub(super) struct Question {
    key: String,
    since: SystemTime,
    /// Files that were read before, for other jobs of the same run.
    read_before: usize,
    paths: Vec<PathBuf>,
}

impl Question {
    /// For what is named `subject` on the command line.
    pub(super) fn new(subject: &str, args: &Args, console: &Console, sources: &Sources) -> Self {
        let arguments = Args {
            // These do not change what is made or found.
            check: false,
            update_pin: false,
            deny: Vec::new(),
            explain_passes: false,
            fresh: false,
            timings: false,
            format: Format::default(),
            ..args.clone()
        };
        Question {
            key: format!("{} {subject:?} {arguments:?} {:?}", program(), console.dress()),
            since: SystemTime::now(),
            read_before: sources.iter().count(),
            paths: Vec::new(),
        }
    }

    /// Adds files or folders that the job reads or looks for, besides those that end up among the [`Sources`] and those
    /// that it writes itself.
    pub(super) fn depends_on(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        self.paths.extend(paths);
    }

    /// The answer of the last run, if nothing changed since.
    pub(super) fn ask(&self, name: &str, places: &Places, args: &Args) -> Option<Unchanged> {
        if args.fresh || args.timings || args.update_pin {
            return None;
        }
        let (told, files) = Stamp::recall(&places.root, name, &self.key)?;
        Some(Unchanged {
            name: name.to_owned(),
            places: places.clone(),
            told,
            files,
        })
    }

    /// Adds the files that were read by now.
    pub(super) fn has_read(mut self, sources: &Sources) -> Self {
        let read = sources.iter().skip(self.read_before);
        self.paths.extend(read.map(|file| PathBuf::from(&file.name)));
        self
    }
}

/// Keeps what the next run needs to see that nothing changed. Without it the next run does everything again, so that
/// it cannot be written is not worth a word.
pub(super) fn remember(job: &Job, question: &Question, product: &Product, tree: &FileTree, told: &Told, args: &Args) {
    let says_so_once = |finding: &Diagnostic| finding.id == mapping::DROPPED_OPERATION;
    // What is unreadable today may be readable tomorrow without any file of ours changing.
    let is_incomplete = super::has_errors(&job.findings);
    if args.timings || is_incomplete || product.findings.iter().any(says_so_once) {
        return;
    }
    let inputs = Inputs {
        paths: question.paths.clone(),
        since: question.since,
    };
    let root = &job.places.root;
    let name = &job.settings.name;
    if let Some(stamp) = Stamp::of(&question.key, &inputs, tree, root, name, told.clone()) {
        let _ = stamp.save(root, name);
    }
}

/// The program: its version, and the file that runs, for those who build it themselves.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let made = file.and_then(|metadata| Ok((metadata.len(), metadata.modified()?)));
    format!("{} {made:?}", env!("CARGO_PKG_VERSION"))
}
