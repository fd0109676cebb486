//! What a conversion, an overlay or a normalisation pass changed: the record that makes every change accountable.

use std::fmt::Write as _;

use crate::source::{Node, Span, Text, Value};

/// Longest excerpt of a value that a change shows, in bytes.
const MAX_EXCERPT: usize = 120;

/// One change of a document.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Change {
    /// The id of the pass, conversion or overlay that made it, in kebab case.
    pub pass: &'static str,
    /// The JSON pointer of the changed place, in the document that the pass found.
    pub pointer: String,
    /// Where it stands in its file.
    #[serde(skip)]
    pub span: Span,
    /// What stood there, shortened; empty when the place is new.
    pub before: Text,
    /// What stands there now, shortened; empty when the place is gone.
    pub after: Text,
}

impl Change {
    /// A change at a place; say with [`Self::before`] and [`Self::after`] what changed.
    #[must_use]
    pub fn new(pass: &'static str, pointer: impl Into<String>, span: Span) -> Self {
        Change {
            pass,
            pointer: pointer.into(),
            span,
            before: Text::new(),
            after: Text::new(),
        }
    }

    /// The value that stood there.
    #[must_use]
    pub fn before(mut self, node: &Node) -> Self {
        self.before = excerpt(node);
        self
    }

    /// The value that stands there now.
    #[must_use]
    pub fn after(mut self, node: &Node) -> Self {
        self.after = excerpt(node);
        self
    }

    /// What stood there, in words.
    #[must_use]
    pub fn before_text(mut self, text: impl Into<Text>) -> Self {
        self.before = text.into();
        self
    }

    /// What stands there now, in words.
    #[must_use]
    pub fn after_text(mut self, text: impl Into<Text>) -> Self {
        self.after = text.into();
        self
    }
}

/// The value as compact JSON, cut after [`MAX_EXCERPT`] bytes. The cost does not depend on the size of the value.
fn excerpt(node: &Node) -> Text {
    let mut out = String::new();
    write_excerpt(node, &mut out);
    if out.len() > MAX_EXCERPT {
        let mut end = MAX_EXCERPT;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out.push('…');
    }
    out.into()
}

fn write_excerpt(node: &Node, out: &mut String) {
    if out.len() > MAX_EXCERPT {
        return;
    }
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => write_text(text, out),
        Value::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate().take(MAX_EXCERPT) {
                if index > 0 {
                    out.push_str(", ");
                }
                write_excerpt(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, entry) in map.iter().enumerate().take(MAX_EXCERPT) {
                if out.len() > MAX_EXCERPT {
                    break;
                }
                if index > 0 {
                    out.push_str(", ");
                }
                write_text(&entry.key, out);
                out.push_str(": ");
                write_excerpt(&entry.value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    let start: String = text.chars().take(MAX_EXCERPT).collect();
    // Writing into a `String` cannot fail.
    let _ = write!(out, "{start:?}");
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::source::{FileId, Node, Span, read};

    fn node(text: &str) -> Node {
        read(FileId(0), text).expect("readable").root
    }

    #[test]
    fn values_are_shown_as_json() {
        let change = Change::new("merge-all-of", "/a", Span::NONE)
            .before(&node("{a: [1, yes], b: null}"))
            .after_text("left out");
        assert_eq!(change.before, r#"{"a": [1, "yes"], "b": null}"#);
        assert_eq!(change.after, "left out");
    }

    #[test]
    fn large_values_are_cut() {
        let long = Node::list((0..10_000).map(|_| Node::string("ä".repeat(1000))));
        let change = Change::new("x", "", Span::NONE).before(&long);
        assert!(change.before.len() <= super::MAX_EXCERPT + 3 && change.before.ends_with('…'));
    }
}
