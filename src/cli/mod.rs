//! The command line: arguments in, exit code out. Data goes to stdout, everything else to stderr.
//!
//! A command is a file with `Args` and `run`, and a line in [`args`]. What several commands share: [`config`] (the
//! file `spgen.yaml`), [`job`] (what to build, with its sources read), [`pipeline`] (a job through all stages),
//! [`report`] (what `report.json` says).

mod args;
mod build;
mod completions;
pub mod config;
mod console;
mod diff;
mod docs;
mod exit;
mod explain;
mod import;
mod init;
mod job;
mod lint;
mod map;
mod overlay;
mod pages;
mod pin;
mod pipeline;
mod report;
mod schema;
mod test;

use std::ffi::OsString;

use clap::Parser;

pub use args::Args;
pub use exit::Exit;

/// Runs the program with its arguments, the program's name first.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    match Args::try_parse_from(arguments) {
        Ok(args) => args.run(),
        Err(error) => {
            // Help and version are answers, not errors; clap knows which stream each belongs to.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Clean }
        }
    }
}
