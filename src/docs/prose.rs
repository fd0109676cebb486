//! Upstream descriptions as plain text for one cell or paragraph.

use std::borrow::Cow;

use super::markup;

/// The longest description of a page, in characters. Nobody reads more in a cell, the longest real ones have two thirds
/// of it, and the time that parsers of Markdown take grows with the square of some.
const LONGEST: usize = 10_000;

/// A description as one line of plain text: white space collapsed, invisible control characters and tags of formatting
/// dropped, and what a documentation generator left behind (`:param other: …`) cut off, because it speaks of something
/// else. One that is longer than [`LONGEST`] ends with `…`.
#[must_use]
pub(super) fn one_line(text: &str) -> String {
    let text = without_field_lists(text);
    let text = markup::without_tags(&text);
    let text = markup::without_relative_links(&text);
    let text = markup::with_single_backticks(&text);
    let text = markup::without_block_marks(&text);
    shortened(joined(&markup::without_entities(&text)), LONGEST)
}

/// The line, cut at a word where it has more characters than the limit.
fn shortened(line: String, limit: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(limit) else {
        return line;
    };
    let start = &line[..end];
    let words = match line[end..].starts_with(' ') {
        true => start,
        false => start.rsplit_once(' ').map_or(start, |(words, _)| words),
    };
    format!("{}…", words.trim_end_matches([',', ';', ':', '(', '-', ' ']))
}

/// Names and values as one line: they have no markup. White space collapsed, invisible control characters dropped.
#[must_use]
pub(super) fn joined(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|next: char| next.is_whitespace() || next == '\0') {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|next| !next.is_control()));
    }
    line
}

/// Cuts at the first line that is a field of a docstring.
fn without_field_lists(text: &str) -> Cow<'_, str> {
    const FIELDS: [&str; 6] = [":param ", ":returns:", ":return:", ":rtype:", ":raises ", ":type "];
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if FIELDS.iter().any(|field| start.starts_with(field)) {
            return Cow::Borrowed(&text[..end]);
        }
        end += line.len();
    }
    Cow::Borrowed(text)
}

/// The first sentence, and the second when the first is short and not said again.
#[must_use]
pub(super) fn first_sentences(line: &str) -> &str {
    const SHORT: usize = 60;
    const LONG: usize = 400;
    let first = sentence_end(line, 0);
    let end = if first < SHORT {
        sentence_end(line, first)
    } else {
        first
    };
    let is_repeated = line[first..end].trim() == line[..first].trim();
    let end = if end > LONG || is_repeated { first } else { end };
    line[..end].trim_end()
}

/// Where the sentence that starts at `from` ends: behind `.`, `!` or `?` before a space and a capital, not behind a
/// common abbreviation.
fn sentence_end(line: &str, from: usize) -> usize {
    const ABBREVIATIONS: [&str; 8] = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "resp.", "incl."];
    let bytes = line.as_bytes();
    let mut at = from;
    while let Some(found) = line[at..].find(['.', '!', '?']) {
        let place = at + found;
        at = place + 1;
        let rest = line[at..].trim_start_matches([')', '"', '\'']);
        let ends = rest.is_empty() || rest.starts_with(' ') && !rest.trim_start().starts_with(char::is_lowercase);
        let so_far = line[from..at].trim_start();
        let abbreviated = bytes[place] == b'.' && ABBREVIATIONS.iter().any(|word| so_far.ends_with(word));
        if ends && !abbreviated {
            return line.len() - rest.len();
        }
    }
    line.len()
}

/// A sentence for a line of an index: with a capital, without its end, cut at a word where it is long.
#[must_use]
pub(super) fn index_line(text: &str) -> String {
    const LONG: usize = 120;
    let mut line = text[..sentence_end(text, 0)]
        .trim_end()
        .trim_end_matches('.')
        .to_owned();
    // A name in the place of a sentence stays as it is.
    let first_word = line.split(' ').next().unwrap_or_default();
    if first_word.len() < line.len() && first_word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        line[..1].make_ascii_uppercase();
    }
    shortened(line, LONG)
}

/// What is said of something that the API will give up, in front of its description.
#[must_use]
pub(super) fn deprecated(description: &str) -> String {
    if description
        .trim_start_matches(['*', '_'])
        .get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case("deprecated"))
    {
        description.to_owned()
    } else {
        format!("Deprecated. {description}").trim_end().to_owned()
    }
}

