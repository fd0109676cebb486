//! `spgen build`: the main job.

mod configured;
mod deliver;
mod imported;
mod levels;
mod unchanged;
pub(super) mod views;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::console::Console;
use super::exit::Exit;
use super::job::{self, Job, Places, SplitChoice};
use super::overlay;
use crate::diagnostic::{Diagnostic, Severity};
use crate::docs::{SiteSettings, Style};
use crate::mapping::{Conventions, Row, Table};
use crate::openapi::normalize::PASSES;
use crate::openapi::split::SplitBy;
use crate::openapi::{CONVERSIONS, NormalizeOptions, SplitRules};
use crate::provider::Settings;
use crate::render::Templates;
use crate::source::Sources;
use unchanged::{Question, Unchanged};

pub(in crate::cli) use configured::CONFIG_FILE;
pub(in crate::cli) use imported::chain;

/// Build providers and their documentation.
///
/// Without arguments every `spgen.yaml` below the current directory is built, but not in folders that hold a file
/// `.spgenignore`. With `--provider NAME` the arguments are
/// bare OpenAPI files and everything else is inferred.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Examples:
  spgen build                                          every spgen.yaml below this folder
  spgen build provider/spec/acme --check               say what would change, write nothing
  spgen build openapi.yaml --provider acme --out out   no configuration: everything inferred")]
pub struct Args {
    /// Configurations (files or folders), or OpenAPI files with `--provider`.
    #[arg(value_name = "CONFIG|SPEC")]
    inputs: Vec<PathBuf>,
    /// Name of the provider: the inputs are bare OpenAPI files.
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Folder for the results.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; exit with 1 and name what differs if anything on disk would change.
    #[arg(long)]
    check: bool,
    /// A file for a source that is not kept beside its configuration.
    #[arg(long, value_name = "FILE", conflicts_with = "provider")]
    source: Vec<PathBuf>,
    /// How to divide bare OpenAPI files into services.
    #[arg(long, value_name = "BY", value_enum, requires = "provider")]
    split: Option<SplitArg>,
    /// A file that stands for a remote document: nothing is fetched from the network.
    #[arg(long, value_name = "URL=FILE", value_parser = job::parse_reference)]
    reference: Vec<(String, PathBuf)>,
    /// Patches of bare OpenAPI files, as OpenAPI Overlay 1.0.
    #[arg(long, value_name = "FILE", requires = "provider")]
    overlay: Option<PathBuf>,
    /// Accept the sources as they are now: renew `sha256` in the configuration and `pin.csv` beside it.
    #[arg(long, conflicts_with_all = ["provider", "check"])]
    update_pin: bool,
    /// How field tables are written, for bare OpenAPI files.
    #[arg(long, value_name = "STYLE", requires = "provider")]
    style: Option<Style>,
    /// Exit with 1 for these as well.
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Vec<Deny>,
    /// Normalisation passes to leave out, by id.
    #[arg(long, value_name = "PASS", value_delimiter = ',')]
    disable_pass: Vec<String>,
    /// Print the normalisation passes and what each does.
    #[arg(long)]
    explain_passes: bool,
    /// Do everything, even if nothing changed since the last run.
    #[arg(long)]
    fresh: bool,
    /// Put the time of each stage into the report.
    #[arg(long)]
    timings: bool,
    /// Form of the summary on stdout.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How to divide operations into services.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(in crate::cli) enum SplitArg {
    Tag,
    Path,
    File,
}

impl SplitArg {
    /// The rules for a provider.
    pub(in crate::cli) fn choice(self, provider: &str) -> SplitChoice {
        let rules = |by| SplitRules {
            by,
            fallback_name: Some(provider.to_owned()),
            ..SplitRules::default()
        };
        match self {
            SplitArg::Tag => SplitChoice::Rules(rules(SplitBy::Tag)),
            SplitArg::Path => SplitChoice::ByPath(rules(SplitBy::File)),
            SplitArg::File => SplitChoice::Rules(rules(SplitBy::File)),
        }
    }
}

/// What counts as a reason to exit with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Doubtful rows of the mapping that nobody reviewed.
    Unreviewed,
    /// Warnings.
    Warning,
}

/// Form of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For tools.
    Json,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    if args.explain_passes {
        console.data(&explain_passes());
        return Exit::Clean;
    }
    if let Some(unknown) = args
        .disable_pass
        .iter()
        .find(|id| pass_pages().all(|(known, _)| known != *id))
    {
        console.error(&format!(
            "there is no pass `{unknown}`; `spgen build --explain-passes` lists them"
        ));
        return Exit::Usage;
    }
    let mut sources = Sources::default();
    let tasks = match &args.provider {
        Some(name) => bare(args, name, console, &mut sources).map(|task| vec![task]),
        None => configured::tasks(args, console, &mut sources),
    };
    let tasks = match tasks {
        Ok(tasks) => tasks,
        Err(Failure::Usage(message)) => {
            console.error(&message);
            return Exit::Usage;
        }
        Err(Failure::Unreadable(findings)) => {
            console.findings(&findings, &sources);
            return Exit::Unreadable;
        }
    };
    let outcomes = tasks.into_iter().map(|task| match task {
        Task::Unchanged(unchanged) => deliver::repeat(&unchanged, args, console),
        Task::Job(job, question) => deliver::deliver(*job, &question, args, console, &sources),
    });
    outcomes.max().unwrap_or(Exit::Clean)
}

