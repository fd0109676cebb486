use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// `TODO`, `FIXME` or `TBD` at the start of a line or cell of a page.
/// ## Why it matters
/// Readers see what somebody wanted to write.
/// ## Example
/// `<td>TODO: describe</td>`
/// ## Instead
/// A sentence, or nothing
pub(super) static RULE: Rule = Rule {
    id: "unfinished-text",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        for word in ["TODO", "FIXME", "TBD"] {
            for (at, _) in text.match_indices(word) {
                let before = text[..at].trim_end_matches([' ', '*', '_']);
                let starts = before.is_empty() || before.ends_with(['\n', '|', '>', '"', '(']);
                let ends = !text[at + word.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
                if starts && ends {
                    out.add(
                        page.page.span(offset + at, offset + at + word.len()),
                        "",
                        format!("`{word}` on a page"),
                    )
                    .help("write the text, or leave it out");
                }
            }
        }
    }
}
