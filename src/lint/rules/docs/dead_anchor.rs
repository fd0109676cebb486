use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Page, Target, links};

/// ## What it finds
/// A link to an anchor that its page does not have.
/// ## Why it matters
/// The reader stays at the top of the page; a site with `onBrokenAnchors: 'throw'` does not build.
/// ## Example
/// `[get](#get)` on a page without a heading or `id` of that name
/// ## Instead
/// `[get](#select-examples)`
pub(super) static RULE: Rule = Rule {
    id: "dead-anchor",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (at, link) in links(page.page) {
        if let Target::NoAnchor(anchor) = page.set.follow(page.page, link) {
            out.add(
                page.page.span(at, at + link.len()),
                "",
                format!("no heading and no `id` is called `{anchor}`"),
            );
        }
    }
}
