//! `spgen map`: the mapping only, with what to look at.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::build::Format;
use super::console::Console;
use super::exit::Exit;
use super::job::{self, SplitChoice};
use super::pipeline;
use crate::diagnostic::Diagnostic;
use crate::mapping::{self, Conventions, SURE};
use crate::openapi::{NormalizeOptions, SplitRules};
use crate::output::{self, FileTree, Mode};
use crate::provider::Settings;
use crate::source::Sources;

/// Doubtful rows that the text form lists.
const LISTED_DOUBTS: usize = 40;

/// Infer the mapping of OpenAPI files and list the rows to look at.
///
/// Rows of `--reviewed` stand as they are, and the conventions that they show are applied to the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen map openapi.yaml --provider acme --csv mapping.csv
  spgen map openapi.yaml --provider acme --reviewed mapping.csv --format json")]
pub struct Args {
    /// The OpenAPI files.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Name of the provider.
    #[arg(long, value_name = "NAME")]
    provider: String,
    /// A mapping whose reviewed rows stand.
    #[arg(long, value_name = "CSV")]
    reviewed: Option<PathBuf>,
    /// A file that stands for a remote document: nothing is fetched from the network.
    #[arg(long, value_name = "URL=FILE", value_parser = job::parse_reference)]
    reference: Vec<(String, PathBuf)>,
    /// Where to write the mapping.
    #[arg(long, value_name = "CSV")]
    csv: Option<PathBuf>,
    /// Form of the summary on stdout.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let mut sources = Sources::default();
    let unreadable = |findings: &[Diagnostic], sources: &Sources| {
        console.findings(findings, sources);
        Exit::Unreadable
    };
    let references: BTreeMap<String, PathBuf> = args.reference.iter().cloned().collect();
    let (documents, mut findings) = match job::read_sources(&args.specs, &references, &mut sources) {
        Ok(read) => read,
        Err(failures) => return unreadable(&failures, &sources),
    };
    let reviewed = match &args.reviewed {
        None => mapping::Table::default(),
        Some(path) if !path.exists() => {
            let message = format!("`{}` does not exist", path.display());
            return unreadable(&[Diagnostic::error("unreadable", message)], &sources);
        }
        Some(path) => match job::read_table(path) {
            Ok(table) => table,
            Err(finding) => return unreadable(&[finding], &sources),
        },
    };
    // Several files are one service each and keep their names; one file is split as `spgen build` would.
    let prepared = pipeline::prepare(
        documents,
        &NormalizeOptions::default(),
        &SplitChoice::Proposed(SplitRules::default()),
        &Settings::inferred(args.provider.as_str()),
    );
    findings.extend(prepared.findings);
    let outcome = mapping::infer(&prepared.services, &reviewed, &Conventions::default());
    findings.extend(outcome.findings);
    let table = reviewed.merge(&outcome.table);
    console.findings(&findings, &sources);
    if let Some(path) = &args.csv
        && let Err(error) = write_csv(path, &table.to_csv())
    {
        console.error(&error);
        return Exit::Unreadable;
    }
    let summary = mapping::summary(&table, SURE);
    match args.format {
        Format::Text => console.data(&summary.to_text(LISTED_DOUBTS)),
        Format::Json => {
            let whole = serde_json::json!({ "provider": args.provider, "summary": summary, "ledger": outcome.ledger });
            console.data(&format!("{whole:#}\n"));
        }
    }
    if super::build::has_errors(&findings) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn write_csv(path: &std::path::Path, text: &str) -> Result<(), String> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(std::path::Path::new("."));
    let mut tree = FileTree::new();
    tree.insert_shared(name, text);
    output::apply(&tree, folder, "map", Mode::Write)
        .map(|_| ())
        .map_err(|error| error.to_string())
}
