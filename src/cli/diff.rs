//! `spgen diff`: what changes for users between two provider trees.

use std::path::{Path, PathBuf};

use super::console::Console;
use super::exit::Exit;
use crate::provider::diff::{diff, to_json, to_markdown, to_text};
use crate::provider::{self, PROVIDER_DOCUMENT, Provider};

/// Show what changes for users between two versions of a provider.
///
/// Exits with 1 when a statement that worked before does not, or gives less.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen diff published/acme/v00.00.00000 provider/src/acme/v00.00.00000
  spgen diff old new --format markdown > CHANGES.md")]
pub struct Args {
    /// The folder with the old `provider.yaml`, or one that holds a single such folder.
    old: PathBuf,
    /// The folder with the new `provider.yaml`, or one that holds a single such folder.
    new: PathBuf,
    /// Form of the changes on stdout.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Form of the changes.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let (Some(old), Some(new)) = (load(&args.old, console), load(&args.new, console)) else {
        return Exit::Unreadable;
    };
    let changes = diff(&old, &new);
    console.data(&match args.format {
        Format::Text => to_text(&changes),
        Format::Markdown => to_markdown(&changes),
        Format::Json => to_json(&changes) + "\n",
    });
    if changes.breaking().next().is_some() {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn load(folder: &Path, console: &Console) -> Option<Provider> {
    match provider::load(&tree_in(folder)) {
        Ok(loaded) => {
            console.findings(&loaded.findings, &loaded.sources);
            Some(loaded.provider)
        }
        Err(error) => {
            console.error(&error.to_string());
            None
        }
    }
}

/// The folder itself, or the version folder in it when there is just one.
fn tree_in(folder: &Path) -> PathBuf {
    if folder.join(PROVIDER_DOCUMENT).is_file() {
        return folder.to_owned();
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut trees = entries
        .map(|entry| entry.path())
        .filter(|path| path.join(PROVIDER_DOCUMENT).is_file());
    match (trees.next(), trees.next()) {
        (Some(only), None) => only,
        _ => folder.to_owned(),
    }
}
