//! `spgen completions`: scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use super::console::Console;
use super::exit::Exit;

/// Print a completion script for a shell.
///
/// Example: `spgen completions bash > /etc/bash_completion.d/spgen`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "spgen", &mut script);
    console.data(&String::from_utf8_lossy(&script));
    Exit::Clean
}
