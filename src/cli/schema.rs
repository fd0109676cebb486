//! `spgen schema`: JSON Schemas of the formats that spgen reads and writes.

use super::config;
use super::console::Console;
use super::exit::Exit;

/// Print the JSON Schema of one of spgen's own formats.
///
/// Example: `spgen schema config > spgen.schema.json`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The format.
    #[arg(value_enum)]
    format: Format,
}

/// Formats with a schema.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// `spgen.yaml`
    Config,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    match args.format {
        Format::Config => console.data(&config::schema_text()),
    }
    Exit::Clean
}
