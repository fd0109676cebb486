use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// A brace in prose that MDX takes for the start of an expression.
/// ## Why it matters
/// `{id}` is read as a variable that there is not: the page does not build, or fails when it is opened.
/// ## Example
/// `The path is /widgets/{id}.`
/// ## Instead
/// `` The path is `/widgets/{id}`. `` or `/widgets/&#123;id&#125;`
pub(super) static RULE: Rule = Rule {
    id: "mdx-expression",
    severity: Severity::Error,
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|open| at + open) {
            let before = open.checked_sub(1).map(|before| bytes[before]);
            // Attributes, escapes and heading ids are meant.
            if matches!(before, Some(b'=' | b'\\')) || text[open..].starts_with("{#") {
                at = open + matching(bytes, open).map_or(1, |close| close - open + 1);
                continue;
            }
            let inside = matching(bytes, open).map(|close| text[open + 1..close].trim());
            let is_meant = inside.is_some_and(|inside| {
                inside.is_empty()
                    || inside.starts_with(['\'', '"', '/'])
                    || inside.starts_with(|it: char| it.is_ascii_digit())
            });
            if !is_meant {
                let end = inside.map_or(open + 1, |inside| (open + 2 + inside.len()).min(text.len()));
                let end = (open..=end)
                    .rev()
                    .find(|end| text.is_char_boundary(*end))
                    .unwrap_or(open);
                out.add(
                    page.page.span(offset + open, offset + end),
                    "",
                    "MDX takes this brace for the start of an expression",
                )
                .help("put it between backticks, or write `&#123;`");
            }
            at = open + 1;
        }
    }
}

/// The brace that closes one.
fn matching(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
