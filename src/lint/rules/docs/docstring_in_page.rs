use crate::diagnostic::Severity;
use crate::lint::names::MARKUP;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// Markup of a programming language's doc comments on a page: `:param x:`, `:returns:`, `:class:`.
/// ## Why it matters
/// It is the text of another thing, or another tool's markup.
/// ## Example
/// `<td>Name of the model. :param version: str</td>`
/// ## Instead
/// `<td>Name of the model.</td>`
pub(super) static RULE: Rule = Rule {
    id: "docstring-in-page",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        for markup in MARKUP {
            for (at, _) in text.match_indices(markup) {
                out.add(
                    page.page.span(offset + at, offset + at + markup.len()),
                    "",
                    format!("`{}` is markup of another tool", markup.trim()),
                );
            }
        }
    }
}
