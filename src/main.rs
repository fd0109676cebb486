//! The `spgen` program: everything but the last resort is in the library.

use std::panic;
use std::process::ExitCode;

use spgen::cli::{self, Exit};

fn main() -> ExitCode {
    spgen::render::mdx::silence_parser();
    // A panic is a fault of this program: its message is already on stderr, the exit code says the rest.
    panic::catch_unwind(|| cli::run(std::env::args_os()))
        .unwrap_or(Exit::Internal)
        .into()
}
