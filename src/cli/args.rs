//! The command line as a whole: global options and the list of commands. Each command is a file of its own.

use clap::{Parser, Subcommand};

use super::console::{Color, Console, Volume};
use super::exit::Exit;
use super::{build, completions, diff, docs, explain, import, init, lint, map, schema, test};

/// Make StackQL providers and their documentation from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(
    name = "spgen",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 clean, 1 findings, 2 usage, 3 input could not be read, 70 internal error."
)]
pub struct Args {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
    /// Only errors on stderr.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// All findings and details on stderr.
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Init(init::Args),
    Map(map::Args),
    Docs(docs::Args),
    Lint(lint::Args),
    Diff(diff::Args),
    Import(import::Args),
    Test(test::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

impl Args {
    /// Runs the chosen command.
    #[must_use]
    pub fn run(self) -> Exit {
        let volume = match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        let console = Console::new(self.color, volume);
        match self.command {
            Command::Build(args) => build::run(&args, &console),
            Command::Init(args) => init::run(&args, &console),
            Command::Map(args) => map::run(&args, &console),
            Command::Docs(args) => docs::run(&args, &console),
            Command::Lint(args) => lint::run(&args, &console),
            Command::Diff(args) => diff::run(&args, &console),
            Command::Import(args) => import::run(&args, &console),
            Command::Test(args) => test::run(&args, &console),
            Command::Explain(args) => explain::run(&args, &console),
            Command::Schema(args) => schema::run(&args, &console),
            Command::Completions(args) => completions::run(&args, &console),
        }
    }
}
