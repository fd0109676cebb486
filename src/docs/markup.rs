//! Markup of upstream descriptions that says nothing to a reader of ours: HTML tags of formatting, and links that lead to
//! places on the vendor's own site.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// Tags that begin a new line.
const BLOCKS: [&str; 17] = [
    "p", "br", "ul", "ol", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl", "dt", "dd", "note",
];

/// Tags inside a line.
const INLINE: [&str; 7] = ["b", "i", "em", "strong", "a", "span", "u"];

/// The text without tags of formatting, and of elements that the vendor's own site defines (their names have a dash).
/// `<code>` becomes backticks. A tag inside a line that is not closed, or that nobody opened, is text.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let pairs = pairs_of_tags(text);
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
        let is_pair = || pairs.contains(&name);
        if BLOCKS.contains(&name.as_str()) {
            plain.push(' ');
        } else if (INLINE.contains(&name.as_str()) || name.contains('-')) && is_pair() {
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
    let name: String = inner
        .chars()
        .take_while(|next| next.is_ascii_alphanumeric() || *next == '-')
        .collect();
    let after = &inner[name.len()..];
    let end = after.find(['>', '<'])?;
    let is_tag = after[end..].starts_with('>') && after.starts_with(['>', '/', ' ', '\n', '\t', '\r']);
    (is_tag && !name.is_empty()).then(|| (name.to_ascii_lowercase(), text.len() - after.len() + end + 1))
}

/// The names of the tags that are opened and closed. Gathered once, so that the time grows with the text alone.
fn pairs_of_tags(text: &str) -> BTreeSet<String> {
    let (mut opened, mut closed) = (BTreeSet::new(), BTreeSet::new());
    for (place, _) in text.match_indices('<') {
        let rest = &text[place..];
        if let Some((name, _)) = tag(rest) {
            let names = if rest.starts_with("</") {
                &mut closed
            } else {
                &mut opened
            };
            names.insert(name);
        }
    }
    opened.retain(|name| closed.contains(name));
    opened
}

/// The text without the marks of headings and quotations at the start of its lines; a heading ends with a colon. A `>`
/// that goes on with a line, and what stands in code, is no such mark.
pub(super) fn without_block_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(['#', '>']) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let (mut is_code, mut is_start) = (false, true);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let is_quoted = |rest: &&str| rest.starts_with('*') || is_start && rest.starts_with(char::is_alphabetic);
        let quoted = words.strip_prefix("> ").filter(is_quoted);
        let heading = words.trim_start_matches('#');
        // `# of boxes` is a number.
        let is_title = heading
            .strip_prefix(' ')
            .is_some_and(|title| title.trim().starts_with(char::is_uppercase));
        let is_heading = (1..=6).contains(&(words.len() - heading.len())) && is_title;
        if !is_code && is_heading {
            let heading = heading.trim_matches(['#', ' ']);
            plain.push_str(heading);
            plain.push_str(if heading.ends_with(|last: char| last.is_alphanumeric()) {
                ":\n"
            } else {
                "\n"
            });
        } else if let Some(rest) = quoted.filter(|_| !is_code) {
            plain.push_str(rest);
            plain.push('\n');
        } else {
            plain.push_str(line);
        }
        is_start = words.is_empty() || is_heading || (quoted.is_some() && !is_code);
        is_code ^= words.matches('`').count() % 2 == 1;
    }
    Cow::Owned(plain)
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
    let (words, target, length) = link(text)?;
    // `:method:…` and the like are names in the vendor's own documentation system.
    let starts = ["/", "./", "../", "#", ":"];
    let is_path = || target.contains('/') && !target.contains(':') && !target.starts_with("www.");
    let is_relative = starts.iter().any(|start| target.starts_with(start)) || is_path();
    (!words.is_empty() && is_relative).then_some((words, length))
}

/// `[words](target)` at the start of a text, whatever the target: the two, and the length of the whole.
pub(crate) fn link(text: &str) -> Option<(&str, &str, usize)> {
    let inner = text.strip_prefix('[')?;
    // What ends the words or the target is looked for, not the rest of a link: the next one may be far away.
    let words = &inner[..inner.find(['[', ']'])?];
    let rest = inner[words.len()..].strip_prefix("](")?;
    let target = &rest[..rest.find([')', ' ', '['])?];
    let is_closed = rest[target.len()..].starts_with(')');
    is_closed.then_some((words, target, 1 + words.len() + 2 + target.len() + 1))
}

