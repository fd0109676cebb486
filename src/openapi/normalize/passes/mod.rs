//! The registry of passes.

/// Declares the pass of a file: its doc comment is the user's page.
macro_rules! pass {
    ($(#[doc = $line:literal])+ $id:literal, $apply:ident) => {
        $(#[doc = $line])+
        pub(in crate::openapi::normalize) const PASS: crate::openapi::normalize::Pass = crate::openapi::normalize::Pass {
            id: $id,
            page: concat!($($line, "\n"),+),
            apply: $apply,
        };
    };
}

mod drop_cookies;
mod lift_path_items;
mod merge_all_of;

use super::Pass;

/// All passes in their order; the position of each is explained where it matters.
pub(super) const ALL: &[Pass] = &[lift_path_items::PASS, drop_cookies::PASS, merge_all_of::PASS];
