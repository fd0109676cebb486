//! The piece of a line that is shown under a finding. Short, whatever the line: specs come as one line of 13 MB, too.

use std::ops::Range;

/// Most characters shown before the place and from the place on.
const BEFORE: usize = 60;
const FROM: usize = 100;

/// One line, or the part of it around the place.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    /// The text, without a line end.
    pub(super) text: String,
    /// The place in it, in bytes.
    pub(super) place: Range<usize>,
    /// Whether the line starts earlier.
    pub(super) is_cut_before: bool,
}

/// Cuts the excerpt for a byte range of a text; what lies behind the first line is not shown.
pub(super) fn excerpt(text: &str, span: Range<usize>) -> Excerpt {
    let start = boundary(text, span.start);
    let end = boundary(text, span.end.max(span.start));

    let before = &text[boundary(text, start.saturating_sub(4 * (BEFORE + 1)))..start];
    let before = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
    let (before, is_cut_before) = match before.char_indices().rev().nth(BEFORE - 1) {
        Some((at, _)) if at > 0 => (&before[at..], true),
        _ => (before, false),
    };

    let from = &text[start..boundary(text, start.saturating_add(4 * (FROM + 1)))];
    let from = from.find(['\n', '\r']).map_or(from, |line_end| &from[..line_end]);
    let (from, is_cut_after) = match from.char_indices().nth(FROM) {
        Some((at, _)) => (&from[..at], true),
        None => (from, false),
    };

    let mut shown = String::with_capacity(before.len() + from.len() + 6);
    if is_cut_before {
        shown.push('…');
    }
    shown.push_str(before);
    let at = shown.len();
    shown.push_str(from);
    let place = at..at + (end - start).min(from.len());
    if is_cut_after {
        shown.push('…');
    }
    Excerpt {
        text: shown,
        place,
        is_cut_before,
    }
}

/// The start of the character that an offset lies in, within the text.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, excerpt};

    #[test]
    fn a_short_line_is_shown_whole() {
        let text = "a: 1\n  bé: two\r\nc: 3\n";
        let at = text.find("two").unwrap();
        assert_eq!(
            excerpt(text, at..at + 3),
            Excerpt {
                text: "  bé: two".into(),
                place: 7..10,
                is_cut_before: false,
            }
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}X{}", "ü".repeat(5_000_000), "é".repeat(5_000_000));
        let at = text.find('X').unwrap();
        let shown = excerpt(&text, at..text.len());
        assert_eq!(&shown.text[shown.place.start..=shown.place.start], "X");
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert!(shown.text.chars().count() < 170);
    }

    #[test]
    fn only_the_first_line_of_a_range_is_shown() {
        let shown = excerpt("a:\n  b: 1\n", 0..9);
        assert_eq!((shown.text.as_str(), shown.place), ("a:", 0..2));
    }

    #[test]
    fn any_offset_is_safe() {
        let text = "ä\n€ 🎉\r\n\t日本";
        for start in 0..=text.len() + 3 {
            for end in 0..=text.len() + 3 {
                let shown = excerpt(text, start..end);
                assert!(shown.text.get(shown.place).is_some());
            }
        }
    }
}
