//! The little markup of descriptions that readers expect to see as such: code between backticks, links with an address of
//! their own, and bold words. Everything else of a description is text, and text it stays.

use std::io::{self, Write};

use super::escape;
use crate::docs::markup;

/// A piece of a description.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// Between backticks.
    Code(&'a str),
    /// Between double asterisks; code may stand inside.
    Strong(&'a str),
    /// `[words](https://…)`
    Link(&'a str, &'a str),
}

/// A description for a page: MDX that shows its text, with code, links and bold words as such.
#[must_use]
pub(super) fn mdx(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + text.len() / 8);
    write_mdx(text, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text stays text")
}

fn write_mdx(text: &str, out: &mut Vec<u8>) -> io::Result<()> {
    for (index, piece) in pieces(text).into_iter().enumerate() {
        let escaped = |text: &str, out: &mut Vec<u8>| match index {
            0 => escape::mdx(text, out),
            _ => escape::mdx_inside(text, out),
        };
        match piece {
            Piece::Text(text) => escaped(text, out)?,
            Piece::Code(code) => write_code(code, out)?,
            Piece::Strong(words) => {
                out.write_all(b"<strong>")?;
                for piece in pieces(words) {
                    if let Piece::Code(code) = piece {
                        write_code(code, out)?;
                    } else {
                        escape::mdx_inside(piece.words(), out)?;
                    }
                }
                out.write_all(b"</strong>")?;
            }
            Piece::Link(words, address) => {
                write!(out, "<a href=\"{}\">", escape::attribute(address))?;
                escape::mdx_inside(words, out)?;
                out.write_all(b"</a>")?;
            }
        }
    }
    Ok(())
}

fn write_code(code: &str, out: &mut Vec<u8>) -> io::Result<()> {
    out.write_all(b"<code>")?;
    escape::mdx_inside(code, out)?;
    out.write_all(b"</code>")
}

/// A description in plain Markdown, with code, links and bold words as such.
#[must_use]
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (index, piece) in pieces(text).into_iter().enumerate() {
        match piece {
            Piece::Text(text) if index == 0 => out.push_str(&escape::markdown_text(text)),
            Piece::Text(text) => out.push_str(&escape::markdown_inside(text)),
            Piece::Code(code) => out.push_str(&escape::code_cell(code)),
            Piece::Strong(words) => {
                out.push_str("**");
                for piece in pieces(words) {
                    out.push_str(&match piece {
                        Piece::Code(code) => escape::code_cell(code),
                        other => escape::markdown_inside(other.words()),
                    });
                }
                out.push_str("**");
            }
            Piece::Link(words, address) => out.push_str(&format!("[{}]({address})", escape::markdown_inside(words))),
        }
    }
    out
}

/// The text without the marks: what a reader sees.
#[must_use]
pub fn shown(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Strong(words) => pieces(words).iter().map(Piece::words).collect(),
            other => other.words().to_owned(),
        })
        .collect()
}

impl<'a> Piece<'a> {
    /// What a reader sees, but for marks inside.
    fn words(&self) -> &'a str {
        match self {
            Piece::Text(text) | Piece::Code(text) | Piece::Strong(text) | Piece::Link(text, _) => text,
        }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['`', '*', '[']) {
        let place = at + found;
        let rest = &text[place..];
        let last = text[..place].chars().next_back();
        if let Some((piece, length)) = code(rest, last)
            .or_else(|| strong(rest, last))
            .or_else(|| link(rest, last))
        {
            if plain < place {
                pieces.push(Piece::Text(&text[plain..place]));
            }
            pieces.push(piece);
            at = place + length;
            plain = at;
        } else {
            // A run of marks that is none of these is passed as a whole: none begins in its middle.
            let mark = &rest[..1];
            at = place + rest.len() - rest.trim_start_matches(mark).len();
        }
    }
    if plain < text.len() {
        pieces.push(Piece::Text(&text[plain..]));
    }
    pieces
}

