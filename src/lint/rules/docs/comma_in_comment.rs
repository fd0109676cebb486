use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// An example whose line ends in a comma inside a `--` comment, while the statement goes on.
/// ## Why it matters
/// The comma is part of the comment: the example is a syntax error.
/// ## Example
/// `@id='{{ id }}' --required,`
/// ## Instead
/// `@id='{{ id }}', --required`
pub(super) static RULE: Rule = Rule {
    id: "comma-in-comment",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, line) in page.page.statement_lines() {
        let Some(comment) = line.find("--") else { continue };
        let code = line[..comment].trim_end();
        if line.trim_end().ends_with(',') && !code.is_empty() && !code.ends_with(',') {
            out.add(
                page.page.span(offset + comment, offset + line.trim_end().len()),
                "",
                "the comma is part of the comment",
            )
            .help("write the comma before the comment");
        }
    }
}
