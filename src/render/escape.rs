//! Escaping for the places of a page where text can stand: prose, attributes, front matter, code.
//!
//! Pages are MDX, read by Docusaurus: what must not happen is decided once here. [`mdx`] is the default for everything
//! that a template prints; the other functions are filters that a template names.

use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes text so that MDX shows exactly this text, whatever it is and wherever it stands: in a paragraph, at the start
/// of a line, in a heading, between tags or in a quoted attribute.
///
/// Markup characters become character references. Three readers look at the text after references were decoded (bare
/// links, `:emoji:` and mail addresses), so these are cut by `{}`, an expression without content. Well-formed
/// `https://` addresses are left to become links.
pub fn mdx(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let written = write_line_start(text, out)?;
    write_from(text, written, out)
}

/// [`mdx`] for text that stands behind something else on its line.
pub fn mdx_inside(text: &str, out: &mut dyn Write) -> io::Result<()> {
    write_from(text, 0, out)
}

fn write_from(text: &str, start: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut last = text[..start].chars().next_back();
    let mut rest = &text[start..];
    let mut link_end = 0;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        let place = text.len() - rest.len();
        if place >= link_end {
            link_end = place + web_address(rest, last).unwrap_or(0);
        }
        let before = Before {
            last,
            www: ends_with_www(&text[..place]),
        };
        if character == '_' && place < link_end || !is_markup(character, &before, after, place < link_end) {
            let mut buffer = [0; 4];
            out.write_all(character.encode_utf8(&mut buffer).as_bytes())?;
        } else {
            write_markup(character, last, after, out)?;
        }
        last = Some(character);
        rest = after;
    }
    Ok(())
}

/// What stands before a character.
struct Before {
    last: Option<char>,
    www: bool,
}

/// Whether a character needs more than itself. Inside an address that becomes a link only the characters that no
/// address of ours has would.
fn is_markup(character: char, before: &Before, after: &str, in_link: bool) -> bool {
    let last = before.last;
    match character {
        '&' | '<' | '>' | '{' | '}' | '"' | '*' | '`' | '[' | ']' | '\\' | '~' | '|' | '\n' | '\r' | '\t' => true,
        control if is_invisible_control(control) => true,
        '_' => !(last.is_some_and(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)),
        ':' => !in_link && !after.is_empty() && !after.starts_with(char::is_whitespace),
        '@' => last.is_some_and(|last| !last.is_whitespace()) && !after.is_empty(),
        '.' => before.www && !in_link,
        _ => false,
    }
}

fn ends_with_www(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 3 && bytes[bytes.len() - 3..].eq_ignore_ascii_case(b"www")
}

fn write_markup(character: char, last: Option<char>, after: &str, out: &mut dyn Write) -> io::Result<()> {
    match character {
        '&' => out.write_all(b"&amp;"),
        '<' => out.write_all(b"&lt;"),
        '>' => out.write_all(b"&gt;"),
        '"' => out.write_all(b"&quot;"),
        control if is_invisible_control(control) => out.write_all("\u{fffd}".as_bytes()),
        ':' if after.starts_with("//") || last == Some(':') || names_an_emoji(after) => out.write_all(b"&#58;{}"),
        '@' => out.write_all(b"{}@"),
        '.' => out.write_all(b"{}."),
        other => write!(out, "&#{};", u32::from(other)),
    }
}

/// `name:` as in `:name:`.
fn names_an_emoji(after: &str) -> bool {
    let name = after.trim_start_matches(|next: char| next.is_alphanumeric() || matches!(next, '_' | '+' | '-'));
    name.len() < after.len() && name.starts_with(':')
}

/// Writes what would begin a block at the start of a line so that it does not; returns how many bytes of the text that is.
fn write_line_start(text: &str, out: &mut dyn Write) -> io::Result<usize> {
    let Some((encoded, length)) = line_start(text) else {
        return Ok(0);
    };
    out.write_all(encoded.as_bytes())?;
    Ok(length)
}

/// What would begin a heading, a list, a rule, front matter or an import at the start of a line: its encoded form and
/// how many bytes of the text it stands for.
fn line_start(text: &str) -> Option<(String, usize)> {
    let reference = |character: char| format!("&#{};", u32::from(character));
    if text.starts_with("import") || text.starts_with("export") {
        return Some((reference(text.chars().next()?), 1));
    }
    block_start(text, reference)
}