/// A provider to bring up to date.
enum Task {
    /// It is.
    Unchanged(Box<Unchanged>),
    /// It has to be built.
    Job(Box<Job>, Question),
}

/// Why there are no jobs.
enum Failure {
    Usage(String),
    Unreadable(Vec<Diagnostic>),
}

/// The job for bare OpenAPI files.
fn bare(args: &Args, name: &str, console: &Console, sources: &mut Sources) -> Result<Task, Failure> {
    if args.inputs.is_empty() {
        return Err(Failure::Usage("name the OpenAPI files of the provider".to_owned()));
    }
    check_name(name).map_err(Failure::Usage)?;
    let Some(out) = &args.out else {
        return Err(Failure::Usage(
            "`--provider` needs `--out DIR`, the folder for the results".to_owned(),
        ));
    };
    let places = Places::below(out.clone());
    let mut question = Question::new(name, args, console, sources);
    if let Some(unchanged) = question.ask(name, &places, args) {
        return Ok(Task::Unchanged(Box::new(unchanged)));
    }
    question.depends_on(args.inputs.iter().chain(&args.overlay).cloned());
    let references = args.reference.iter().cloned().collect();
    let (mut documents, mut findings) =
        job::read_sources(&args.inputs, &references, sources).map_err(Failure::Unreadable)?;
    let mut changes = Vec::new();
    if let Some(file) = &args.overlay {
        let (changed, found) = overlay::apply(file, &mut documents, sources).map_err(Failure::Unreadable)?;
        changes = changed;
        findings.extend(found);
    }
    // Several descriptions have a title each, and none for all.
    let title = match documents.as_slice() {
        [only] => only.root.get("info").and_then(|info| info.get_str("title")),
        _ => None,
    };
    let mut settings = Settings::inferred(name);
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        settings.title = title.trim().into();
    }
    let reviewed = job::read_table(&out.join(&places.mapping)).map_err(|finding| Failure::Unreadable(vec![finding]))?;
    let job = Job {
        documents,
        findings,
        changes,
        reviewed: Table {
            rows: reviewed.rows.into_iter().filter(Row::is_reviewed).collect(),
            ..Table::default()
        },
        earlier_ledger: job::read_ledger(&out.join(&places.report)),
        conventions: Conventions::default(),
        normalize: NormalizeOptions {
            disabled: args.disable_pass.iter().cloned().collect(),
            ..NormalizeOptions::default()
        },
        split: match args.split {
            None => SplitChoice::Proposed(SplitRules::default()),
            Some(by) => by.choice(name),
        },
        settings,
        site: SiteSettings {
            style: args.style.unwrap_or_default(),
            ..SiteSettings::default()
        },
        project: None,
        templates: None,
        places,
    };
    Ok(Task::Job(Box::new(job), question.has_read(sources)))
}

/// A provider name must do as the first part of a table name and as a directory.
pub(in crate::cli) fn check_name(name: &str) -> Result<(), String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    let consists_well = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if starts_well && consists_well {
        return Ok(());
    }
    Err(format!(
        "`{name}` cannot be a provider name: write lower-case letters, digits and `_`, a letter first"
    ))
}

/// Everything that can be switched off, in order: id and explanation.
pub(in crate::cli) fn pass_pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let conversions = CONVERSIONS.iter().map(|conversion| (conversion.id, conversion.page));
    conversions.chain(PASSES.iter().map(|pass| (pass.id, pass.page)))
}

fn explain_passes() -> String {
    let mut text = String::new();
    for (id, page) in pass_pages() {
        text.push_str(id);
        text.push('\n');
        for line in page.lines() {
            text.push_str("    ");
            text.push_str(line.trim());
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// The mildest severity that makes the exit code 1.
fn denied(deny: &[Deny]) -> Severity {
    if deny.contains(&Deny::Warning) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

/// Whether any finding is an error.
pub(in crate::cli) fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// The built-in templates, with those of a folder in the place of built-in ones of the same name.
///
/// # Errors
/// The finding about a folder or template that cannot be used.
pub(in crate::cli) fn templates(folder: Option<&Path>) -> Result<Templates, Diagnostic> {
    let mut own = BTreeMap::new();
    if let Some(folder) = folder {
        let entries = std::fs::read_dir(folder).map_err(|error| job::cannot_read(folder, &error))?;
        for path in entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
        {
            let text = std::fs::read_to_string(&path).map_err(|error| job::cannot_read(&path, &error))?;
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            own.insert(name, text);
        }
    }
    Templates::with(&own).map_err(|error| Diagnostic::error("template", chain(&error)))
}
