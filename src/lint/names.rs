//! Names and words that several rules judge.

use std::borrow::Cow;

use crate::sql::{NamePlace, quoted};

/// What no description for people holds.
pub(super) const MARKUP: [&str; 12] = [
    ":param ",
    ":return:",
    ":returns:",
    ":rtype:",
    ":raises ",
    ":type ",
    ":class:",
    ":method:",
    ":attr:",
    "@param ",
    "@return ",
    "Create a collection of name/value pairs.",
];

/// Whether a name must stand in double quotes at a place of a statement.
pub(super) fn needs_quotes(name: &str, place: NamePlace) -> bool {
    matches!(quoted(name, place), Cow::Owned(_))
}

/// Whether a name is an identifier, be it a reserved word or not.
pub(super) fn is_plain(name: &str) -> bool {
    // Every word may stand bare behind `@`.
    !needs_quotes(name, NamePlace::ExecParameter)
}
