//! What reviewed rows teach about the rest.
//!
//! For resource names, method names, verbs and object keys alike: each row has a few proposals, each made by a scheme
//! (`last segment`, `verb of the id` …). On the reviewed rows one sees how often each scheme says what the person
//! decided, in general and in similar situations; for the other rows the scheme with the best record speaks. Whether that
//! is better than inference alone is tried on the reviewed rows themselves, each judged by what the others teach. Only
//! where it is better the lesson counts.

mod analogy;
mod peers;
mod ranker;

pub(super) mod method_names;
pub(super) mod object_keys;
pub(super) mod resource_names;
pub(super) mod verbs;

pub(super) use ranker::{Example, Proposal, Ranker};

/// How many operations of a kind must have been reviewed so that they can tell of all without others to bear them out: one
/// in so many.
const TELLING_SHARE: usize = 10;

/// Whether so many reviewed rows can tell of `all` of their kind.
fn tells(rows: usize, all: usize) -> bool {
    rows * TELLING_SHARE >= all
}
