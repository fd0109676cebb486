//! `spgen explain`: what a statement does in the runtime, without running it.

use std::io::Read;
use std::path::PathBuf;

use super::console::Console;
use super::exit::Exit;
use crate::diagnostic::similar;
use crate::provider;
use crate::sql::explain::{self, Explanation};

/// Say what a statement does: the method it reaches and why not the others, where each term goes, the HTTP request.
///
/// Nothing is sent, and no runtime is needed. Exits with 1 when the statement would fail.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen explain provider \"SELECT id FROM acme.shop.orders WHERE order_id = '7'\"
  spgen explain provider - --format json < statement.sql")]
pub struct Args {
    /// The folder that holds `src/NAME/VERSION/provider.yaml`.
    #[arg(value_name = "PROVIDER_ROOT")]
    root: PathBuf,
    /// The statement; `-` reads it from stdin.
    #[arg(value_name = "SQL", allow_hyphen_values = true)]
    sql: String,
    /// How the explanation is written to stdout.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How the explanation is written.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    match explanation(args, console) {
        Ok(explanation) => {
            console.data(&match args.format {
                Format::Text => explanation.to_string(),
                Format::Json => {
                    serde_json::to_string_pretty(&explanation).unwrap_or_else(|error| error.to_string()) + "\n"
                }
            });
            if explanation.failure.is_some() {
                Exit::Findings
            } else {
                Exit::Clean
            }
        }
        Err(message) => {
            console.error(&message);
            Exit::Unreadable
        }
    }
}

fn explanation(args: &Args, console: &Console) -> Result<Explanation, String> {
    let sql = match args.sql.as_str() {
        "-" => {
            let mut sql = String::new();
            let read = std::io::stdin().read_to_string(&mut sql);
            read.map_err(|error| format!("the statement cannot be read from stdin: {error}"))?;
            sql
        }
        sql => sql.to_owned(),
    };
    let known = provider::provider_names(&args.root);
    // What names no provider fails or needs none; any provider explains it.
    let Some(name) = explain::provider_of(&sql).map_or_else(|| known.first().cloned(), |name| Some(name.into())) else {
        return Err(format!("`{}` holds no provider", args.root.display()));
    };
    let folder = provider::version_folder(&args.root, &name).map_err(|error| {
        let help = match similar(&name, known.iter().map(String::as_str)) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None if known.is_empty() => String::new(),
            None => format!("; the providers here are {}", known.join(", ")),
        };
        format!("there is no provider `{name}`: {error}{help}")
    })?;
    let loaded = provider::load(&folder).map_err(|error| error.to_string())?;
    console.findings(&loaded.findings, &loaded.sources);
    Ok(explain::explain(&loaded.provider, &sql))
}
