//! `spgen schema`: JSON Schemas of the formats that spgen reads and writes.

use super::config;
use super::console::Console;
use super::exit::Exit;
use crate::docs;

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
    /// The JSON form of a page, which stands beside each page of a site and is what templates get.
    Page,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    match args.format {
        Format::Config => console.data(&config::schema_text()),
        Format::Page => console.data(&config::text_of(&docs::page_schema())),
    }
    Exit::Clean
}
