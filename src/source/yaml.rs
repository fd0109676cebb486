//! The YAML reader: events of `granit-parser` become a [`Node`] tree. The only file that names that crate.
//!
//! Aliases are expanded by sharing (a clone of a subtree costs nothing), merge keys are applied, depth is bounded.

use std::collections::HashMap;

use ecow::EcoVec;
use granit_parser::{Event, Options, Parser, ScalarStyle, options};

use super::{Document, Entry, FileId, Map, Node, ReadError, Span, Text, Value, scalar};
use crate::diagnostic::Diagnostic;

/// Deepest nesting of collections that is read.
const MAX_DEPTH: usize = 512;

/// Most nodes that aliases may stand for in one document, counted as if they were written out.
const MAX_ALIASED_NODES: usize = 50_000_000;

pub(super) fn load(file: FileId, text: &str) -> Result<Document, ReadError> {
    let options: Options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut loader = Loader {
        file,
        open: Vec::new(),
        anchors: HashMap::new(),
        aliased: 0,
        findings: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| ReadError {
            span: loader.span_at(error.marker().byte_offset().unwrap_or(text.len()), text),
            message: error.info(),
            help: None,
        })?;
        let range = span.byte_range().unwrap_or_default();
        let span = loader.span(range.start, range.end);
        if loader.take(event, span)? {
            break;
        }
    }
    Ok(Document {
        file,
        root: loader.root.unwrap_or_else(|| Node::new(Value::Null)),
        findings: loader.findings,
    })
}

/// A collection whose end has not been seen.
struct Open {
    anchor: usize,
    start: Span,
    nodes: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(EcoVec<Node>),
    Map {
        entries: EcoVec<Entry>,
        index: HashMap<Text, usize>,
        key: Option<(Text, Span)>,
        merges: Vec<Node>,
    },
}

/// Above this many keys a map keeps an index of them while it is read.
const INDEXED_KEYS: usize = 16;

struct Loader {
    file: FileId,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
    findings: Vec<Diagnostic>,
    root: Option<Node>,
}

impl Loader {
    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    fn span_at(&self, offset: usize, text: &str) -> Span {
        let start = offset.min(text.len());
        self.span(start, (start + 1).min(text.len()))
    }

    /// Takes one event; true when the first document is complete.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, ReadError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_string_tag = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let is_plain = style == ScalarStyle::Plain && !is_string_tag;
                if self.expects_key() {
                    if is_plain {
                        self.note_yaml_1_1(&text, span);
                    }
                    self.set_key(Text::from(&*text), span);
                    return Ok(false);
                }
                let value = if is_plain {
                    self.note_yaml_1_1(&text, span);
                    scalar::plain(&text)
                } else {
                    Value::String(Text::from(&*text))
                };
                self.add(Node { value, span }, anchor, 1)?;
            }
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id).cloned() else {
                    return Err(ReadError {
                        message: "this alias refers to a node that contains it".into(),
                        span,
                        help: Some("write the value out".into()),
                    });
                };
                self.aliased += size;
                if self.aliased > MAX_ALIASED_NODES {
                    return Err(ReadError {
                        message: format!("aliases stand for more than {MAX_ALIASED_NODES} nodes"),
                        span,
                        help: Some("write the values out, or use `$ref`".into()),
                    });
                }
                if self.expects_key() {
                    let key = node.scalar_text().ok_or_else(|| composite_key(span))?;
                    self.set_key(key, span);
                } else {
                    self.add(node, 0, size)?;
                }
            }
            Event::SequenceStart(_, anchor, _) => self.start(OpenKind::List(EcoVec::new()), anchor, span)?,
            Event::MappingStart(_, anchor, _) => self.start(
                OpenKind::Map {
                    entries: EcoVec::new(),
                    index: HashMap::new(),
                    key: None,
                    merges: Vec::new(),
                },
                anchor,
                span,
            )?,
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                kind: OpenKind::Map { key: None, .. },
                ..
            })
        )
    }

    fn set_key(&mut self, text: Text, span: Span) {
        if let Some(Open {
            kind: OpenKind::Map { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some((text, span));
        }
    }

    fn note_yaml_1_1(&mut self, text: &str, span: Span) {
        if scalar::differs_in_yaml_1_1(text) {
            self.findings.push(
                Diagnostic::note(
                    "yaml-1-1-scalar",
                    format!("`{text}` is text here, but YAML 1.1 readers take it for something else"),
                )
                .at(span)
                .help(format!("write '{text}' in quotes")),
            );
        }
    }

    fn start(&mut self, kind: OpenKind, anchor: usize, start: Span) -> Result<(), ReadError> {
        if self.expects_key() {
            return Err(composite_key(start));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(ReadError {
                message: format!("nested more than {MAX_DEPTH} levels deep"),
                span: start,
                help: Some("split the value, or use `$ref`".into()),
            });
        }
        self.open.push(Open {
            anchor,
            start,
            nodes: 1,
            kind,
        });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), ReadError> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let span = Span {
            end: end.end.max(open.start.end),
            ..open.start
        };
        let value = match open.kind {
            OpenKind::List(items) => Value::List(items),
            OpenKind::Map { entries, merges, .. } => Value::Map(merge(Map::from_unique(entries), &merges)),
        };
        self.add(Node { value, span }, open.anchor, open.nodes)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize, nodes: usize) -> Result<(), ReadError> {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        let file = self.file;
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.nodes += nodes;
        match &mut open.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map {
                entries,
                index,
                key,
                merges,
            } => {
                let Some((key, key_span)) = key.take() else {
                    return Err(composite_key(node.span));
                };
                if key == "<<" && !matches!(node.value, Value::String(_)) {
                    merges.push(node);
                    return Ok(());
                }
                if let Some(place) = find_key(entries, index, &key) {
                    let first = entries[place].key_span;
                    debug_assert!(first.file == file);
                    self.findings.push(
                        Diagnostic::warning(
                            "duplicate-key",
                            format!("the key `{key}` stands twice; the last one counts"),
                        )
                        .at(key_span)
                        .label(first, "first here")
                        .help("remove one of them"),
                    );
                    entries.make_mut()[place].value = node;
                    return Ok(());
                }
                if entries.len() >= INDEXED_KEYS {
                    if index.is_empty() {
                        index.extend(
                            entries
                                .iter()
                                .enumerate()
                                .map(|(place, entry)| (entry.key.clone(), place)),
                        );
                    }
                    index.insert(key.clone(), entries.len());
                }
                entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                });
            }
        }
        Ok(())
    }
}

