//! How a scalar is written so that every reader takes it for the same: plain where no reader of YAML 1.1 or 1.2 could
//! see anything but this text, else in quotes. When in doubt, in quotes.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Words that some reader takes for null, a boolean or a number, in any case.
const WORDS: [&str; 11] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
];

/// A text as plain, single-quoted or double-quoted scalar.
pub(super) fn write_on_one_line(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else if text.chars().all(is_printable) {
        out.push('\'');
        for part in text.split_inclusive('\'') {
            out.push_str(part);
            if part.ends_with('\'') {
                out.push('\'');
            }
        }
        out.push('\'');
    } else {
        write_double_quoted(text, out);
    }
}

/// Whether a text has several lines and all of it can be shown as they are.
pub(super) fn suits_a_block(text: &str) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let is_shown = |character| matches!(character, '\n' | '\t') || is_printable(character);
    let is_line = |line: &str| !line.starts_with('\t');
    // A last line of blanks alone is where readers differ.
    let last = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    text.chars().all(is_shown) && text.split('\n').all(is_line) && !last.trim_matches([' ', '\t']).is_empty()
}

/// A number as JSON and both versions of YAML write it: digits on both sides of a point, a point and a sign where there
/// is an exponent, no plus in front. Text that needs none of this stays.
pub(super) fn number(text: &str) -> Cow<'_, str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let needs_none = unsigned.starts_with(|first: char| first.is_ascii_digit())
        && unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !unsigned.ends_with('.');
    if needs_none {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    if text.starts_with('-') {
        out.push('-');
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], &unsigned[at..]),
        None => (unsigned, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    out.push_str(if whole.is_empty() { "0" } else { whole });
    match fraction {
        Some("") => out.push_str(".0"),
        None if !exponent.is_empty() => out.push_str(".0"),
        None => {}
        Some(fraction) => {
            out.push('.');
            out.push_str(fraction);
        }
    }
    if let (Some(letter), Some(rest)) = (exponent.get(..1), exponent.get(1..)) {
        out.push_str(letter);
        if !rest.starts_with(['+', '-']) {
            out.push('+');
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// Whether no reader could take the bare text for anything else.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let starts_well = match first {
        '_' | '/' | '$' | '(' => true,
        _ => first.is_alphanumeric(),
    };
    if !starts_well || text.ends_with([' ', ':']) {
        return false;
    }
    let bytes = text.as_bytes();
    let mut is_ascii = true;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if bytes.get(at + 1) == Some(&b' ') => return false,
            b'#' if at > 0 && bytes[at - 1] == b' ' => return false,
            0..0x20 | 0x7F => return false,
            0x80.. => is_ascii = false,
            _ => {}
        }
    }
    (is_ascii || text.chars().all(is_printable)) && !looks_like_a_number(text) && !is_word(text)
}

fn is_word(text: &str) -> bool {
    text.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a text consists of what numbers, dates and times are made of. Much that is none looks so, too.
fn looks_like_a_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_numeric())
        && text.chars().all(|character| {
            matches!(character, 'a'..='f' | 'A'..='F' | 'x' | 'X' | 'o' | 'O' | 't' | 'T' | 'z' | 'Z' | '_' | '.' | ':' | '+' | '-' | ' ')
                || character.is_numeric()
        })
}

/// Characters that YAML 1.1 lets stand as they are, without those that end a line in one version or the other.
fn is_printable(character: char) -> bool {
    matches!(
        character,
        ' '..='~'
            | '\u{A0}'..='\u{2027}'
            | '\u{202A}'..='\u{D7FF}'
            | '\u{E000}'..='\u{FEFE}'
            | '\u{FF00}'..='\u{FFFD}'
            | '\u{10000}'..
    )
}

/// Double quotes, with the escapes that all readers know. Characters beyond the first 65,536 stand as they are: the
/// runtime's reader refuses surrogate pairs.
fn write_double_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_printable(character) => out.push(character),
            _ => {
                // Writing into a `String` cannot fail.
                let _ = match u32::from(character) {
                    code @ 0..=0xFF => write!(out, "\\x{code:02X}"),
                    code => write!(out, "\\u{code:04X}"),
                };
            }
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{number, write_on_one_line};

    fn shown(text: &str) -> String {
        let mut out = String::new();
        write_on_one_line(text, &mut out);
        out
    }

    #[test]
    fn ordinary_text_is_plain() {
        for text in [
            "name",
            "two words, and more",
            "/v1/{id}",
            "$ref",
            "it's",
            "say \"x\"",
            "a#b",
            "http://a.b/c",
            "übung",
            "日本",
            "application/json",
            "10 items",
            "v1.2",
            "_x",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn text_that_a_reader_could_mistake_is_quoted() {
        for text in [
            "",
            "y",
            "N",
            "Yes",
            "on",
            "OFF",
            "true",
            "null",
            "~",
            "012",
            "0x1F",
            "0o7",
            "1e3",
            "1.5",
            "1_000",
            "1:30",
            "2024-01-01",
            "2024-01-01T00:00:00Z",
            ".5",
            ".inf",
            "-1",
            "+1",
            "- a",
            "-",
            "---",
            "...",
            "? a",
            "<<",
            "=",
            "a: b",
            "a:",
            "a #b",
            "#a",
            " a",
            "a ",
            "@a",
            "`a",
            "%a",
            "!a",
            "&a",
            "*a",
            "{a",
            "[a",
            "|",
            ">",
            "NaN",
            "200",
            "🎉",
            "\u{661}",
        ] {
            assert!(shown(text).starts_with('\''), "{text} is written {}", shown(text));
        }
        assert_eq!(shown("- it's"), "'- it''s'");
    }

    #[test]
    fn what_cannot_be_shown_is_escaped() {
        assert_eq!(
            shown("a\u{1b}\n\t\u{85}\u{2028}\u{feff}\"\\"),
            r#""a\x1B\n\t\x85\u2028\uFEFF\"\\""#
        );
        assert_eq!(shown("\n🎉"), "\"\\n🎉\"");
    }

    #[test]
    fn numbers_are_written_as_all_readers_want_them() {
        for (text, expected) in [
            ("1", "1"),
            ("-1.50", "-1.50"),
            ("1e3", "1.0e+3"),
            ("1E-3", "1.0E-3"),
            ("-.5e7", "-0.5e+7"),
            ("+1.", "1.0"),
        ] {
            assert_eq!(number(text), expected);
        }
    }
}
