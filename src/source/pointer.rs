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

/// Decodes `%XX` of a reference; anything else stays.
#[must_use]
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    String::from_utf8(percent_decoded_bytes(text)).map_or(text.into(), Into::into)
}

/// The bytes that a text with `%XX` stands for; anything else stays.
#[must_use]
pub fn percent_decoded_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = hex {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    decoded
}
