use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Page, Target, links};

/// ## What it finds
/// A link to a page that there is not.
/// ## Why it matters
/// Readers get an error page; a site with `onBrokenLinks: 'throw'` does not build.
/// ## Example
/// `[widgets](../widget/)`
/// ## Instead
/// `[widgets](../widgets/)`
pub(super) static RULE: Rule = Rule {
    id: "dead-link",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (at, link) in links(page.page) {
        if let Target::NoPage(route) = page.set.follow(page.page, link) {
            out.add(
                page.page.span(at, at + link.len()),
                "",
                format!("`{link}` leads to `{route}`, where there is no page"),
            );
        }
    }
}