/// The text with code between single backticks that stood between several, as code that holds backticks may, and as
/// blocks of it do. A block loses the name of its language.
pub(super) fn with_single_backticks(text: &str) -> Cow<'_, str> {
    if !text.contains("``") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('`') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let marks = &rest[..run(rest)];
        let code = rest[marks.len()..].split('`').next().unwrap_or_default();
        let length = marks.len() + code.len();
        let closes = run(&rest[length..]) == marks.len() && !code.trim().is_empty();
        if closes && marks.len() > 1 {
            plain.push('`');
            plain.push_str(without_language(code, marks).trim());
            plain.push('`');
        } else if closes {
            plain.push_str(&rest[..=length]);
        } else {
            plain.push_str(marks);
        }
        rest = &rest[if closes { length + marks.len() } else { marks.len() }..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// How many backticks a text begins with.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The code of a block without its first line where that names a language.
fn without_language<'a>(code: &'a str, marks: &str) -> &'a str {
    match code.split_once('\n') {
        Some((first, block)) if marks.len() > 2 && !first.trim().contains(char::is_whitespace) => block,
        _ => code,
    }
}

/// The text with the signs that the commonest entities of HTML stand for.
pub(super) fn without_entities(text: &str) -> Cow<'_, str> {
    const SIGNS: [(&str, &str); 6] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        // The last one: what it makes is no entity.
        ("&amp;", "&"),
    ];
    let mut plain = Cow::Borrowed(text);
    for (entity, sign) in SIGNS {
        if plain.contains(entity) {
            plain = Cow::Owned(plain.replace(entity, sign));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{with_single_backticks, without_block_marks, without_entities, without_relative_links, without_tags};

    #[test]
    fn code_between_double_backticks_is_code() {
        for (text, plain) in [
            ("See ``a_b`` and ``c``.", "See `a_b` and `c`."),
            ("`a` ``b`` `c`", "`a` `b` `c`"),
            ("as:\n```sql\nselect\nx\n```\n.", "as:\n`select\nx`\n."),
            ("``` { a } ``` b", "`{ a }` b"),
            ("```", "```"),
            ("``a `b` ``", "``a `b` ``"),
            ("``open", "``open"),
            ("```` ``", "```` ``"),
            ("``a``` ``b``", "``a``` `b`"),
            ("`` ``", "`` ``"),
        ] {
            assert_eq!(with_single_backticks(text), plain);
        }
    }

    #[test]
    fn headings_and_quotations_lose_their_marks() {
        for (text, plain) in [
            (
                "All.\n\n## Who may\nAdmins.\n### Why?",
                "All.\n\nWho may:\nAdmins.\nWhy?\n",
            ),
            ("Reads.\n> **Note:** slow", "Reads.\n**Note:** slow\n"),
            ("> Slow\n> at night", "Slow\nat night\n"),
            ("Open the tab\n> the field\n#1", "Open the tab\n> the field\n#1"),
            ("`a\n# b`", "`a\n# b`"),
            ("a > b # c", "a > b # c"),
            ("# of boxes", "# of boxes"),
            ("> 5 boxes", "> 5 boxes"),
        ] {
            assert_eq!(without_block_marks(text), plain, "{text}");
        }
    }

    #[test]
    fn entities_are_signs_once() {
        assert_eq!(
            without_entities("a&nbsp;&lt;b&gt; &amp;lt; &copy;"),
            "a <b> &lt; &copy;"
        );
    }

    #[test]
    fn tags_of_formatting_go() {
        for (text, plain) in [
            ("<p>The <b>id</b>.</p><p>More</p>", " The id.  More "),
            ("a<br>b<br/>c<BR />d", "a b c d"),
            ("See <a href=\"x\">this</a>.", "See this."),
            ("Use <code>x</code>.", "Use `x`."),
            ("a <x-state class=\"ea\"></x-state> b <my-id>", "a  b <my-id>"),
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
            ("of the [group](openapi/management/group)", "of the group"),
            (
                "[a](www.e.com/a) [b](ftp://e.com/)",
                "[a](www.e.com/a) [b](ftp://e.com/)",
            ),
            ("the [*Update* endpoint](:method:jobs/update)", "the *Update* endpoint"),
            ("[a [b](/c)", "[a b"),
        ] {
            assert_eq!(without_relative_links(text), plain);
        }
    }
}
