//! A job through all stages. Pure but for the clock: documents and settings in, files and report out.

use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::job::{Job, SourceDocument, SplitChoice};
use super::report::{Counts, Timing};
use crate::diagnostic::Diagnostic;
use crate::docs::{self, Site};
use crate::mapping::{self, Entry, State, Table};
use crate::openapi::{self, Change, NormalizeOptions, Service, Spec, SplitRules};
use crate::output::FileTree;
use crate::provider::{self, Fate, Provider, Settings};
use crate::source::{Span, Text};

/// Everything that a job makes, but for the pages as text.
#[derive(Debug)]
pub struct Product {
    /// `provider.yaml` and the service documents, relative to the version directory.
    pub provider_tree: FileTree,
    /// The pages as decisions.
    pub site: Site,
    /// The mapping: people's rows with new ones behind them.
    pub table: Table,
    /// Each operation of the sources exactly once.
    pub ledger: Vec<Entry>,
    /// What conversions and passes changed.
    pub changes: Vec<Change>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// How much there is.
    pub counts: Counts,
    /// How long each stage took.
    pub timings: Vec<Timing>,
}

/// The services of a job with what happened to them on the way: the part that `spgen map` needs as well.
#[derive(Debug)]
pub struct Prepared {
    /// The services.
    pub services: Vec<Service>,
    /// What conversions and passes changed.
    pub changes: Vec<Change>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// How long each stage took.
    pub timings: Vec<Timing>,
}

/// Measures stages.
#[derive(Debug)]
pub struct Clock {
    started: Instant,
    timings: Vec<Timing>,
}

impl Clock {
    /// A clock that starts now.
    #[must_use]
    pub fn start() -> Self {
        Clock {
            started: Instant::now(),
            timings: Vec::new(),
        }
    }

    /// Notes the time since the last lap under a stage's name.
    pub fn lap(&mut self, stage: &'static str) {
        self.timings.push(Timing::new(stage, self.started.elapsed()));
        self.started = Instant::now();
    }

    /// The laps.
    #[must_use]
    pub fn finish(self) -> Vec<Timing> {
        self.timings
    }
}

/// Understands, normalises and splits the documents of a job.
#[must_use]
pub fn prepare(
    documents: Vec<SourceDocument>,
    normalize: &NormalizeOptions,
    split: &SplitChoice,
    settings: &Settings,
) -> Prepared {
    let mut clock = Clock::start();
    let understood = understand(documents, normalize);
    clock.lap("normalise");
    let mut rules = split_rules(split, &understood.specs, &settings.name);
    rules.keep = settings.schemas_in_use();
    let services = openapi::split(understood.specs, &rules);
    clock.lap("split");
    Prepared {
        services,
        changes: understood.changes,
        findings: understood.findings,
        timings: clock.finish(),
    }
}

