//! Proves that a page compiles as MDX (the only file that names the Markdown parser).
//!
//! The parser finds what stops a site's build: tags that do not match, expressions that do not end, text that is taken
//! for code. It knows no JavaScript: where an expression ends is told by its brackets and strings, and what it may say by
//! [`super::javascript`].

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::AssertUnwindSafe;

use markdown::mdast::{AttributeContent, AttributeValue, Node};
use markdown::{Constructs, MdxExpressionKind, MdxSignal, ParseOptions, to_mdast};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::javascript::{self, Names, Refusal};
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

/// Checks one page. What is right by its form is not looked at ([`super::skeleton`]), which gives the same answer as
/// [`check_whole`] in a fraction of the time.
///
/// # Errors
/// The first mistake.
pub fn check(name: &str, page: &str) -> Result<(), MdxError> {
    match skeleton(page) {
        Some(skeleton) if check_whole(name, &skeleton).is_ok() => Ok(()),
        _ => check_whole(name, page),
    }
}

/// Checks one page from its first to its last character.
///
/// # Errors
/// The first mistake.
pub fn check_whole(name: &str, page: &str) -> Result<(), MdxError> {
    let root = parse(name, page)?;
    if let Some((line, column, reason)) = taken_for_code(&root, page) {
        return Err(MdxError {
            page: name.to_owned(),
            line,
            column,
            reason: reason.to_owned(),
        });
    }
    let mut names = Named::default();
    names.collect(&root);
    let (word, reason) = match (names.all.unknown(), names.all.repeated()) {
        (Some(word), _) => (
            word,
            format!("`{word}` is declared nowhere; in a text, braces stand for code"),
        ),
        (None, Some(word)) => (word, format!("`{word}` is declared twice")),
        (None, None) => return Ok(()),
    };
    let (line, column) = names.place_of(word);
    Err(MdxError {
        page: name.to_owned(),
        line,
        column,
        reason,
    })
}

/// What the parser takes for text and the compiler does not: a `<` where a tag would begin that never ends, and an import
/// or export at the start of a paragraph.
fn taken_for_code(node: &Node, page: &str) -> Option<(usize, usize, &'static str)> {
    if let Node::Paragraph(paragraph) = node {
        let at = &paragraph.position.as_ref()?.start;
        let rest = page.get(at.offset..)?;
        if at.column == 1 && (rest.starts_with("import ") || rest.starts_with("export ")) {
            return Some((at.line, at.column, "a line that begins so is taken for code"));
        }
    }
    if let Node::Text(text) = node {
        let at = text.position.as_ref()?;
        let source = page.get(at.start.offset..at.end.offset)?;
        for (place, _) in source.match_indices('<') {
            let (before, rest) = page.split_at(at.start.offset + place);
            let is_escaped = before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            // Behind one at the end of a line, what ends its paragraph decides: it is not taken.
            let is_last = rest[1..].lines().next().unwrap_or_default().trim().is_empty();
            let begins = rest[1..].starts_with(|next: char| !next.is_whitespace());
            if !is_escaped && (begins || is_last) {
                let before = &source[..place];
                let line = at.start.line + before.matches('\n').count();
                let column = match before.rfind('\n') {
                    Some(end) => place - end,
                    None => at.start.column + place,
                };
                let reason = "a tag begins and does not end; `<` as a character is written `&lt;`";
                return Some((line, column, reason));
            }
        }
    }
    let mut children = node.children().into_iter().flatten();
    children.find_map(|child| taken_for_code(child, page))
}

/// The names in the code of a page, and where they were last seen.
#[derive(Default)]
struct Named {
    all: Names,
    places: Vec<(String, (usize, usize))>,
}

impl Named {
    fn collect(&mut self, node: &Node) {
        let place = node.position().map_or((1, 1), |at| (at.start.line, at.start.column));
        match node {
            Node::MdxjsEsm(code) => self.add(javascript::module(&code.value), place),
            Node::MdxFlowExpression(code) => self.add(javascript::expression(&code.value), place),
            Node::MdxTextExpression(code) => self.add(javascript::expression(&code.value), place),
            Node::MdxJsxFlowElement(element) => self.add_attributes(&element.attributes, place),
            Node::MdxJsxTextElement(element) => self.add_attributes(&element.attributes, place),
            _ => {}
        }
        for child in node.children().into_iter().flatten() {
            self.collect(child);
        }
    }

    fn add_attributes(&mut self, attributes: &[AttributeContent], place: (usize, usize)) {
        for attribute in attributes {
            match attribute {
                AttributeContent::Expression(spread) => self.add(javascript::spread(&spread.value), place),
                AttributeContent::Property(property) => {
                    if let Some(AttributeValue::Expression(code)) = &property.value {
                        self.add(javascript::expression(&code.value), place);
                    }
                }
            }
        }
    }

    /// Code that is refused was named by the parser already.
    fn add(&mut self, read: Result<Names, Refusal>, place: (usize, usize)) {
        let Ok(names) = read else { return };
        let all = names.declared.iter().chain(&names.used);
        self.places.extend(all.map(|name| (name.clone(), place)));
        self.all.declared.extend(names.declared);
        self.all.used.extend(names.used);
    }

    fn place_of(&self, word: &str) -> (usize, usize) {
        let last = self.places.iter().rev().find(|(name, _)| name == word);
        last.map_or((1, 1), |(_, place)| *place)
    }
}

