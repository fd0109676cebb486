//! JSON pointers (RFC 6901): escaping, unescaping and following them.

use std::borrow::Cow;

use super::{Node, Value};

/// A token as it stands in a pointer: `~` becomes `~0`, `/` becomes `~1`.
#[must_use]
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The token that stands in a pointer as this text.
#[must_use]
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// Follows a pointer (`/a/b~1c/0`, or empty for the root) from a node.
#[must_use]
pub fn follow<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    if pointer.is_empty() {
        return Some(root);
    }
    pointer
        .strip_prefix('/')?
        .split('/')
        .try_fold(root, |node, token| step(node, &unescape(token)))
}

/// One step of a pointer: into a map by key, into a list by index.
#[must_use]
pub fn step<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Map(map) => map.get(token),
        Value::List(list) => list.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}
