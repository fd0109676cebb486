use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// An example with `SET` and nothing to set, or `INSERT INTO` without columns.
/// ## Why it matters
/// It is a syntax error.
/// ## Example
/// `UPDATE acme.shop.widgets SET WHERE id = '{{ id }}';`
/// ## Instead
/// `EXEC acme.shop.widgets.touch @id='{{ id }}';`
pub(super) static RULE: Rule = Rule {
    id: "nothing-to-set",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, statement) in page.page.statements() {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let upper: Vec<String> = words.iter().map(|word| word.to_ascii_uppercase()).collect();
        let is_update = matches!(upper.first().map(String::as_str), Some("UPDATE" | "REPLACE"));
        let is_insert = upper.first().is_some_and(|first| first == "INSERT");
        let sets_nothing = is_update
            && upper
                .windows(2)
                .any(|pair| pair[0] == "SET" && matches!(pair[1].as_str(), "WHERE" | ";" | "RETURNING"));
        let compact: String = words.concat();
        let inserts_nothing = is_insert && compact.contains("()");
        let start = offset + statement.len() - statement.trim_start().len();
        let end = start + statement.trim_start().lines().next().unwrap_or_default().len();
        if sets_nothing {
            out.add(page.page.span(start, end), "", "there is nothing to set")
                .help("an operation without fields is reached by EXEC");
        }
        if inserts_nothing {
            out.add(page.page.span(start, end), "", "the INSERT has no columns")
                .help("an operation without inputs is reached by EXEC");
        }
    }
}
