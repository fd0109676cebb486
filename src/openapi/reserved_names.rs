//! Words that the runtime's grammar does not take bare as service, resource or method.

/// Found by trying each of the grammar's keywords in that place (`tests/grammar`); a test proves that nothing has
/// changed. Sorted, lower case.
pub const RESERVED_NAMES: [&str; 27] = [
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
