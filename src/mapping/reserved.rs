//! Words that the runtime's grammar refuses as resource and method names unless they are quoted.

/// Found by trying each keyword of the grammar in the runtime.
const RESERVED: &[&str] = &[
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

/// Whether a name needs quotes after the first dot of a table or method name.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}