/// `a` or `an`, by how the word sounds.
#[must_use]
pub(super) fn article(word: &str) -> &'static str {
    // `you`-nit and `won`-ce begin with a consonant, an hour with a vowel.
    const CONSONANTS: [&str; 12] = [
        "use", "usa", "usu", "uni", "uri", "url", "uuid", "ui", "util", "eu", "one", "once",
    ];
    const VOWELS: [&str; 3] = ["hour", "honor", "honest"];
    let word = word.to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| word.starts_with(start));
    let is_vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']) && !begins(&CONSONANTS);
    if is_vowel || begins(&VOWELS) { "an" } else { "a" }
}

/// Names as code, in a sentence: `` `a`, `b` and `c` ``.
#[must_use]
pub(super) fn codes<T: std::fmt::Display>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    enumeration(&names, "and")
}

/// `Creates, updates, deletes, gets or lists` from its words.
#[must_use]
pub(super) fn enumeration(words: &[&str], conjunction: &str) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, article, deprecated, enumeration, first_sentences, index_line, joined, one_line, shortened};

    #[test]
    fn lines_are_joined_and_docstring_fields_cut() {
        assert_eq!(one_line("A  b\n\n c\u{7}d"), "A b cd");
        assert_eq!(
            one_line("Token of a page.\n\n  :param other: str\n  Other things."),
            "Token of a page."
        );
        assert_eq!(one_line(":param first: str"), "");
        assert_eq!(one_line("a&nbsp;``b`` [c](/d)"), "a `b` c");
        assert_eq!(joined("a&amp;b,  ``c``"), "a&amp;b, ``c``");
    }

    #[test]
    fn sentences_end_where_people_see_the_end() {
        for (text, expected) in [
            (
                "NOTE: in preview. Lists all hooks. More.",
                "NOTE: in preview. Lists all hooks.",
            ),
            ("Uses v1.2 of e.g. the API. Rest", "Uses v1.2 of e.g. the API. Rest"),
            ("No end", "No end"),
            ("Create a thing. Create a thing.", "Create a thing."),
            ("", ""),
        ] {
            assert_eq!(first_sentences(text), expected);
        }
    }

    #[test]
    fn lines_of_an_index_begin_with_a_capital_and_have_no_end() {
        for (text, expected) in [
            ("list all boxes. More.", "List all boxes"),
            ("list_boxes", "list_boxes"),
            ("iOS apps", "iOS apps"),
            ("boxes", "boxes"),
            ("", ""),
        ] {
            assert_eq!(index_line(text), expected);
        }
    }

    #[test]
    fn long_lines_are_cut_at_a_word() {
        for (line, limit, expected) in [
            ("one two", 7, "one two"),
            ("one two", 6, "one…"),
            ("one, two", 4, "one…"),
            ("one two", 3, "one…"),
            ("größer", 3, "grö…"),
        ] {
            assert_eq!(shortened(line.to_owned(), limit), expected);
        }
        assert_eq!(one_line(&"word ".repeat(LONGEST)).chars().count(), LONGEST);
    }

    #[test]
    fn deprecation_is_said_once() {
        for (text, expected) in [
            ("Lists.", "Deprecated. Lists."),
            ("DEPRECATED: use x.", "DEPRECATED: use x."),
            ("**DEPRECATED.** Use x.", "**DEPRECATED.** Use x."),
            ("", "Deprecated."),
        ] {
            assert_eq!(deprecated(text), expected);
        }
    }

    #[test]
    fn articles_go_by_the_sound() {
        for (word, expected) in [
            ("boxes", "a"),
            ("alerts", "an"),
            ("users", "a"),
            ("Usage", "a"),
            ("units", "a"),
            ("updates", "an"),
            ("urls", "a"),
            ("ui", "a"),
            ("uids", "a"),
            ("eu_regions", "a"),
            ("hourly_usage", "an"),
            ("hooks", "a"),
            ("", "a"),
        ] {
            assert_eq!(article(word), expected, "{word}");
        }
    }

    #[test]
    fn words_are_enumerated() {
        assert_eq!(enumeration(&["a", "b", "c"], "or"), "a, b or c");
    }
}
