//! Wrapped reStructuredText of docstrings as plain Markdown paragraphs: the words stay, the wrapping and the roles go.

use super::docs::indent;
use super::inline;
use crate::source::Text;

/// A run of lines that belong together.
#[derive(Debug)]
struct Block {
    kind: Kind,
    /// Columns before the first character.
    indent: usize,
    text: String,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Kind {
    Paragraph,
    /// An item of a list; the text starts with its mark. The number is the column where its words start.
    Item(usize),
    Code,
}

/// The lines of a docstring as paragraphs with a blank line between them, list items each on its own line.
/// `None` when nothing is said.
pub(super) fn plain(lines: &[&str]) -> Option<Text> {
    let mut references = Vec::new();
    let mut blocks = blocks(lines, &mut references);
    for block in &mut blocks {
        match block.kind {
            Kind::Code => {}
            Kind::Paragraph => {
                block.text = flattened_list(&inline::markdown(&block.text, &references));
            }
            Kind::Item(_) => block.text = inline::markdown(&block.text, &references),
        }
    }
    let text = print(&blocks);
    (!text.is_empty()).then(|| text.into())
}

fn blocks(lines: &[&str], references: &mut Vec<(String, String)>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut after_blank = true;
    let mut lines = lines.iter().copied().peekable();
    while let Some(line) = lines.next() {
        let (margin, words) = (indent(line), line.trim());
        if words.is_empty() {
            after_blank = true;
            continue;
        }
        if let Some(reference) = reference(words) {
            references.push(reference);
            after_blank = true;
            continue;
        }
        if let Some(directive) = words.strip_prefix(".. ").filter(|rest| rest.contains("::")) {
            if directive.starts_with("code") {
                out.extend(code(directive, margin, &mut lines));
                after_blank = true;
                continue;
            }
            let (name, rest) = directive.split_once("::").unwrap_or((directive, ""));
            out.push(paragraph(
                margin,
                format!("{}: {}", capitalised(name), rest.trim()).trim_end(),
            ));
            after_blank = false;
            continue;
        }
        // A number or dash at the start of a line is a list only where a list can begin: wrapped prose has them too.
        let in_list = out.last().is_some_and(|block| matches!(block.kind, Kind::Item(_)));
        match mark_width(words) {
            Some(width) if after_blank || in_list => {
                out.push(Block {
                    kind: Kind::Item(margin + width),
                    indent: margin,
                    text: words.to_owned(),
                });
            }
            _ => match out.last_mut() {
                Some(block) if !after_blank && block.kind != Kind::Code => {
                    block.text.push(' ');
                    block.text.push_str(words);
                }
                _ => out.push(paragraph(margin, words)),
            },
        }
        after_blank = false;
    }
    out
}

fn paragraph(indent: usize, words: &str) -> Block {
    Block {
        kind: Kind::Paragraph,
        indent,
        text: words.to_owned(),
    }
}

/// The lines below a `code-block` directive, fenced. Where the generator lost their indentation they are mere paragraphs,
/// and nothing is left of the directive.
fn code<'a>(
    directive: &str,
    margin: usize,
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
) -> Option<Block> {
    let language = directive.split_once("::").map_or("", |(_, language)| language.trim());
    let mut body: Vec<&str> = Vec::new();
    while let Some(line) = lines.next_if(|line| line.trim().is_empty() || indent(line) > margin) {
        body.push(line);
    }
    let inner = body
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(line))
        .min()?;
    let body: Vec<&str> = body.iter().map(|line| line.get(inner..).unwrap_or_default()).collect();
    let text = format!("```{language}\n{}\n```", body.join("\n").trim_matches('\n'));
    Some(Block {
        kind: Kind::Code,
        indent: margin,
        text,
    })
}

/// `[name]: address` on a line of its own.
fn reference(words: &str) -> Option<(String, String)> {
    let (name, address) = words.strip_prefix('[')?.split_once("]: ")?;
    let address = address.trim();
    (address.contains("://") && !address.contains(' ')).then(|| (name.to_owned(), address.to_owned()))
}

