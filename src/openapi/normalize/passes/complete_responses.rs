//! Responses that are missing or say nothing.

use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::layout::Kind;
use crate::openapi::normalize::walk;
use crate::source::{Map, Node};

pass! {
    /// Adds the `responses` that an operation must have, and the `description` that each response must have.
    ///
    /// Both are required by OpenAPI, and readers refuse a document that lacks one of them anywhere. An operation without
    /// responses gets `default`; a description is made from the status.
    "complete-responses", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite(|kind, node, place, log| match kind {
        Kind::Operation => {
            let responses = node.get("responses");
            let has_any = |responses: &Node| responses.as_map().is_some_and(|map| !map.is_empty());
            if node.as_map().is_none() || responses.is_some_and(has_any) {
                return None;
            }
            let response = Node::map(Map::from_iter([("description", Node::string("Any response"))]));
            let added = Node::map(Map::from_iter([("default", response)]));
            log.added(&place.key("responses"), &added, node.span);
            Some(with(node, "responses", added))
        }
        Kind::Response if node.as_map().is_some() && !walk::is_reference(kind, node) => {
            if node.get_str("description").is_some() {
                return None;
            }
            let text = Node::string(phrase(place.own_key().unwrap_or_default()));
            log.added(&place.key("description"), &text, node.span);
            Some(with(node, "description", text))
        }
        _ => None,
    });
}

/// What a status means.
fn phrase(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No content",
        "400" => "Bad request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not found",
        "409" => "Conflict",
        "429" => "Too many requests",
        "default" => "Any other response",
        _ => match status.bytes().next() {
            Some(b'2') => "Success",
            Some(b'3') => "Redirection",
            Some(b'4') => "The request was wrong",
            Some(b'5') => "The server failed",
            _ => "Response",
        },
    }
}
