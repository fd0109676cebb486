use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;
use crate::render::PAGE_BUDGET;

/// ## What it finds
/// A page above 500 kilobytes.
/// ## Why it matters
/// It is slow to build, to load and to scroll.
/// ## Example
/// All fields of all levels in one table
/// ## Instead
/// Fewer levels, or the field tree in a JSON file that the page imports
pub(super) static RULE: Rule = Rule {
    id: "large-page",
    severity: Severity::Warning,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    let size = page.page.text.len();
    if size > PAGE_BUDGET {
        out.add(page.page.span(0, 0), "", format!("the page has {} kB", size / 1000))
            .help("show fewer levels of fields");
    }
}
