//! Writing results: everything is made in memory first, then applied to the disk. The only module that writes.
//!
//! What spgen wrote is listed in `<root>/.spgen/<owner>.json`, so that files which are no longer made can be removed
//! and files of others are left alone. Each file is written beside its place and renamed into it: a full disk or a
//! killed process leaves the old file or the new one, never half of one. What a run depended on is kept as a [`Stamp`],
//! so that the next one can tell that nothing changed.

mod apply;
mod manifest;
mod path_check;
mod report;
mod scratch;
mod stamp;
mod tree;

pub use apply::{ApplyError, Failure, Mode, apply};
pub use path_check::{PathProblem, check_paths};
pub use report::Report;
pub use scratch::write_scratch;
pub use stamp::{Inputs, Stamp};
pub use tree::FileTree;
