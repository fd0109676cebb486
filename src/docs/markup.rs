//! Markup of upstream descriptions that says nothing to a reader of ours: HTML tags of formatting, and links that lead to
//! places on the vendor's own site.

use std::borrow::Cow;

/// Tags that begin a new line.
const BLOCKS: [&str; 17] = [
    "p", "br", "ul", "ol", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl", "dt", "dd", "note",
];

/// Tags inside a line.
const INLINE: [&str; 7] = ["b", "i", "em", "strong", "a", "span", "u"];

/// The text without tags of formatting. `<code>` becomes backticks. A tag inside a line that is not closed, or that nobody
/// opened, is text.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('<') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let Some((name, length)) = tag(rest) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        let is_pair = || contains_tag(text, &name, false) && contains_tag(text, &name, true);
        if BLOCKS.contains(&name.as_str()) {
            plain.push(' ');
        } else if INLINE.contains(&name.as_str()) && is_pair() {
        } else if name == "code" && is_pair() && !text.contains('`') {
            plain.push('`');
        } else {
            plain.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The name of the tag at the start of a text, in small letters, and its length.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
    let after = &inner[name.len()..];
    let end = after.find(['>', '<'])?;
    let is_tag = after[end..].starts_with('>') && after.starts_with(['>', '/', ' ', '\n', '\t', '\r']);
    (is_tag && !name.is_empty()).then(|| (name.to_ascii_lowercase(), text.len() - after.len() + end + 1))
}

fn contains_tag(text: &str, name: &str, closing: bool) -> bool {
    text.match_indices('<').any(|(place, _)| {
        let rest = &text[place..];
        rest.starts_with("</") == closing && tag(rest).is_some_and(|(found, _)| found == name)
    })
}

/// The text with links that are relative to the vendor's site as the words of the link.
pub(super) fn without_relative_links(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('[') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        match relative_link(rest) {
            Some((words, length)) => {
                plain.push_str(words);
                rest = &rest[length..];
            }
            None => {
                plain.push('[');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `[words](/place)`: its words and its length.
fn relative_link(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let (words, rest) = inner.split_once("](")?;
    let target = &rest[..rest.find(')')?];
    // `:method:…` and the like are names in the vendor's own documentation system.
    let starts = ["/", "./", "../", "#", ":"];
    let is_relative = starts.iter().any(|start| target.starts_with(start)) && !target.contains(' ');
    let is_link = !words.is_empty() && !words.contains(['[', ']']) && is_relative;
    is_link.then_some((words, 1 + words.len() + 2 + target.len() + 1))
}

/// The text with code between single backticks that stood between double ones, as many description formats have it.
pub(super) fn with_single_backticks(text: &str) -> Cow<'_, str> {
    const MARK: &str = "``";
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(MARK) {
        let run = rest[place..].len() - rest[place..].trim_start_matches('`').len();
        let inner = &rest[place + run..];
        let end = inner.find('`').filter(|_| run == MARK.len());
        let code = end.map(|end| &inner[..end]).filter(|code| {
            let after = &inner[code.len()..];
            let closes = after.starts_with(MARK) && !after[MARK.len()..].starts_with('`');
            closes && !code.trim().is_empty()
        });
        plain.push_str(&rest[..place]);
        let length = match code {
            Some(code) => {
                plain.push('`');
                plain.push_str(code);
                plain.push('`');
                run + code.len() + MARK.len()
            }
            None => {
                plain.push_str(&rest[place..place + run]);
                run
            }
        };
        rest = &rest[place + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::{with_single_backticks, without_relative_links, without_tags};

    #[test]
    fn code_between_double_backticks_is_code() {
        for (text, plain) in [
            ("See ``a_b`` and ``c``.", "See `a_b` and `c`."),
            ("`a` ``b`` `c`", "`a` `b` `c`"),
            ("```sql\nx\n```", "```sql\nx\n```"),
            ("``a `b` ``", "``a `b` ``"),
            ("``open", "``open"),
            ("```` ``", "```` ``"),
            ("``a``` ``b``", "``a``` `b`"),
        ] {
            assert_eq!(with_single_backticks(text), plain);
        }
    }

    #[test]
    fn tags_of_formatting_go() {
        for (text, plain) in [
            ("<p>The <b>id</b>.</p><p>More</p>", " The id.  More "),
            ("a<br>b<br/>c<BR />d", "a b c d"),
            ("See <a href=\"x\">this</a>.", "See this."),
            ("Use <code>x</code>.", "Use `x`."),
            ("Vec<T> and <id> and a < b > c", "Vec<T> and <id> and a < b > c"),
            ("makes <b> of it", "makes <b> of it"),
            ("<", "<"),
            ("<p", "<p"),
        ] {
            assert_eq!(without_tags(text), plain);
        }
    }

    #[test]
    fn links_to_places_on_the_vendors_site_are_words() {
        for (text, plain) in [
            ("See [the docs](/rest/a#b) and [more](../x).", "See the docs and more."),
            ("See [the docs](https://e.com/a).", "See [the docs](https://e.com/a)."),
            ("a[0](1) [x](y)", "a[0](1) [x](y)"),
            ("the [*Update* endpoint](:method:jobs/update)", "the *Update* endpoint"),
            ("[a [b](/c)", "[a b"),
        ] {
            assert_eq!(without_relative_links(text), plain);
        }
    }
}