/// How many columns the mark of a list item takes: `- `, `* `, `12. `.
fn mark_width(words: &str) -> Option<usize> {
    if words.starts_with("- ") || words.starts_with("* ") {
        return Some(2);
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=2).contains(&digits) && words[digits..].starts_with(". ")).then_some(digits + 2)
}

/// Older versions wrap a list into the sentence before it: `Values are: * `A`: … * `B`: …`. Each item gets its line back.
fn flattened_list(text: &str) -> String {
    // A star before a literal is a mark wherever it stands, if there are several; any other star only after a colon.
    let marked = text.match_indices(" * `").nth(1).and_then(|_| text.find(" * `"));
    let first = match marked.or_else(|| text.find(": * ").map(|colon| colon + 1)) {
        Some(mark) => mark,
        None if text.starts_with("* ") => 0,
        None => return text.to_owned(),
    };
    let (before, items) = text.split_at(first);
    let mut out = before.to_owned();
    for item in format!(" {}", items.trim_start())
        .split(" * ")
        .filter(|item| !item.is_empty())
    {
        if !out.is_empty() {
            out.push_str(if out.len() == before.len() { "\n\n" } else { "\n" });
        }
        out.push_str("* ");
        out.push_str(item.trim());
    }
    out
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn print(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut list: Vec<usize> = Vec::new();
    let mut before: Option<Kind> = None;
    for block in blocks {
        let item = matches!(block.kind, Kind::Item(_));
        if let Some(before) = before {
            out.push_str(if item && matches!(before, Kind::Item(_)) {
                "\n"
            } else {
                "\n\n"
            });
        }
        // What stands at or right of the words of an item belongs to it; the depth, not the column, is printed.
        while list.last().is_some_and(|column| block.indent < *column) {
            list.pop();
        }
        let margin = "  ".repeat(list.len());
        for (index, line) in block.text.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            if !line.is_empty() {
                out.push_str(&margin);
                out.push_str(line);
            }
        }
        if let Kind::Item(column) = block.kind {
            list.push(column);
        }
        before = Some(block.kind);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn read(text: &str) -> String {
        plain(&text.lines().collect::<Vec<_>>())
            .map(String::from)
            .unwrap_or_default()
    }

    #[test]
    fn wrapped_lines_are_joined_and_paragraphs_kept() {
        assert_eq!(
            read("A job\nruns once.\n\nThen it ends."),
            "A job runs once.\n\nThen it ends."
        );
        assert_eq!(read("\n \n"), "");
    }

    #[test]
    fn lists_keep_their_lines() {
        assert_eq!(
            read("One of:\n\n- ``A``: first\n  value\n- ``B``"),
            "One of:\n\n- `A`: first value\n- `B`"
        );
        assert_eq!(read("1. outer\n\n   - inner\n2. next"), "1. outer\n  - inner\n2. next");
    }

    #[test]
    fn a_number_at_the_start_of_a_wrapped_line_is_no_list() {
        assert_eq!(
            read("it is at 0 and then\n1. It grows."),
            "it is at 0 and then 1. It grows."
        );
    }

    #[test]
    fn a_list_that_was_wrapped_into_its_sentence_is_split_again() {
        assert_eq!(
            read("Values are: * `A`: one\ntwo * `B`: three"),
            "Values are:\n\n* `A`: one two\n* `B`: three"
        );
        assert_eq!(
            read("Any of. * `A`: one * `B`: two"),
            "Any of.\n\n* `A`: one\n* `B`: two"
        );
        assert_eq!(read("cron is 0 0 * * *"), "cron is 0 0 * * *");
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(
            read("Like:\n\n.. code-block:: json\n\n   {\n     1\n   }\n\nEnd"),
            "Like:\n\n```json\n{\n  1\n}\n```\n\nEnd"
        );
        assert_eq!(read("Like:\n\n.. code::\n\n{ 1 }"), "Like:\n\n{ 1 }");
    }

    #[test]
    fn references_move_into_the_text() {
        assert_eq!(
            read("See [the RFC] for\nmore.\n\n[the RFC]: https://a.test/x"),
            "See [the RFC](https://a.test/x) for more."
        );
    }
}
