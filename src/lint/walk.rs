//! Visiting every object of an OpenAPI document once, with its position and the way to it.

use super::view::Document;
use crate::openapi::{Kind, Position};
use crate::source::{At, Node, Span, Text};

/// An object of a document. Lives on the stack while rules look at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The document.
    pub(super) document: &'a Document,
    /// The node and the way to it.
    pub(super) at: &'a At<'a>,
    /// What it is, by where it stands.
    pub(super) position: Position,
    /// What it hangs on: the position of its parent.
    pub(super) parent: Position,
}

impl<'a> Place<'a> {
    /// The map of this object when it is one of this kind and not a reference.
    pub(super) fn object(&self, kind: Kind) -> Option<&'a Node> {
        (self.position == Position::Object(kind) && self.at.node.get("$ref").is_none()).then_some(self.at.node)
    }

    /// The schema, when this is one and not a reference.
    pub(super) fn schema(&self) -> Option<&'a Node> {
        self.object(Kind::Schema)
    }

    /// The pointer of this object.
    pub(super) fn pointer(&self) -> String {
        self.at.pointer()
    }

    /// The pointer of a key of this object.
    pub(super) fn pointer_of(&self, key: &str) -> String {
        format!("{}/{}", self.at.pointer(), crate::source::pointer::escape(key))
    }

    /// Where this object is best shown: its key, else the node.
    pub(super) fn span(&self) -> Span {
        match self.at.own_key() {
            Some((_, span)) => span,
            None => self.at.node.span,
        }
    }

    /// The value under a key, with the place of the key.
    pub(super) fn entry(&self, key: &str) -> Option<(&'a Node, Span)> {
        let entry = self.at.node.as_map()?.entry(key)?;
        Some((&entry.value, entry.key_span))
    }

    /// The server that counts, when this object may hold servers: the first.
    pub(super) fn first_server(&self) -> Option<&'a Node> {
        let holds_servers = matches!(
            self.position,
            Position::Object(Kind::Document | Kind::PathItem | Kind::Operation)
        );
        let servers = self.at.node.get("servers").filter(|_| holds_servers)?;
        servers.as_list()?.first()
    }

    /// A text under a key.
    pub(super) fn text(&self, key: &str) -> Option<(&'a Text, Span)> {
        let node = self.at.node.get(key)?;
        Some((node.as_text()?, node.span))
    }
}

/// Visits the object and everything below it, parents first. Examples and extensions are left out.
pub(super) fn visit(place: &Place<'_>, look: &mut impl FnMut(&Place<'_>)) {
    if place.position == Position::Literal {
        return;
    }
    look(place);
    for child in place.at.children() {
        let place = below(place, &child);
        // Scalars that are no schemas (booleans can be) have nothing to say.
        let is_scalar = child.node.as_map().is_none() && child.node.as_list().is_none();
        if !is_scalar || place.position == Position::Object(Kind::Schema) {
            visit(&place, look);
        }
    }
}

/// The place of a child.
pub(super) fn below<'a>(place: &Place<'a>, child: &'a At<'a>) -> Place<'a> {
    Place {
        document: place.document,
        at: child,
        position: match child.own_key() {
            Some((key, _)) => place.position.key(key),
            None => place.position.item(),
        },
        parent: place.position,
    }
}
