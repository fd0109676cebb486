use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// An HTML comment outside code.
/// ## Why it matters
/// MDX has no HTML comments: the page does not build.
/// ## Example
/// `<!-- generated -->`
/// ## Instead
/// `{/* generated */}`
pub(super) static RULE: Rule = Rule {
    id: "html-comment",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        for (at, _) in text.match_indices("<!--") {
            out.add(
                page.page.span(offset + at, offset + at + 4),
                "",
                "MDX has no HTML comments",
            )
            .help("write `{/* … */}`");
        }
    }
}