fn find_key(entries: &EcoVec<Entry>, index: &HashMap<Text, usize>, key: &Text) -> Option<usize> {
    if index.is_empty() {
        entries.iter().position(|entry| entry.key == *key)
    } else {
        index.get(key).copied()
    }
}

/// Applies `<<` entries: keys of the map itself win, earlier merges win over later ones.
fn merge(mut map: Map, merges: &[Node]) -> Map {
    for merged in merges {
        let sources = match &merged.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(merged),
        };
        for entry in sources.iter().filter_map(Node::as_map).flatten() {
            if !map.contains_key(&entry.key) {
                map.push_unique(entry.clone());
            }
        }
    }
    map
}

fn composite_key(span: Span) -> ReadError {
    ReadError {
        message: "a key must be a scalar".into(),
        span,
        help: Some("quote the key if it was meant as text".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::source::{FileId, Node, Value};

    fn root(text: &str) -> Node {
        load(FileId(0), text).expect("readable").root
    }

    #[test]
    fn json_is_read_as_yaml() {
        let node = root(r#"{"a": [1, "2", true, null], "b": {"c": "x\ny"}}"#);
        assert_eq!(node.get("a").unwrap().as_list().unwrap().len(), 4);
        assert_eq!(node.get("b").unwrap().get_str("c"), Some("x\ny"));
    }

    #[test]
    fn spans_cover_the_scalar() {
        let text = "a: hello\n";
        let node = root(text);
        let span = node.get("a").unwrap().span;
        assert_eq!(&text[span.start as usize..span.end as usize], "hello");
    }

    #[test]
    fn merge_keys_and_aliases_are_applied() {
        let node = root("base: &b {x: 1, y: 2}\nother:\n  <<: *b\n  y: 3\n");
        let other = node.get("other").unwrap();
        assert_eq!(other.get("x").unwrap().value, Value::Number("1".into()));
        assert_eq!(other.get("y").unwrap().value, Value::Number("3".into()));
    }

    #[test]
    fn the_last_of_equal_keys_wins_and_is_reported() {
        let document = load(FileId(0), "a: 1\na: 2\n").unwrap();
        assert_eq!(document.root.get("a").unwrap().as_i64(), Some(2));
        assert_eq!(document.findings.len(), 1);
    }

    #[test]
    fn too_deep_is_an_error_not_a_crash() {
        let text = "[".repeat(100_000);
        assert!(load(FileId(0), &text).is_err());
    }
}