/// [`line_start`] without what only MDX knows; `escape`: the form of a character that begins nothing.
fn block_start(text: &str, escape: impl Fn(char) -> String) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    if matches!(first, '-' | '+' | '#' | '=' | ' ') {
        return Some((escape(first), 1));
    }
    let digits = text.len() - text.trim_start_matches(|next: char| next.is_ascii_digit()).len();
    let delimiter = text[digits..].chars().next().filter(|next| matches!(next, '.' | ')'))?;
    (digits > 0).then(|| (format!("{}{}", &text[..digits], escape(delimiter)), digits + 1))
}

/// The length of a web address at the start of the text that every reader takes for the same link: `https`, a host of
/// plain labels with a dot, perhaps a port, and a path of unreserved characters.
fn web_address(text: &str, last: Option<char>) -> Option<usize> {
    if last.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    // Up to a plain space: what else stands there becomes a reference, and readers would take that for the address.
    let run = &rest[..rest.find(' ').unwrap_or(rest.len())];
    let run = run.trim_end_matches(['.', ',', ')', '!', '?']);
    if ends_with_www(run) {
        return None;
    }
    let (authority, path) = run.split_at(run.find('/').unwrap_or(run.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let host_is_plain =
        host.contains('.') && host.split('.').all(is_label) && !host.to_ascii_lowercase().starts_with("www.");
    let port_is_number = (1..=5).contains(&port.len()) && port.parse::<u16>().is_ok();
    let path_is_plain = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'#' | b'?' | b'='));
    (host_is_plain && port_is_number && path_is_plain).then(|| text.len() - rest.len() + run.len())
}

/// Control characters that are neither a line end nor a tab: a page must not hold them, and a terminal obeys them.
fn is_invisible_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
}

/// Text for a double-quoted attribute of a tag.
#[must_use]
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' | '}' | '`' | '\\' | '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            control if is_invisible_control(control) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// A scalar for YAML of the page (front matter, manifests): plain when every reader takes it for this text, else quoted.
#[must_use]
pub fn yaml_scalar(text: &str) -> String {
    if is_plain_scalar(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if needs_hex(other) => {
                let _ = write!(out, "\\u{:04X}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Control characters, separators and direction marks: invisible, or not allowed in YAML.
fn needs_hex(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Words of letters, digits and a few signs, starting with a letter, that no YAML reader takes for a boolean, null or
/// number.
fn is_plain_scalar(text: &str) -> bool {
    let words = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && !text.ends_with([' ', ':'])
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'/' | b'.' | b',' | b'(' | b')')
        });
    words && !is_reserved_in_yaml(text)
}

fn is_reserved_in_yaml(text: &str) -> bool {
    [
        "y", "yes", "n", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ]
    .iter()
    .any(|word| text.eq_ignore_ascii_case(word))
}

/// A fenced code block that no content can end early.
#[must_use]
pub fn fence(code: &str, language: &str) -> String {
    let marks = "`".repeat(3.max(longest_run(code) + 1));
    let code = code.replace(is_invisible_control, "\u{fffd}");
    let code = code.trim_end_matches(['\n', '\r', ' ']);
    format!("{marks}{language}\n{code}\n{marks}")
}

/// JSON in which `< > & { }` inside texts are HTML entities. Braces of the JSON itself stay.
#[must_use]
pub fn entities_in_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut in_text = false;
    let mut escaped = false;
    for character in json.chars() {
        match character {
            '"' if !escaped => {
                in_text = !in_text;
                out.push('"');
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '{' if in_text => out.push_str("&#123;"),
            '}' if in_text => out.push_str("&#125;"),
            other => out.push(other),
        }
        escaped = character == '\\' && !escaped;
    }
    out
}

/// Writes text so that plain Markdown shows exactly this text, in a paragraph, a list item or a cell.
pub fn markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let escape = |character: char| match character {
        ' ' => "&#32;".to_owned(),
        other => format!("\\{other}"),
    };
    let (start, length) = block_start(text, escape).unwrap_or_default();
    out.write_all(start.as_bytes())?;
    markdown_from(text, length, out)
}

