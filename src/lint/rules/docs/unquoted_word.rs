use crate::diagnostic::Severity;
use crate::lint::names::needs_quotes;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;
use crate::sql::NamePlace;

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

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, line) in page.page.statement_lines() {
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
        if needs_quotes(name, NamePlace::Field) {
            let place = offset + left.rfind(name).unwrap_or_default();
            out.add(
                page.page.span(place, place + name.len()),
                "",
                format!("`{name}` must be quoted"),
            )
            .help(format!("write `\"{name}\"`"));
        }
    }
}
