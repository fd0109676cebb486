//! Texts for people.

use crate::openapi::normalize::draft::Draft;
use crate::openapi::normalize::layout::{Field, field};
use crate::source::{Node, Text};

pass! {
    /// Cleans titles, summaries and descriptions: blanks around them, control characters, and lines that only say that
    /// something is still to be written (`TODO`, `TBD`, `FIXME`).
    ///
    /// Such lines would stand on the pages. All other text is kept as it is; a text of which nothing is left goes.
    "clean-descriptions", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite(|kind, node, place, log| {
        let mut cleaned: Option<Node> = None;
        for key in ["title", "summary", "description"] {
            if field(kind, key) != Some(Field::Text) {
                continue;
            }
            let Some(written) = node.get(key) else { continue };
            let Some(text) = written.as_text() else { continue };
            let Some(clean) = clean(text) else { continue };
            let map = cleaned.get_or_insert_with(|| node.clone()).as_map_mut()?;
            let is_required = key == "title" && kind == crate::openapi::normalize::Kind::Info
                || kind == crate::openapi::normalize::Kind::Response;
            if clean.is_empty() && !is_required {
                log.removed(&place.key(key), written);
                map.remove(key);
            } else {
                let clean = Node::string(clean).at(written.span);
                log.replaced(&place.key(key), written, &clean);
                map.insert(key, clean);
            }
        }
        cleaned
    });
}

/// The clean text; `None` when it is clean.
fn clean(text: &Text) -> Option<Text> {
    let has_mark = ["TODO", "TBD", "FIXME", "todo", "Todo"]
        .iter()
        .any(|mark| text.contains(mark));
    let has_control = text.chars().any(is_unwanted);
    if !has_mark && !has_control {
        let trimmed = text.trim();
        return (trimmed.len() != text.len() || trimmed.is_empty() && !text.is_empty()).then(|| trimmed.into());
    }
    let without_control: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|character| !is_unwanted(*character))
        .collect();
    let lines: Vec<&str> = without_control
        .lines()
        .filter(|line| !is_still_to_write(line))
        .collect();
    let clean = lines.join("\n");
    let clean = clean.trim();
    (clean != text.as_str()).then(|| clean.into())
}

fn is_unwanted(character: char) -> bool {
    (character.is_control() && character != '\n' && character != '\t') || character == '\u{feff}'
}

/// Whether a line is a note of the author to himself.
fn is_still_to_write(line: &str) -> bool {
    let line = line.trim_start_matches(|character: char| !character.is_alphanumeric());
    let Some(word) = line.split(|character: char| !character.is_alphanumeric()).next() else {
        return false;
    };
    let rest = line[word.len()..].trim();
    match word {
        "TODO" | "FIXME" | "TBD" => true,
        "todo" | "Todo" | "tbd" => rest.chars().all(|character| !character.is_alphanumeric()) || rest.starts_with(':'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_notes_to_oneself_go() {
        assert_eq!(clean(&"TODO".into()).as_deref(), Some(""));
        assert_eq!(clean(&"A todo list".into()), None);
        assert_eq!(
            clean(&"Lists todos.\nTODO: say more\n".into()).as_deref(),
            Some("Lists todos.")
        );
        assert_eq!(clean(&" a\u{0}b ".into()).as_deref(), Some("ab"));
        assert_eq!(clean(&"two\n\nparagraphs".into()), None);
    }
}
