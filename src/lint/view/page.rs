//! A documentation page (MDX), cut into code and prose.

use std::path::PathBuf;
use std::sync::Arc;

use super::PageSet;
use crate::lint::input::Found;
use crate::source::{FileId, Span};

/// A page as a file.
#[derive(Debug)]
pub(in crate::lint) struct PageFile {
    /// Its file.
    pub(in crate::lint) file: FileId,
    /// Its text.
    pub(in crate::lint) text: Arc<str>,
    /// Where it is.
    pub(in crate::lint) path: PathBuf,
    /// The path that the user gave and that led here.
    pub(in crate::lint) base: PathBuf,
    /// Its parts, in order, without gaps.
    pub(in crate::lint) segments: Vec<Segment>,
}

/// A page among the others of its site.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) struct Page<'a> {
    /// The page.
    pub(in crate::lint) page: &'a PageFile,
    /// The pages that it can link to.
    pub(in crate::lint) set: &'a PageSet<'a>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) struct Segment {
    /// What it is.
    pub(in crate::lint) kind: SegmentKind,
    /// First byte.
    pub(in crate::lint) start: usize,
    /// One past the last byte.
    pub(in crate::lint) end: usize,
}

/// What a part of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) enum SegmentKind {
    /// Between the `---` lines at the start.
    FrontMatter,
    /// `import` and `export` lines.
    Module,
    /// A fenced block, with its language.
    Fence(String),
    /// Between backticks.
    Code,
    /// Everything else: Markdown and tags.
    Prose,
}

pub(in crate::lint) fn page(file: FileId, found: &Found, text: &Arc<str>) -> PageFile {
    PageFile {
        file,
        text: Arc::clone(text),
        path: found.path.clone(),
        base: found.base.clone(),
        segments: segments(text),
    }
}

impl PageFile {
    /// The text of a part.
    pub(in crate::lint) fn text_of(&self, segment: &Segment) -> &str {
        &self.text[segment.start..segment.end]
    }

    /// A span of this file.
    pub(in crate::lint) fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// The parts that are prose, with their offset.
    pub(in crate::lint) fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        self.segments
            .iter()
            .filter(|segment| segment.kind == SegmentKind::Prose)
            .map(|segment| (segment.start, self.text_of(segment)))
    }

    /// The lines of the statements of the SQL blocks, with their offset and their line end.
    pub(in crate::lint) fn statement_lines(&self) -> Vec<(usize, &str)> {
        let mut lines = Vec::new();
        for (mut offset, statement) in self.statements() {
            for line in statement.split_inclusive('\n') {
                lines.push((offset, line));
                offset += line.len();
            }
        }
        lines
    }

    /// The statements of the SQL blocks, with their offset: each up to its `;`.
    pub(in crate::lint) fn statements(&self) -> Vec<(usize, &str)> {
        let blocks = self
            .segments
            .iter()
            .filter(|segment| matches!(&segment.kind, SegmentKind::Fence(language) if language == "sql"));
        blocks
            .flat_map(|segment| {
                let text = self.text_of(segment);
                // The fences themselves are the first and the last line.
                let start = text.find('\n').map_or(text.len(), |at| at + 1);
                let end = text.trim_end().rfind('\n').unwrap_or(text.len()).max(start);
                split_statements(segment.start + start, &text[start..end])
            })
            .collect()
    }
}

/// Cuts a text at each `;` outside quotes and comments.
fn split_statements(offset: usize, text: &str) -> Vec<(usize, &str)> {
    let mut statements = Vec::new();
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        match character {
            '\'' => while rest.next_if(|(_, inside)| *inside != '\'').is_some() {},
            '-' if text[at..].starts_with("--") => while rest.next_if(|(_, inside)| *inside != '\n').is_some() {},
            '/' if text[at..].starts_with("/*") => {
                let end = text[at..].find("*/").map_or(text.len(), |end| at + end);
                while rest.next_if(|(inside, _)| *inside <= end).is_some() {}
            }
            ';' => {
                statements.push((offset + start, &text[start..=at]));
                start = at + 1;
                continue;
            }
            _ => continue,
        }
        // The closing quote, or nothing of meaning.
        if character == '\'' {
            rest.next();
        }
    }
    if !text[start..].trim().is_empty() {
        statements.push((offset + start, &text[start..]));
    }
    statements
}

fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut at = 0;
    let mut fence: Option<(String, usize)> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if let Some((marker, begin)) = &fence {
            if bare.starts_with(marker.as_str()) && bare.trim_start_matches(&marker[..1]).is_empty() {
                if let Some(open) = segments.last_mut() {
                    open.end = at;
                }
                fence = None;
            } else if let Some(open) = segments.last_mut() {
                debug_assert_eq!(open.start, *begin);
                open.end = at;
            }
            continue;
        }
        if bare.starts_with("```") || bare.starts_with("~~~") {
            let length = bare.len() - bare.trim_start_matches(&bare[..1]).len();
            let language = bare[length..]
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            fence = Some((bare[..length].to_owned(), start));
            segments.push(Segment {
                kind: SegmentKind::Fence(language),
                start,
                end: at,
            });
            continue;
        }
        let in_front_matter = matches!(segments.last(), Some(last) if last.kind == SegmentKind::FrontMatter)
            && !text[..start].trim_end().ends_with("\n---");
        let kind = if (start == 0 && bare == "---") || in_front_matter {
            SegmentKind::FrontMatter
        } else if line.starts_with("import ") || line.starts_with("export ") {
            SegmentKind::Module
        } else {
            SegmentKind::Prose
        };
        match segments.last_mut() {
            Some(last) if last.kind == kind => last.end = at,
            _ => segments.push(Segment { kind, start, end: at }),
        }
    }
    segments
        .into_iter()
        .flat_map(|segment| with_code(text, segment))
        .collect()
}

/// Cuts the code between backticks out of prose.
fn with_code(text: &str, segment: Segment) -> Vec<Segment> {
    if segment.kind != SegmentKind::Prose {
        return vec![segment];
    }
    let mut parts = Vec::new();
    let mut start = segment.start;
    let mut at = segment.start;
    while let Some(open) = text[at..segment.end].find('`').map(|open| at + open) {
        let length = text[open..segment.end].bytes().take_while(|byte| *byte == b'`').count();
        let marker = &text[open..open + length];
        let behind = open + length;
        // A blank line ends a paragraph, and with it any hope for the closing mark.
        let paragraph = text[behind..segment.end]
            .find("\n\n")
            .map_or(segment.end, |end| behind + end);
        match text[behind..paragraph].find(marker) {
            Some(close) => {
                let end = behind + close + length;
                parts.push(Segment {
                    kind: SegmentKind::Prose,
                    start,
                    end: open,
                });
                parts.push(Segment {
                    kind: SegmentKind::Code,
                    start: open,
                    end,
                });
                start = end;
                at = end;
            }
            None => at = behind,
        }
    }
    parts.push(Segment {
        kind: SegmentKind::Prose,
        start,
        end: segment.end,
    });
    parts.retain(|part| part.start < part.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::{SegmentKind, segments, split_statements};

    #[test]
    fn a_page_is_cut_without_gaps() {
        let text = "---\ntitle: a\n---\n\nimport X from 'x'\n\nHello `code {}` there\n```sql\nSELECT 1;\n```\nend";
        let parts = segments(text);
        let kinds: Vec<&SegmentKind> = parts.iter().map(|part| &part.kind).collect();
        assert_eq!(
            kinds,
            [
                &SegmentKind::FrontMatter,
                &SegmentKind::Prose,
                &SegmentKind::Module,
                &SegmentKind::Prose,
                &SegmentKind::Code,
                &SegmentKind::Prose,
                &SegmentKind::Fence("sql".into()),
                &SegmentKind::Prose,
            ]
        );
        let joined: String = parts.iter().map(|part| &text[part.start..part.end]).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn statements_end_at_semicolons_outside_text() {
        let found = split_statements(0, "SELECT ';' -- a;\n, b /* ; */ FROM t;\nSELECT 2");
        let texts: Vec<&str> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(texts, ["SELECT ';' -- a;\n, b /* ; */ FROM t;", "\nSELECT 2"]);
    }
}
