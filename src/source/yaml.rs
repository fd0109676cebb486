//! The YAML reader: events of `granit-parser` become a [`Node`] tree. The only file that names that crate.
//!
//! Aliases are expanded by sharing (a clone of a subtree costs nothing), merge keys are applied, depth is bounded.

use granit_parser::{Event, Options, Parser, ScalarStyle, options};
use rustc_hash::{FxHashMap, FxHashSet};

use super::builder::Builder;
use super::document::{MAX_DEPTH, too_deep};
use super::{Document, FileId, Node, ReadError, Span, Text, Value, scalar};
use crate::diagnostic::Diagnostic;

/// Most nodes that aliases may stand for in one document, counted as if they were written out.
const MAX_ALIASED_NODES: usize = 5_000_000;

/// Most entries that merge keys may copy in one document.
const MAX_MERGED_ENTRIES: usize = 2_000_000;

/// Reads the first document of a YAML stream.
pub(super) fn load(file: FileId, text: &str) -> Result<Document, ReadError> {
    let options: Options = options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut loader = Loader {
        builder: Builder::new(file),
        open: Vec::new(),
        anchors: FxHashMap::default(),
        nodes: 0,
        aliased: 0,
        merges: Vec::new(),
        merged: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| loader.syntax_error(&error, text))?;
        let range = span.byte_range().unwrap_or_default();
        let span = loader.builder.span(range.start, range.end);
        let is_complete = loader.take(event, span).map_err(|error| ReadError {
            pointer: loader.builder.pointer(),
            ..error
        })?;
        if is_complete {
            break;
        }
    }
    Ok(loader.builder.finish())
}

struct Loader {
    builder: Builder,
    open: Vec<Open>,
    anchors: FxHashMap<usize, (Node, usize)>,
    /// Nodes seen, those behind aliases included.
    nodes: usize,
    aliased: usize,
    /// Values of merge keys of maps that are open, each with the depth of its map.
    merges: Vec<(usize, Node)>,
    /// Entries that merge keys have copied.
    merged: usize,
}

/// A collection whose end has not been seen.
struct Open {
    anchor: usize,
    /// How many nodes had been seen before it.
    nodes_before: usize,
    /// Whether its last key is a merge key.
    has_merge_key: bool,
}

impl Loader {
    fn syntax_error(&self, error: &granit_parser::ScanError, text: &str) -> ReadError {
        let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
        let span = self.builder.span(at, (at + 1).min(text.len()));
        let message = error.info();
        let pointer = self.builder.pointer();
        if message.contains("recursion limit") {
            return ReadError {
                pointer,
                ..too_deep(span)
            };
        }
        ReadError {
            message,
            span,
            pointer,
            help: Some("check brackets, quotes, colons and indentation here and on the lines before".into()),
        }
    }

