use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// An example with two `WHERE` clauses on one level.
/// ## Why it matters
/// It is a syntax error.
/// ## Example
/// `SELECT id FROM t WHERE a = 1 WHERE b = 2;`
/// ## Instead
/// `SELECT id FROM t WHERE a = 1 AND b = 2;`
pub(super) static RULE: Rule = Rule {
    id: "second-where",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, statement) in page.page.statements() {
        let mut seen = false;
        for (at, _) in statement.match_indices("WHERE") {
            let is_word = !statement[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
                && !statement[at + 5..].starts_with(|behind: char| behind.is_alphanumeric() || behind == '_');
            // Sub-queries, unions and quoted text have their own.
            let is_nested = statement.contains("UNION")
                || statement.matches("SELECT").count() > 1
                || statement[..at].matches('\'').count() % 2 == 1;
            if is_word && !is_nested {
                if seen {
                    out.add(page.page.span(offset + at, offset + at + 5), "", "a second WHERE")
                        .help("write `AND`");
                }
                seen = true;
            }
        }
    }
}
