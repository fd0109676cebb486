use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// A table with a head and no rows.
/// ## Why it matters
/// It promises something and shows nothing.
/// ## Example
/// `<tbody></tbody>`
/// ## Instead
/// A sentence that says that there is nothing to list
pub(super) static RULE: Rule = Rule {
    id: "empty-table",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        for (at, tag) in text.match_indices("<tbody>") {
            if text[at + tag.len()..].trim_start().starts_with("</tbody>") {
                out.add(
                    page.page.span(offset + at, offset + at + tag.len()),
                    "",
                    "this table has no rows",
                )
                .help("say so in a sentence instead");
            }
        }
        for (at, tag) in text.match_indices("fields={[]}") {
            out.add(
                page.page.span(offset + at, offset + at + tag.len()),
                "",
                "this table has no rows",
            )
            .help("say so in a sentence instead");
        }
    }
}
