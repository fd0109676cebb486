use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// A name in a condition of an example that must be quoted and is not: a reserved word, or one with a hyphen or dot.
/// ## Why it matters
/// It is a syntax error, or read as a subtraction, after which no method fits.
/// ## Example
/// `WHERE api-version = '{{ api-version }}'`
/// ## Instead
/// `WHERE "api-version" = '{{ api-version }}'`
pub(super) static RULE: Rule = Rule {
    id: "unquoted-word",
    severity: Severity::Error,
    check: Check::Page(check),
};

/// Words that need quotes as parameters and body fields, found by trying each keyword.
const RESERVED: [&str; 84] = [
    "add",
    "all",
    "alter",
    "analyze",
    "and",
    "as",
    "asc",
    "between",
    "binary",
    "by",
    "case",
    "cast",
    "collate",
    "column",
    "constraint",
    "convert",
    "create",
    "cross",
    "current_date",
    "database",
    "databases",
    "delete",
    "desc",
    "describe",
    "distinct",
    "div",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "exec",
    "exists",
    "explain",
    "false",
    "for",
    "format",
    "from",
    "full",
    "group",
    "having",
    "if",
    "ignore",
    "in",
    "index",
    "inner",
    "insert",
    "interval",
    "into",
    "is",
    "join",
    "left",
    "like",
    "limit",
    "list",
    "lock",
    "mod",
    "natural",
    "next",
    "not",
    "null",
    "off",
    "on",
    "or",
    "order",
    "outer",
    "over",
    "pull",
    "recursive",
    "registry",
    "release",
    "replace",
    "right",
    "schema",
    "select",
    "set",
    "show",
    "stream",
    "table",
    "then",
    "to",
    "true",
    "union",
    "update",
];

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, statement) in page.page.statements() {
        let mut at = 0;
        for line in statement.split_inclusive('\n') {
            let start = at;
            at += line.len();
            // Conditions of examples stand one per line: `name = '{{ name }}'`.
            let Some((left, right)) = line.split_once('=') else {
                continue;
            };
            let name = left.trim();
            let name = ["WHERE ", "AND ", "SET "]
                .iter()
                .find_map(|word| name.strip_prefix(word))
                .unwrap_or(name)
                .trim();
            if !right.trim_start().starts_with("'{{") || name.starts_with(['"', '@']) || name.contains(['\'', '(']) {
                continue;
            }
            let is_odd =
                name.contains(['-', '.', '[', '#', '$', ':', '/']) || name.starts_with(|it: char| it.is_ascii_digit());
            if is_odd || RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
                let place = offset + start + left.rfind(name).unwrap_or_default();
                out.add(
                    page.page.span(place, place + name.len()),
                    "",
                    format!("`{name}` must be quoted"),
                )
                .help(format!("write `\"{name}\"`"));
            }
        }
    }
}