/// The documents of a job, normalised.
#[derive(Debug, Default)]
pub struct Understood {
    /// Each with its file name.
    pub specs: Vec<(String, Spec)>,
    /// What conversions and passes changed.
    pub changes: Vec<Change>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// Understands and normalises the documents of a job. What nobody else holds of them is changed in place.
#[must_use]
pub fn understand(documents: Vec<SourceDocument>, normalize: &NormalizeOptions) -> Understood {
    let parts: Vec<(String, Spec, Vec<Change>, Vec<Diagnostic>)> = documents
        .into_par_iter()
        .map(|document| understand_one(document, normalize))
        .collect();
    let mut understood = Understood::default();
    for (name, spec, changes, findings) in parts {
        understood.specs.push((name, spec));
        understood.changes.extend(changes);
        understood.findings.extend(findings);
    }
    understood
}

/// The rules that a choice comes to.
#[must_use]
pub fn split_rules(choice: &SplitChoice, specs: &[(String, Spec)], provider: &str) -> SplitRules {
    match choice {
        SplitChoice::Rules(rules) => rules.clone(),
        SplitChoice::Proposed(rules) => SplitRules {
            by: openapi::split::propose_split(specs, Some(provider)).rules.by,
            fallback_name: Some(provider.to_owned()),
            ..rules.clone()
        },
        SplitChoice::ByPath(rules) => SplitRules {
            by: openapi::split::telling_segment(specs),
            ..rules.clone()
        },
    }
}

fn understand_one(
    document: SourceDocument,
    options: &NormalizeOptions,
) -> (String, Spec, Vec<Change>, Vec<Diagnostic>) {
    let mut findings = openapi::check(&document.root);
    let (root, mut changes, unsupported) = openapi::upgrade_without(document.root, &options.disabled);
    findings.extend(unsupported);
    let (spec, found) = openapi::read(root);
    findings.extend(found);
    let (spec, changed, found) = openapi::normalize(spec, options);
    changes.extend(changed);
    // What the check has said already is not said again by the pass that mends it.
    let is_said = |new: &Diagnostic| {
        findings
            .iter()
            .any(|old| old.span == new.span && old.message == new.message)
    };
    let news: Vec<Diagnostic> = found.into_iter().filter(|new| !is_said(new)).collect();
    findings.extend(news);
    (document.name, spec, changes, findings)
}

/// Runs a job up to the pages as decisions.
#[must_use]
pub fn run(documents: Vec<SourceDocument>, job: &Job) -> Product {
    let prepared = prepare(documents, &job.normalize, &job.split, &job.settings);
    let mut findings = job.findings.clone();
    findings.extend(unsaid(prepared.findings, &job.findings));
    let mut clock = Clock {
        started: Instant::now(),
        timings: prepared.timings,
    };
    let outcome = mapping::infer(&prepared.services, &job.reviewed, &job.conventions);
    findings.extend(outcome.findings);
    let table = job.reviewed.merge(&outcome.table);
    clock.lap("map");
    let built = provider::build(&prepared.services, &outcome.table, &job.settings);
    findings.extend(built.findings);
    findings.extend(super::build::views::check(&built.provider));
    let ledger = settle(outcome.ledger, &built.fates);
    findings.extend(mapping::drops(&job.earlier_ledger, &ledger));
    clock.lap("build");
    let provider_tree = provider::build::to_tree(&built.provider);
    clock.lap("emit");
    let site = docs::build(&built.provider, &job.site);
    clock.lap("pages");
    let mut changes = job.changes.clone();
    changes.extend(prepared.changes);
    let counts = count(&built.provider, &ledger, &site, &changes, &findings);
    Product {
        provider_tree,
        site,
        table,
        ledger,
        changes,
        findings,
        counts,
        timings: clock.finish(),
    }
}

/// The findings without those about a reference of which reading has said why it leads nowhere.
fn unsaid(findings: Vec<Diagnostic>, said: &[Diagnostic]) -> Vec<Diagnostic> {
    let places: FxHashSet<Span> = said.iter().map(|old| old.span).collect();
    let is_said =
        |new: &Diagnostic| new.id == "mend-references" && new.span != Span::NONE && places.contains(&new.span);
    findings.into_iter().filter(|new| !is_said(new)).collect()
}

/// The ledger after building: what the mapping took in and the runtime cannot call is unsupported.
fn settle(mut ledger: Vec<Entry>, fates: &indexmap::IndexMap<(Text, Text), Fate>) -> Vec<Entry> {
    let by_operation: FxHashMap<(&str, &str), &Fate> = fates
        .iter()
        .map(|((file, id), fate)| ((file.as_str(), id.as_str()), fate))
        .collect();
    for entry in &mut ledger {
        if let Some(Fate::Unsupported(reason)) = by_operation.get(&(entry.file.as_str(), entry.operation_id.as_str()))
            && entry.state == State::Mapped
        {
            entry.state = State::Unsupported;
            entry.reason = reason.as_str().into();
        }
    }
    ledger
}

fn count(provider: &Provider, ledger: &[Entry], site: &Site, changes: &[Change], findings: &[Diagnostic]) -> Counts {
    let resources = || provider.services.iter().flat_map(|service| &service.resources);
    let mut counts = Counts {
        services: provider.services.len(),
        resources: resources().count(),
        methods: resources().map(|resource| resource.methods.len()).sum(),
        pages: site.page_count(),
        changes: changes.len(),
        findings: findings.len(),
        ..Counts::default()
    };
    counts.count_ledger(ledger);
    counts
}