/// Checks all pages of a tree, on all cores. Pages whose skeletons are the same are looked at once.
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
    let skeletons: Vec<Option<String>> = pages
        .par_iter()
        .map(|(_, content)| skeleton(std::str::from_utf8(content).ok()?))
        .collect();
    let distinct: FxHashSet<&str> = skeletons.iter().flatten().map(String::as_str).collect();
    let right: FxHashSet<&str> = distinct
        .into_par_iter()
        .filter(|skeleton| check_whole("", skeleton).is_ok())
        .collect();
    pages
        .par_iter()
        .zip(&skeletons)
        .filter(|(_, skeleton)| !skeleton.as_deref().is_some_and(|skeleton| right.contains(skeleton)))
        .filter_map(|((path, content), _)| match std::str::from_utf8(content) {
            Ok(text) => check_whole(path, text).err(),
            Err(error) => Some(MdxError {
                page: (*path).to_owned(),
                line: 1,
                column: error.valid_up_to() + 1,
                reason: "this is not UTF-8".to_owned(),
            }),
        })
        .collect()
}

thread_local! {
    /// Whether this thread is inside the Markdown parser, whose panics are caught and reported as refusals.
    static IS_PARSING: Cell<bool> = const { Cell::new(false) };
}

/// Says nothing of panics that [`check`] catches and reports; all others go to the hook that was there before. For
/// programs, once at their start: a library that is used by others leaves their hooks alone.
pub fn silence_parser() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !IS_PARSING.get() {
            before(panic);
        }
    }));
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
        mdx_esm_parse: Some(Box::new(module)),
        ..ParseOptions::default()
    };
    let page = without_containers(page);
    // The parser's arithmetic fails on a few odd lists; a page is then not proven, and the program goes on.
    IS_PARSING.set(true);
    let parsed = std::panic::catch_unwind(AssertUnwindSafe(|| to_mdast(&page, &options)));
    IS_PARSING.set(false);
    let Ok(parsed) = parsed else {
        return Err(MdxError {
            page: name.to_owned(),
            line: 1,
            column: 1,
            reason: "the parser cannot tell; lists with uneven indentation are the likely cause".to_owned(),
        });
    };
    parsed.map_err(|message| {
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

/// The page with the lines that open and close `:::note` blocks emptied: what stands between them are blocks of their own.
/// As many bytes as before, so that places stay.
fn without_containers(page: &str) -> Cow<'_, str> {
    if !page.contains(":::") {
        return Cow::Borrowed(page);
    }
    let mut open = 0;
    let mut is_code = false;
    let mut text = String::with_capacity(page.len());
    for line in page.split_inclusive('\n') {
        // Imports go on to the next empty line.
        is_code = !line.trim().is_empty() && (is_code || line.starts_with("import ") || line.starts_with("export "));
        let inner = line.trim_start_matches(' ');
        let name = inner.trim_start_matches(':');
        let is_fence = line.len() - inner.len() < 4 && inner.len() - name.len() >= 3;
        let opens = is_fence && name.trim_start().starts_with(|first: char| first.is_ascii_alphabetic());
        let closes = is_fence && open > 0 && name.trim().is_empty();
        if !is_code && (opens || closes) {
            open = if opens { open + 1 } else { open - 1 };
            let end = if line.ends_with('\n') { "\n" } else { "" };
            text.push_str(&" ".repeat(line.len() - end.len()));
            text.push_str(end);
        } else {
            text.push_str(line);
        }
    }
    Cow::Owned(text)
}

fn expression(text: &str, kind: &MdxExpressionKind) -> MdxSignal {
    match brackets(text) {
        MdxSignal::Ok => signal(match kind {
            MdxExpressionKind::AttributeExpression => javascript::spread(text),
            MdxExpressionKind::AttributeValueExpression if text.trim().is_empty() => Err(Refusal {
                place: 0,
                reason: "a value is missing".to_owned(),
            }),
            MdxExpressionKind::AttributeValueExpression | MdxExpressionKind::Expression => javascript::expression(text),
        }),
        other => other,
    }
}

fn module(text: &str) -> MdxSignal {
    match brackets(text) {
        MdxSignal::Ok => signal(javascript::module(text)),
        other => other,
    }
}

fn signal(read: Result<Names, Refusal>) -> MdxSignal {
    match read {
        Ok(_) => MdxSignal::Ok,
        Err(Refusal { place, reason }) => MdxSignal::Error(
            reason,
            place,
            Box::new("spgen".to_owned()),
            Box::new("javascript".to_owned()),
        ),
    }
}

/// Whether brackets pair and strings end.
fn brackets(code: &str) -> MdxSignal {
    let source = || Box::new("spgen".to_owned());
    let rule = || Box::new("expression".to_owned());
    let mut open = Vec::new();
    let mut characters = code.char_indices();
    while let Some((place, character)) = characters.next() {
        if character == '/' && code[place..].starts_with("/*") {
            let Some(length) = code[place + 2..].find("*/") else {
                return MdxSignal::Eof("a comment does not end".to_owned(), source(), rule());
            };
            let end = place + length + 4;
            while characters.clone().next().is_some_and(|(next, _)| next < end) {
                characters.next();
            }
            continue;
        }
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
            Node::MdxJsxTextElement(element) if is_inline(element.name.as_deref()) => {
                piece.push_str(&text_of(child));
            }
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

/// Elements that stand inside a sentence.
fn is_inline(name: Option<&str>) -> bool {
    matches!(name, Some("code" | "a" | "strong"))
}

fn text_of(node: &Node) -> String {
    match node {
        Node::Text(text) => text.value.clone(),
        Node::MdxTextExpression(_) => String::new(),
        other => other.children().into_iter().flatten().map(text_of).collect(),
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
