//! Running a job and bringing its results to the disk.

use std::time::Instant;

use super::super::console::{Console, Volume};
use super::super::exit::Exit;
use super::super::job::Job;
use super::super::pages;
use super::super::pipeline::{self, Product};
use super::super::report::{Report, Timing};
use super::{Args, Deny, Format};
use crate::diagnostic::{Diagnostic, locate};
use crate::mapping::{self, SURE};
use crate::output::{self, FileTree, Mode};
use crate::source::Sources;

pub(super) fn deliver(job: &Job, args: &Args, console: &Console, sources: &Sources) -> Exit {
    let mut product = pipeline::run(job);
    let started = Instant::now();
    let tree = match files(job, &mut product, args, sources) {
        Ok(tree) => tree,
        Err(finding) => {
            console.findings(&[finding], sources);
            return Exit::Unreadable;
        }
    };
    product.timings.push(Timing::new("render", started.elapsed()));
    console.findings(&product.findings, sources);
    let started = Instant::now();
    let mode = if args.check { Mode::Check } else { Mode::Write };
    let applied = match output::apply(&tree, &job.places.root, &job.settings.name, mode) {
        Ok(applied) => applied,
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    product.timings.push(Timing::new("write", started.elapsed()));
    summarize(job, &product, &applied, args, console);
    let mut exit = Exit::Clean;
    if args.check && !applied.is_clean() {
        for (path, difference) in applied.differences() {
            console.error(&format!("{difference}: {}", job.places.root.join(path).display()));
        }
        console.say("run `spgen build` to bring the files up to date");
        exit = Exit::Findings;
    }
    if super::is_denied(&product.findings, &args.deny) {
        exit = Exit::Findings;
    }
    let doubts = mapping::summary(&product.table, SURE);
    if args.deny.contains(&Deny::Unreviewed) && !doubts.doubts.is_empty() {
        console.error(&format!(
            "{} rows of `{}` are doubtful and not reviewed",
            doubts.doubts.len(),
            job.places.root.join(&job.places.mapping).display()
        ));
        exit = Exit::Findings;
    }
    exit
}

/// All files of a job, relative to its root.
fn files(job: &Job, product: &mut Product, args: &Args, sources: &Sources) -> Result<FileTree, Diagnostic> {
    let templates = super::templates(job.templates.as_deref())?;
    let (pages, found) = pages::files(&product.site, &templates, &job.site.texts, job.project.as_ref())?;
    product.findings.extend(found);
    product.counts.findings = product.findings.len();
    let mut tree = FileTree::new();
    let version = format!("{}/{}/{}", job.places.provider, job.settings.name, job.settings.version);
    tree.graft(&version, product.provider_tree.clone());
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

fn summarize(job: &Job, product: &Product, applied: &output::Report, args: &Args, console: &Console) {
    let counts = &product.counts;
    if args.format == Format::Json {
        let summary = serde_json::json!({
            "provider": job.settings.name.as_str(),
            "root": job.places.root.display().to_string(),
            "counts": counts,
            "files": applied,
            "timings": product.timings,
            "peak_memory": peak_memory(),
        });
        console.data(&format!("{summary:#}\n"));
        return;
    }
    let doubts = mapping::summary(&product.table, SURE).doubts.len();
    console.say(&format!(
        "{}: {} operations ({} mapped, {} skipped, {} unsupported), {} services, {} resources, {} methods, {} pages",
        job.settings.name,
        counts.operations,
        counts.mapped,
        counts.skipped,
        counts.unsupported,
        counts.services,
        counts.resources,
        counts.methods,
        counts.pages,
    ));
    let written = applied.created.len() + applied.changed.len() + applied.replaced.len();
    console.say(&format!(
        "  {written} files {}, {} removed, {} unchanged, in {}",
        if args.check { "differ" } else { "written" },
        applied.removed.len(),
        applied.unchanged,
        job.places.root.display(),
    ));
    if doubts > 0 {
        console.say(&format!(
            "  {doubts} rows to look at in {} (`spgen map` lists them)",
            job.places.root.join(&job.places.mapping).display()
        ));
    }
    if console.volume() == Volume::Verbose {
        for timing in &product.timings {
            console.detail(&format!("  {:>10}  {:8.1} ms", timing.stage, timing.milliseconds));
        }
    }
}
