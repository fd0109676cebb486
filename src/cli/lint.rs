//! `spgen lint`: rules over specifications, mappings, provider trees, pages and configurations.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::config;
use super::console::Console;
use super::exit::Exit;
use crate::diagnostic::{Diagnostic, Severity, counted, render, to_json};
use crate::lint::{self, Report, Settings, UnknownRule, explain};

/// Find what goes wrong in OpenAPI files, mappings, provider trees, pages and spgen.yaml.
///
/// Exceptions stand in `.spgen-lint-ignore.yaml`: a list of `rule`, `place` (a pattern for `FILE` or `FILE#POINTER`) and
/// `reason`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen lint provider/src/acme/v00.00.00000
  spgen lint openapi.yaml --deny missing-operation-id
  spgen lint . --format sarif > spgen.sarif
  spgen lint --explain shadowed-method")]
pub struct Args {
    /// Files and folders.
    #[arg(value_name = "PATH", required_unless_present_any = ["explain", "rules"])]
    paths: Vec<PathBuf>,
    /// Form of the findings on stdout.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Make the findings of a rule errors.
    #[arg(long, value_name = "RULE")]
    deny: Vec<String>,
    /// Do not run a rule.
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Show findings from this severity on.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    severity: Level,
    /// A further file with exceptions.
    #[arg(long, value_name = "FILE")]
    ignore_file: Vec<PathBuf>,
    /// Print the page of a rule.
    #[arg(long, value_name = "RULE", conflicts_with = "paths")]
    explain: Option<String>,
    /// List all rules.
    #[arg(long, conflicts_with = "paths")]
    rules: bool,
}

/// Form of the findings.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people, with excerpts.
    #[default]
    Text,
    /// A JSON array.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations for GitHub's workflows.
    Github,
}

/// A severity, as typed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Level {
    #[default]
    Note,
    Warning,
    Error,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    if let Some(name) = &args.explain {
        return explain_rule(name, console);
    }
    if args.rules {
        console.data(&list());
        return Exit::Clean;
    }
    let settings = Settings {
        allow: args.allow.iter().cloned().collect(),
        deny: args.deny.iter().cloned().collect(),
        ignore_files: args.ignore_file.clone(),
    };
    if let Err(error) = settings.check() {
        console.error(&error.to_string());
        return Exit::Usage;
    }
    let mut report = match lint::lint(&args.paths, &settings) {
        Ok(report) => report,
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    for document in &report.configs {
        report
            .findings
            .extend(config::parse(document).err().into_iter().flatten());
    }
    let least = match args.severity {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    report.findings.retain(|finding| finding.severity >= least);
    show(&report, args.format, console);
    // Notes never change the exit code.
    let counts = |finding: &Diagnostic| finding.severity > Severity::Note;
    if report.findings.iter().any(counts) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn show(report: &Report, format: Format, console: &Console) {
    let (findings, sources) = (&report.findings, &report.sources);
    console.data(&match format {
        Format::Text => render(findings, sources, console.data_style()),
        Format::Json => to_json(findings, sources) + "\n",
        Format::Sarif => lint::to_sarif(findings, sources) + "\n",
        Format::Github => lint::to_annotations(findings, sources),
    });
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.severity, &finding.id)).or_default() += 1;
    }
    for ((severity, id), count) in counts.iter().rev() {
        console.detail(&format!("{count:6} {} {id}", word(*severity)));
    }
    let of = |wanted: Severity| findings.iter().filter(|finding| finding.severity == wanted).count();
    console.say(&format!(
        "{}, {}, {} in {}",
        counted(of(Severity::Error), "error"),
        counted(of(Severity::Warning), "warning"),
        counted(of(Severity::Note), "note"),
        counted(sources.iter().count(), "file")
    ));
}

fn explain_rule(name: &str, console: &Console) -> Exit {
    match lint::rules().find(|registered| registered.rule.id == name) {
        Some(registered) => {
            console.data(&explain::text(registered));
            Exit::Clean
        }
        None => {
            console.error(&UnknownRule::of(name).to_string());
            Exit::Usage
        }
    }
}

/// One line a rule: kind, severity, id, what it finds.
#[expect(clippy::format_collect, reason = "a hundred short lines")]
fn list() -> String {
    lint::rules()
        .map(|registered| {
            format!(
                "{:10} {:7} {:32} {}\n",
                registered.kind,
                word(registered.rule.severity),
                registered.rule.id,
                explain::page(registered).summary
            )
        })
        .collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
