//! What lies at the given paths: found, told apart and read. The only part of this module that touches the disk.

mod find;
mod read;

pub(super) use find::{Found, Kind, find};
pub(super) use read::{Inputs, read};

/// Name of the files that list exceptions.
pub(super) const IGNORE_FILE: &str = ".spgen-lint-ignore.yaml";
