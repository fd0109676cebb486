//! The `spgen` program: everything but the last resort is in the library.

use std::panic;
use std::process::ExitCode;

use spgen::cli::{self, Exit};

fn main() -> ExitCode {
    spgen::render::mdx::silence_parser();
    // This thread waits while the others work: as one of them it leaves them the memory that it has freed, which the
    // system's allocator keeps for the thread. Where that cannot be had, the pool is made as usual.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    // A panic is a fault of this program: its message is already on stderr, the exit code says the rest.
    panic::catch_unwind(|| cli::run(std::env::args_os()))
        .unwrap_or(Exit::Internal)
        .into()
}