/// `` `words` ``, no empty ones, no runs of backticks.
fn code(rest: &str, last: Option<char>) -> Option<(Piece<'_>, usize)> {
    let inner = rest.strip_prefix('`')?;
    let length = inner.find('`')?;
    let (words, after) = (&inner[..length], &inner[length + 1..]);
    let is_code = !words.trim().is_empty() && last != Some('`') && !after.starts_with('`');
    is_code.then_some((Piece::Code(words), length + 2))
}

/// `**words**`, not inside a word.
fn strong(rest: &str, last: Option<char>) -> Option<(Piece<'_>, usize)> {
    let inner = rest.strip_prefix("**")?;
    let length = inner.find('*')?;
    let (words, end) = inner.split_at(length);
    let after = end.strip_prefix("**")?;
    let is_strong = !words.is_empty()
        && !words.starts_with(char::is_whitespace)
        && !words.ends_with(char::is_whitespace)
        && !words.contains('[')
        && words.matches('`').count() % 2 == 0
        && !last.is_some_and(|last| last.is_alphanumeric() || last == '*')
        && !after.starts_with(|next: char| next.is_alphanumeric() || next == '*');
    is_strong.then_some((Piece::Strong(words), length + 4))
}

/// `[words](https://…)`, no picture, with an address of characters that need no escaping anywhere.
fn link(rest: &str, last: Option<char>) -> Option<(Piece<'_>, usize)> {
    let (words, address, length) = markup::link(rest)?;
    // A link whose words are code as a whole is a link.
    let words = words
        .strip_prefix('`')
        .and_then(|words| words.strip_suffix('`'))
        .unwrap_or(words);
    let is_plain = |next: char| next.is_ascii_alphanumeric() || ":/.-_#?=&%~+,@".contains(next);
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let host = address.split("://").nth(1).unwrap_or_default();
    let has_host = host.starts_with(|next: char| next.is_ascii_alphanumeric());
    let is_link = !words.trim().is_empty()
        && !words.contains(['`', '*'])
        && last != Some('!')
        && last != Some('\\')
        && is_web
        && address.chars().all(is_plain)
        && has_host;
    is_link.then_some((Piece::Link(words, address), length))
}

#[cfg(test)]
mod tests {
    use super::{markdown, mdx, shown};

    #[test]
    fn code_links_and_bold_words_are_shown_as_such() {
        let text = "**Note:** `a<b>` is {x}; see [the _guide_](https://example.com/a_b?c=1&d=2#e).";
        assert_eq!(
            mdx(text),
            "<strong>Note&#58;</strong> <code>a&lt;b&gt;</code> is &#123;x&#125;; see <a \
             href=\"https://example.com/a_b?c=1&amp;d=2#e\">the &#95;guide&#95;</a>."
                .replace("Note&#58;", "Note:")
        );
        assert_eq!(
            markdown(text),
            "**Note:** `a<b>` is {x}; see [the \\_guide\\_](https://example.com/a_b?c=1&d=2#e)."
        );
        assert_eq!(shown(text), "Note: a<b> is {x}; see the _guide_.");
        let strong = "**Required when the `state` is `a*b`.** x **if `state` is set.**";
        assert_eq!(
            mdx(strong),
            "&#42;&#42;Required when the <code>state</code> is <code>a&#42;b</code>.&#42;&#42; x <strong>if \
             <code>state</code> is set.</strong>"
        );
        assert_eq!(markdown("**if `state` is set.**"), "**if `state` is set.**");
        assert_eq!(shown("**if `state` is set.**"), "if state is set.");
        let code = "See [`gzip`](http://example.com/gzip).";
        assert_eq!(mdx(code), "See <a href=\"http://example.com/gzip\">gzip</a>.");
        assert_eq!(markdown(code), "See [gzip](http://example.com/gzip).");
    }

    #[test]
    fn what_is_no_markup_stays_text() {
        for text in [
            "a ` b",
            "``a``",
            "` `",
            "2**3**4",
            "** a **",
            "[`a](https://e.com)",
            "[a](javascript:x)",
            "[a](/docs/a)",
            "[a](https://)",
            "[a](https://e.com/\"x)",
            "![a](https://e.com/x.png)",
            "[](https://e.com)",
            "a[0] and b[1]",
            "***a***",
            "[",
            "*",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
