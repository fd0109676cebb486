use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Page;

/// ## What it finds
/// A `<` in prose that starts no tag, an address in angle brackets, and a tag such as `<br>` that is never closed.
/// ## Why it matters
/// MDX takes each `<` for the start of a tag and refuses the page when it is none.
/// ## Example
/// `size < 5<br>`
/// ## Instead
/// `size &lt; 5<br/>`
pub(super) static RULE: Rule = Rule {
    id: "mdx-tag",
    severity: Severity::Error,
    check: Check::Page(check),
};

const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "col"];

fn check(page: &Page<'_>, out: &mut Out<'_>) {
    for (offset, text) in page.page.prose() {
        for (at, _) in text.match_indices('<') {
            let rest = &text[at + 1..];
            let is_escaped = text[..at].ends_with('\\');
            // Comments have a rule of their own.
            if is_escaped || rest.starts_with("!--") {
                continue;
            }
            if let Some(message) = fault(rest) {
                let end = rest.find(['>', '\n']).map_or(at + 1, |end| at + 1 + end);
                out.add(page.page.span(offset + at, offset + end), "", message)
                    .help("write `&lt;`, or close the tag");
            }
        }
    }
}

fn fault(rest: &str) -> Option<&'static str> {
    let is_name_start = |character: char| character.is_alphabetic() || matches!(character, '_' | '$');
    let body = rest.strip_prefix('/').unwrap_or(rest);
    // An empty tag is a fragment, and the end of an inline piece is code that follows.
    if !body.starts_with(is_name_start) {
        return (!body.starts_with('>') && !body.is_empty())
            .then_some("MDX takes this for the start of a tag, and it is none");
    }
    let name: String = body
        .chars()
        .take_while(|character| character.is_alphanumeric() || matches!(character, '_' | '$' | '-' | '.' | ':'))
        .collect();
    let behind = &body[name.len()..];
    if name.contains(':') && behind.starts_with('/') || behind.starts_with('@') {
        return Some("MDX does not know addresses in angle brackets");
    }
    if VOID.contains(&name.as_str()) && !rest.starts_with('/') {
        let tag = behind.split('>').next().unwrap_or_default();
        return (!tag.trim_end().ends_with('/')).then_some("MDX wants every tag closed");
    }
    None
}
