//! Running a job and bringing its results to the disk.

use std::time::Instant;

use super::super::console::Console;
use super::super::exit::Exit;
use super::super::job::{Job, Places};
use super::super::pages;
use super::super::pipeline::{self, Product};
use super::super::report::{Report, Timing};
use super::unchanged::{self, Question, Told, Unchanged};
use super::{Args, Deny, Format};
use crate::diagnostic::{Diagnostic, counted, locate};
use crate::output::{self, FileTree, Mode};
use crate::source::Sources;

/// Runs a job and writes its files.
pub(super) fn deliver(mut job: Job, question: &Question, args: &Args, console: &Console, sources: &Sources) -> Exit {
    // They may go before the pages are made: the two need most of the memory.
    let documents = std::mem::take(&mut job.documents);
    let mut product = pipeline::run(documents, &job);
    let started = Instant::now();
    let tree = match files(&job, &mut product, args, sources) {
        Ok(tree) => tree,
        Err(finding) => {
            console.findings(&[finding], sources);
            return Exit::Unreadable;
        }
    };
    product.timings.push(Timing::new("render", started.elapsed()));
    let told = Told::of(&product, console.findings_text(&product.findings, sources));
    console.shown(&told.findings);
    let started = Instant::now();
    let mode = if args.check { Mode::Check } else { Mode::Write };
    let applied = match output::apply(&tree, &job.places.root, &job.settings.name, mode) {
        Ok(applied) => applied,
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    if mode == Mode::Write {
        unchanged::remember(&job, question, &product, &tree, &told, args);
    }
    product.timings.push(Timing::new("write", started.elapsed()));
    let conclusion = Conclusion {
        name: &job.settings.name,
        places: &job.places,
        told: &told,
        applied: &applied,
        timings: &product.timings,
    };
    conclusion.tell(args, console)
}

/// Tells again what the last run told.
pub(super) fn repeat(unchanged: &Unchanged, args: &Args, console: &Console) -> Exit {
    console.shown(&unchanged.told.findings);
    console.detail("nothing changed since the last run");
    let applied = output::Report {
        unchanged: unchanged.files,
        ..output::Report::default()
    };
    let conclusion = Conclusion {
        name: &unchanged.name,
        places: &unchanged.places,
        told: &unchanged.told,
        applied: &applied,
        timings: &[],
    };
    conclusion.tell(args, console)
}

/// How a job ended.
struct Conclusion<'a> {
    name: &'a str,
    places: &'a Places,
    told: &'a Told,
    applied: &'a output::Report,
    timings: &'a [Timing],
}

impl Conclusion<'_> {
    /// The summary, and the exit that follows from it.
    fn tell(&self, args: &Args, console: &Console) -> Exit {
        self.summarize(args, console);
        let root = &self.places.root;
        let mut exit = Exit::Clean;
        if args.check && !self.applied.is_clean() {
            for (path, difference) in self.applied.differences() {
                console.error(&format!("{difference}: {}", root.join(path).display()));
            }
            console.say("run `spgen build` to bring the files up to date");
            exit = Exit::Findings;
        }
        if self.told.worst.is_some_and(|worst| worst >= super::denied(&args.deny)) {
            exit = Exit::Findings;
        }
        if args.deny.contains(&Deny::Unreviewed) && self.told.doubts > 0 {
            console.error(&format!(
                "doubtful and not reviewed: {} of `{}`",
                counted(self.told.doubts, "row"),
                root.join(&self.places.mapping).display()
            ));
            exit = Exit::Findings;
        }
        exit
    }

    fn summarize(&self, args: &Args, console: &Console) {
        let counts = &self.told.counts;
        let root = &self.places.root;
        if args.format == Format::Json {
            let summary = serde_json::json!({
                "provider": self.name,
                "root": root.display().to_string(),
                "counts": counts,
                "files": self.applied,
                "timings": self.timings,
                "peak_memory": peak_memory(),
            });
            console.data(&format!("{summary:#}\n"));
            return;
        }
        console.say(&format!(
            "{}: {} ({} mapped, {} skipped, {} unsupported), {}, {}, {}, {}",
            self.name,
            counted(counts.operations, "operation"),
            counts.mapped,
            counts.skipped,
            counts.unsupported,
            counted(counts.services, "service"),
            counted(counts.resources, "resource"),
            counted(counts.methods, "method"),
            counted(counts.pages, "page"),
        ));
        let applied = self.applied;
        let written = applied.created.len() + applied.changed.len() + applied.replaced.len();
        console.say(&format!(
            "  {} {}, {} removed, {} unchanged, in {}",
            counted(written, "file"),
            match (args.check, written) {
                (true, 1) => "differs",
                (true, _) => "differ",
                (false, _) => "written",
            },
            applied.removed.len(),
            applied.unchanged,
            root.display(),
        ));
        if self.told.doubts > 0 {
            console.say(&format!(
                "  {} to look at in {} (`spgen map` lists {})",
                counted(self.told.doubts, "row"),
                root.join(&self.places.mapping).display(),
                if self.told.doubts == 1 { "it" } else { "them" },
            ));
        }
        for timing in self.timings {
            console.detail(&format!("  {:>10}  {:8.1} ms", timing.stage, timing.milliseconds));
        }
    }
}

/// All files of a job, relative to its root.
fn files(job: &Job, product: &mut Product, args: &Args, sources: &Sources) -> Result<FileTree, Diagnostic> {
    let templates = super::templates(job.templates.as_deref())?;
    let (pages, found) = pages::files(&product.site, &templates, &job.site, job.project.as_ref())?;
    product.findings.extend(found);
    product.counts.findings = product.findings.len();
    let mut tree = FileTree::new();
    let version = format!("{}/{}/{}", job.places.provider, job.settings.name, job.settings.version);
    tree.graft(&version, std::mem::take(&mut product.provider_tree));
    tree.graft(&job.places.docs, pages);
    tree.insert_shared(job.places.mapping.as_str(), product.table.to_csv());
    let report = Report {
        provider: &job.settings.name,
        version: &job.settings.version,
        ledger: &product.ledger,
        changes: &product.changes,
        findings: locate(&product.findings, sources),
        counts: product.counts.clone(),
        timings: if args.timings {
            product.timings.clone()
        } else {
            Vec::new()
        },
    };
    tree.insert(job.places.report.as_str(), report.to_json());
    Ok(tree)
}

/// The most memory that this process held at once, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}
