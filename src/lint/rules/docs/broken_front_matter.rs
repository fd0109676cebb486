use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Page, SegmentKind};
use crate::source::{FileId, read};

/// ## What it finds
/// Front matter that is no YAML map, or never ends.
/// ## Why it matters
/// The site does not build, or the page has no title.
/// ## Example
/// `title: Widgets: an overview`
/// ## Instead
/// `title: 'Widgets: an overview'`
pub(super) static RULE: Rule = Rule {
    id: "broken-front-matter",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    let Some(segment) = page.page.segments.first() else {
        return;
    };
    if segment.kind != SegmentKind::FrontMatter {
        return;
    }
    let text = page.page.text_of(segment);
    let inside = text.trim_start_matches("---").trim_end();
    let Some(inside) = inside.strip_suffix("---") else {
        out.add(
            page.page.span(segment.start, segment.start + 3),
            "",
            "the front matter never ends",
        )
        .help("close it with `---` on a line of its own");
        return;
    };
    match read(FileId::NONE, inside) {
        Err(error) => {
            let at = segment.start + 3 + error.span.start as usize;
            let at = at.min(segment.end);
            out.add(
                page.page.span(at, at),
                "",
                format!("the front matter is no YAML: {}", error.message),
            )
            .help("put the value in quotes");
        }
        Ok(document) if document.root.as_map().is_none() && !document.root.is_null() => {
            out.add(
                page.page.span(segment.start, segment.start + 3),
                "",
                "the front matter is no map",
            );
        }
        Ok(_) => {}
    }
}
