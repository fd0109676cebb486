//! A node together with how it was reached.

use super::{Node, Span, Value, pointer};

/// One step down a tree.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Into a map.
    Key(&'a str, Span),
    /// Into a list.
    Index(usize),
}

/// A node together with how it was reached. Lives on the stack; builds its JSON pointer only when asked.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The node.
    pub node: &'a Node,
    step: Option<(&'a At<'a>, Step<'a>)>,
}

impl<'a> At<'a> {
    /// The root of a tree.
    #[must_use]
    pub fn root(node: &'a Node) -> Self {
        At { node, step: None }
    }

    /// The value under a key.
    #[must_use]
    pub fn key(&'a self, key: &str) -> Option<At<'a>> {
        let entry = self.node.as_map()?.entry(key)?;
        Some(At {
            node: &entry.value,
            step: Some((self, Step::Key(&entry.key, entry.key_span))),
        })
    }

    /// All children, in order.
    #[must_use]
    pub fn children(&'a self) -> Box<dyn Iterator<Item = At<'a>> + 'a> {
        match &self.node.value {
            Value::Map(map) => Box::new(map.iter().map(move |entry| At {
                node: &entry.value,
                step: Some((self, Step::Key(&entry.key, entry.key_span))),
            })),
            Value::List(list) => Box::new(list.iter().enumerate().map(move |(index, node)| At {
                node,
                step: Some((self, Step::Index(index))),
            })),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// The key by which a map child was reached.
    #[must_use]
    pub fn own_key(&self) -> Option<(&'a str, Span)> {
        match self.step {
            Some((_, Step::Key(key, span))) => Some((key, span)),
            _ => None,
        }
    }

    /// The JSON pointer from the root, e.g. `/paths/~1widgets/get`.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some((parent, step)) = &at.step {
            steps.push(*step);
            at = parent;
        }
        let mut pointer = String::new();
        for step in steps.iter().rev() {
            pointer.push('/');
            match step {
                Step::Key(key, _) => pointer.push_str(&pointer::escape(key)),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}