fn markdown_from(text: &str, start: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut last = text[..start].chars().next_back();
    let mut rest = &text[start..];
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => write!(out, "\\{character}")?,
            '_' if !(last.is_some_and(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric)) => {
                out.write_all(b"\\_")?;
            }
            '\n' | '\r' | '\t' => write!(out, "&#{};", u32::from(character))?,
            control if is_invisible_control(control) => out.write_all("\u{fffd}".as_bytes())?,
            other => {
                let mut buffer = [0; 4];
                out.write_all(other.encode_utf8(&mut buffer).as_bytes())?;
            }
        }
        last = Some(character);
    }
    Ok(())
}

/// [`markdown()`] as a text.
#[must_use]
pub fn markdown_text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    markdown(text, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text stays text")
}

/// [`markdown_text`] for text that stands behind something else on its line.
#[must_use]
pub fn markdown_inside(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    markdown_from(text, 0, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text stays text")
}

/// Text as code inside a line of plain Markdown.
#[must_use]
pub fn code_span(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|next| match next {
            '\n' | '\r' | '\t' => ' ',
            control if is_invisible_control(control) => '\u{fffd}',
            other => other,
        })
        .collect();
    if text.is_empty() {
        return text;
    }
    let marks = "`".repeat(longest_run(&text) + 1);
    let is_plain = !text.starts_with(['`', ' ']) && !text.ends_with(['`', ' ']);
    if is_plain {
        format!("{marks}{text}{marks}")
    } else {
        format!("{marks} {text} {marks}")
    }
}

/// Text as code in a cell of a Markdown table; as plain text where code could not be told from the edge of the cell.
#[must_use]
pub fn code_cell(text: &str) -> String {
    if text.contains("\\|") {
        return markdown_text(text);
    }
    code_span(text).replace('|', "\\|")
}

/// How many backticks stand together at most.
fn longest_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::{entities_in_json, fence, mdx, yaml_scalar};

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        mdx(text, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text stays text")
    }

    #[test]
    fn ordinary_prose_stays_as_it_is() {
        for text in [
            "Name of the model, in the form catalog.schema.model_name (at most 255).",
            "The user's own: see https://docs.example.com/a/b_c_#top.",
            "50% of 3 - 2 = 1!",
        ] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn markup_becomes_references() {
        for (text, expected) in [
            ("a < b && {c}", "a &lt; b &amp;&amp; &#123;c&#125;"),
            ("- item", "&#45; item"),
            ("12. item", "12&#46; item"),
            ("import x", "&#105;mport x"),
            ("arn:aws:s3", "arn&#58;{}aws&#58;s3"),
            ("_a_b_", "&#95;a_b&#95;"),
            ("https://{host}/", "https&#58;{}//&#123;host&#125;/"),
            ("https://a.example:port/x", "https&#58;{}//a.example&#58;port/x"),
            ("me@example.com", "me{}@example.com"),
            ("https://a.example\nb", "https&#58;{}//a.example&#10;b"),
            ("https://a.example/www.b", "https://a.example/www.b"),
            ("https://WWW.a.example", "https&#58;{}//WWW{}.a.example"),
            ("www.example.com", "www{}.example.com"),
            ("a\n\nb", "a&#10;&#10;b"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_markdown_has_no_references_where_a_backslash_does() {
        for (text, expected) in [
            ("export_details", "export_details"),
            ("- item", "\\- item"),
            ("12. item", "12\\. item"),
            ("# a", "\\# a"),
            (" a", "&#32;a"),
        ] {
            assert_eq!(super::markdown_text(text), expected);
        }
    }

    #[test]
    fn scalars_are_quoted_when_needed() {
        for (text, expected) in [
            ("models", "models"),
            ("cloud inventory", "cloud inventory"),
            ("a: b", "\"a: b\""),
            ("yes", "\"yes\""),
            ("1.5", "\"1.5\""),
            ("say \"x\"", "\"say \\\"x\\\"\""),
            ("\u{202e}x", "\"\\u202Ex\""),
            ("", "\"\""),
        ] {
            assert_eq!(yaml_scalar(text), expected);
        }
    }

    #[test]
    fn entities_stand_inside_texts_only() {
        assert_eq!(
            entities_in_json(r#"[{"a":"<b> {\"x\"} & \\"}]"#),
            r#"[{"a":"&lt;b&gt; &#123;\"x\"&#125; &amp; \\"}]"#
        );
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(fence("```", "sql"), "````sql\n```\n````");
    }
}
