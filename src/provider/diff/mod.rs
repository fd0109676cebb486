//! What changes for users between two versions of a provider, in SQL terms.
//!
//! Every statement that the old version answers is looked up in the new one: the method that the runtime would choose
//! there is compared with the old one. So a method that was renamed breaks nobody who uses its verb, and one that
//! kept its name may break everybody.

mod change;
mod compare;
mod show;

pub use change::{Change, Changes, Kind, Place};
pub use compare::diff;
pub use show::{to_json, to_markdown, to_text};
