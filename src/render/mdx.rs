//! Proves that a page compiles as MDX (the only file that names the Markdown parser).
//!
//! The parser finds what stops a site's build: tags that do not match, expressions that do not end, text that is taken
//! for code. It knows no JavaScript, so expressions and imports get a reader of their own that pairs brackets and ends
//! strings; what the built-in templates put there is JSON.

use markdown::mdast::Node;
use markdown::{Constructs, MdxExpressionKind, MdxSignal, ParseOptions, to_mdast};
use rayon::prelude::*;

use super::skeleton::skeleton;
use crate::output::FileTree;

/// Why a page does not compile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{page}:{line}:{column}: {reason}")]
pub struct MdxError {
    /// The page's file.
    pub page: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

/// Checks one page. What is right by its form is not looked at again ([`super::skeleton`]), which gives the same answer
/// as [`check_whole`] in a fraction of the time.
///
/// # Errors
/// The first mistake.
pub fn check(name: &str, page: &str) -> Result<(), MdxError> {
    let Some(skeleton) = skeleton(page) else {
        return check_whole(name, page);
    };
    check_whole(name, &skeleton.text).map_err(|mut error| {
        error.line = skeleton.lines.get(error.line - 1).copied().unwrap_or(error.line);
        error
    })
}

/// Checks one page from its first to its last character.
///
/// # Errors
/// The first mistake.
pub fn check_whole(name: &str, page: &str) -> Result<(), MdxError> {
    parse(name, page).map(|_| ())
}

/// Checks all pages of a tree, on all cores.
#[must_use]
pub fn check_all(tree: &FileTree) -> Vec<MdxError> {
    let pages: Vec<(&str, &[u8])> = tree
        .iter()
        .filter(|(path, _)| {
            std::path::Path::new(path)
                .extension()
                .is_some_and(|extension| extension == "md" || extension == "mdx")
        })
        .collect();
    pages
        .par_iter()
        .filter_map(|(path, content)| match std::str::from_utf8(content) {
            Ok(text) => check(path, text).err(),
            Err(error) => Some(MdxError {
                page: (*path).to_owned(),
                line: 1,
                column: error.valid_up_to() + 1,
                reason: "this is not UTF-8".to_owned(),
            }),
        })
        .collect()
}

fn parse(name: &str, page: &str) -> Result<Node, MdxError> {
    let options = ParseOptions {
        constructs: Constructs {
            frontmatter: true,
            gfm_strikethrough: true,
            gfm_table: true,
            ..Constructs::mdx()
        },
        mdx_expression_parse: Some(Box::new(expression)),
        mdx_esm_parse: Some(Box::new(brackets)),
        ..ParseOptions::default()
    };
    to_mdast(page, &options).map_err(|message| {
        let (line, column) = match message.place.as_deref() {
            Some(markdown::message::Place::Position(position)) => (position.start.line, position.start.column),
            Some(markdown::message::Place::Point(point)) => (point.line, point.column),
            None => (1, 1),
        };
        MdxError {
            page: name.to_owned(),
            line,
            column,
            reason: message.reason,
        }
    })
}

fn expression(text: &str, _: &MdxExpressionKind) -> MdxSignal {
    brackets(text)
}

/// Whether brackets pair and strings end.
fn brackets(code: &str) -> MdxSignal {
    let source = || Box::new("spgen".to_owned());
    let rule = || Box::new("expression".to_owned());
    let mut open = Vec::new();
    let mut characters = code.char_indices();
    while let Some((place, character)) = characters.next() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(character) => {
                let reason = format!("`{character}` closes nothing");
                return MdxSignal::Error(reason, place, source(), rule());
            }
            '"' | '\'' | '`' => {
                let mut ended = false;
                while let Some((_, inner)) = characters.next() {
                    match inner {
                        '\\' => {
                            characters.next();
                        }
                        _ if inner == character => {
                            ended = true;
                            break;
                        }
                        '\n' if character != '`' => break,
                        _ => {}
                    }
                }
                if !ended {
                    return MdxSignal::Eof("a string does not end".to_owned(), source(), rule());
                }
            }
            _ => {}
        }
    }
    if open.is_empty() {
        MdxSignal::Ok
    } else {
        MdxSignal::Eof("a bracket is not closed".to_owned(), source(), rule())
    }
}

/// The text that a page shows, by elements: what the tests compare descriptions with.
///
/// # Errors
/// A page that does not compile.
pub fn shown_text(name: &str, page: &str) -> Result<Vec<String>, MdxError> {
    let root = parse(name, page)?;
    let mut texts = Vec::new();
    collect(&root, &mut texts);
    Ok(texts)
}

/// Text between two tags counts as one piece, however the parser cuts it.
fn collect(node: &Node, texts: &mut Vec<String>) {
    let children = node.children().map(Vec::as_slice).unwrap_or_default();
    let mut piece = String::new();
    for child in children {
        match child {
            Node::Text(text) => piece.push_str(&text.value),
            Node::MdxTextExpression(_) => {}
            Node::InlineCode(code) => piece.push_str(&code.value),
            Node::Code(code) => texts.push(code.value.clone()),
            other => {
                if !piece.is_empty() {
                    texts.push(std::mem::take(&mut piece));
                }
                collect(other, texts);
            }
        }
    }
    if !piece.is_empty() {
        texts.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn good_pages_pass() {
        for page in [
            "---\ntitle: x\n---\n\nimport A from 'a';\n\n# A `b`\n\n<A code=\"x\" b={[{ \"c\": \"}\" }]} />\n",
            "<div>\n\ntext {} text\n\n</div>\n",
        ] {
            assert_eq!(check("p.md", page), Ok(()));
        }
    }

    #[test]
    fn a_lone_less_than_sign_is_text() {
        // `@mdx-js/mdx` takes it as well: a tag's name follows its bracket at once.
        assert!(check("p.md", "a < b").is_ok());
    }

    #[test]
    fn what_would_stop_a_build_is_found() {
        for (page, reason) in [
            ("a <br> b", "Expected a closing tag"),
            ("a {b", "brace"),
            ("<https://example.com>", "Unexpected character"),
            ("<!-- x -->", "Unexpected character"),
            ("<A b={[1} />", "bracket is not closed"),
        ] {
            let error = check("p.md", page).expect_err(page);
            assert!(error.reason.contains(reason), "{page}: {}", error.reason);
        }
    }
}
