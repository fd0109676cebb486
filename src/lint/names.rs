//! Names and words that several rules judge.

/// Words that fail unquoted behind the first dot of a name, found by trying each keyword.
pub(super) const RESERVED: [&str; 27] = [
    "_binary",
    "_latin1",
    "_utf8",
    "_utf8mb4",
    "all",
    "alter",
    "analyze",
    "cast",
    "column",
    "constraint",
    "do",
    "format",
    "full",
    "group_concat",
    "list",
    "pull",
    "registry",
    "release",
    "savepoint",
    "sql_cache",
    "sql_calc_found_rows",
    "sql_no_cache",
    "stream",
    "traditional",
    "tree",
    "vitess",
    "work",
];

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

/// Whether a name is an identifier.
pub(super) fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}
