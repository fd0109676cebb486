use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// A semicolon inside a comment of an example.
/// ## Why it matters
/// Tools that cut a text into statements at semicolons cut here.
/// ## Example
/// `-- required; see below`
/// ## Instead
/// `-- required, see below`
pub(super) static RULE: Rule = Rule {
    id: "semicolon-in-comment",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, line) in page.page.statement_lines() {
        let Some(comment) = line.find("--").or_else(|| line.find("/*")) else {
            continue;
        };
        let end = line[comment..].find("*/").map_or(line.len(), |end| comment + end);
        // A quote before it may mean that the comment is text.
        if line[..comment].matches('\'').count() % 2 == 0
            && let Some(semicolon) = line[comment..end].find(';')
        {
            let place = offset + comment + semicolon;
            out.add(page.page.span(place, place + 1), "", "a semicolon in a comment")
                .help("leave it out");
        }
    }
}
