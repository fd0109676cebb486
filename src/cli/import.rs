//! `spgen import`: other sources to OpenAPI documents.

use std::path::PathBuf;

use rayon::prelude::*;

use super::build::chain;
use super::config::Level;
use super::console::Console;
use super::exit::Exit;
use crate::diagnostic::Severity;
use crate::ingest::archive;
use crate::ingest::databricks_sdk::{self, Strictness};
use crate::output::{self, FileTree, Mode};
use crate::source::to_yaml;

/// Turn other sources into OpenAPI documents, one a service.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, clap::Subcommand)]
enum Source {
    /// The Python package `databricks-sdk`: a wheel, a source archive or an unpacked folder. Nothing of it is run.
    DatabricksSdk(DatabricksSdk),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  pip download databricks-sdk --no-deps
  spgen import databricks-sdk databricks_sdk-*.whl --level workspace --out openapi")]
struct DatabricksSdk {
    /// The package.
    #[arg(value_name = "WHEEL|SDIST|DIR")]
    package: PathBuf,
    /// Which level of the API.
    #[arg(long, value_enum, default_value = "workspace")]
    level: Level,
    /// Folder for the documents.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Leave out and list methods that are not understood, instead of stopping.
    #[arg(long)]
    lenient: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let Source::DatabricksSdk(args) = &args.source;
    let files = match archive::read(&args.package, databricks_sdk::is_needed) {
        Ok(files) => files,
        Err(error) => {
            console.error(&chain(&error));
            return Exit::Unreadable;
        }
    };
    let level = match args.level {
        Level::Workspace => databricks_sdk::Level::Workspace,
        Level::Account => databricks_sdk::Level::Account,
    };
    let strictness = if args.lenient {
        Strictness::Lenient
    } else {
        Strictness::Strict
    };
    let (services, report, findings) = databricks_sdk::import(&files, level, strictness);
    console.findings(&findings, &files);
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    if services.is_empty() {
        console.error("no service was found in the package");
        return if has_errors { Exit::Findings } else { Exit::Unreadable };
    }
    let documents: Vec<(String, String)> = services
        .par_iter()
        .map(|service| (format!("{}.yaml", service.name), to_yaml(&service.document)))
        .collect();
    let mut tree = FileTree::new();
    for (path, text) in documents {
        tree.insert(path, text);
    }
    let owner = format!("databricks-sdk-{}", level.name());
    match output::apply(&tree, &args.out, &owner, Mode::Write) {
        Ok(_) => {}
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    }
    console.say(&format!("{} documents in {}", services.len(), args.out.display()));
    console.data(&format!(
        "{}\n",
        serde_json::to_string_pretty(&report).unwrap_or_default()
    ));
    if has_errors { Exit::Findings } else { Exit::Clean }
}