    /// Takes one event; true when the first document is complete.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, ReadError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_string_tag = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let is_plain = style == ScalarStyle::Plain && !is_string_tag;
                if self.builder.expects_key() {
                    if let Some(open) = self.open.last_mut() {
                        open.has_merge_key = is_plain && text == "<<";
                    }
                    if anchor != 0 {
                        let node = Node::string(&*text).at(span);
                        self.anchors.insert(anchor, (node, 1));
                    }
                    self.builder.key(Text::from(&*text), span);
                    if is_plain {
                        self.note_yaml_1_1(&text, span);
                    }
                    return Ok(false);
                }
                let value = if is_plain {
                    self.note_yaml_1_1(&text, span);
                    scalar::plain(&text)
                } else {
                    Value::String(Text::from(&*text))
                };
                self.nodes += 1;
                self.add(Node { value, span }, anchor, 1);
            }
            Event::Alias(id) => self.alias(id, span)?,
            Event::SequenceStart(_, anchor, _) => {
                self.open(anchor, span)?;
                self.builder.open_list(span.start as usize);
            }
            Event::MappingStart(_, anchor, _) => {
                self.open(anchor, span)?;
                self.builder.open_map(span.start as usize);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), ReadError> {
        let Some((node, size)) = self.anchors.get(&id).cloned() else {
            return Err(ReadError {
                message: "this alias refers to a node that contains it".into(),
                span,
                pointer: String::new(),
                help: Some("write the value out".into()),
            });
        };
        self.nodes += size;
        self.count_aliased(size, span)?;
        if self.builder.expects_key() {
            let key = node.scalar_text().ok_or_else(|| composite_key(span))?;
            if let Some(open) = self.open.last_mut() {
                open.has_merge_key = false;
            }
            self.builder.key(key, span);
        } else {
            self.add(node, 0, size);
        }
        Ok(())
    }

    fn count_aliased(&mut self, size: usize, span: Span) -> Result<(), ReadError> {
        self.aliased += size;
        if self.aliased <= MAX_ALIASED_NODES {
            return Ok(());
        }
        Err(ReadError {
            message: format!("aliases stand for more than {MAX_ALIASED_NODES} nodes"),
            span,
            pointer: String::new(),
            help: Some("write the values out, or use `$ref`".into()),
        })
    }

    fn note_yaml_1_1(&mut self, text: &str, span: Span) {
        if scalar::differs_in_yaml_1_1(text) {
            self.builder.note(|| {
                Diagnostic::note(
                    "yaml-1-1-scalar",
                    format!("`{text}` is text here, but YAML 1.1 readers take it for something else"),
                )
                .at(span)
                .help(format!("write '{text}' in quotes"))
            });
        }
    }

    fn open(&mut self, anchor: usize, start: Span) -> Result<(), ReadError> {
        if self.builder.expects_key() {
            return Err(composite_key(start));
        }
        if self.builder.depth() >= MAX_DEPTH {
            return Err(too_deep(start));
        }
        self.open.push(Open {
            anchor,
            nodes_before: self.nodes,
            has_merge_key: false,
        });
        self.nodes += 1;
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), ReadError> {
        let depth = self.builder.depth();
        let (Some(open), Some(mut node)) = (self.open.pop(), self.builder.close(end.end as usize)) else {
            return Ok(());
        };
        if self.merges.last().is_some_and(|(of, _)| *of == depth) {
            let first = self.merges.partition_point(|(of, _)| *of < depth);
            let merges: Vec<Node> = self.merges.drain(first..).map(|(_, merged)| merged).collect();
            self.merged += merge(&mut node, &merges, MAX_MERGED_ENTRIES - self.merged);
            if self.merged >= MAX_MERGED_ENTRIES {
                return Err(ReadError {
                    message: format!("merge keys copy more than {MAX_MERGED_ENTRIES} entries"),
                    span: node.span,
                    pointer: String::new(),
                    help: Some("write the values out, or use `$ref`".into()),
                });
            }
        }
        self.add(node, open.anchor, self.nodes - open.nodes_before);
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize, nodes: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        let is_merged = matches!(node.value, Value::Map(_) | Value::List(_))
            && self.builder.expects_value()
            && self.open.last().is_some_and(|open| open.has_merge_key);
        if is_merged {
            self.builder.take_key();
            self.merges.push((self.builder.depth(), node));
        } else {
            self.builder.add(node);
        }
    }
}

/// Applies `<<` entries: keys of the map itself win, earlier merges win over later ones. Returns how many entries were
/// copied, which are no more than the limit.
fn merge(node: &mut Node, merges: &[Node], limit: usize) -> usize {
    let Some(map) = node.as_map_mut() else {
        return 0;
    };
    let mut keys: FxHashSet<Text> = map.keys().cloned().collect();
    let mut copied = 0;
    for merged in merges {
        let sources = match &merged.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(merged),
        };
        for entry in sources.iter().filter_map(Node::as_map).flatten() {
            if copied >= limit {
                return copied;
            }
            if keys.insert(entry.key.clone()) {
                map.push_unique(entry.clone());
                copied += 1;
            }
        }
    }
    copied
}

fn composite_key(span: Span) -> ReadError {
    ReadError {
        message: "a key must be a scalar".into(),
        span,
        pointer: String::new(),
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
