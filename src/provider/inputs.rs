//! What a method takes: parameters, server variables and body fields, by the runtime's rules.

use crate::source::{Node, Text};

/// Where an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum InputPlace {
    /// Into the path.
    Path,
    /// Into the query string.
    Query,
    /// Into a header.
    Header,
    /// Into the server URL.
    Server,
    /// Into the request body.
    Body,
}

/// One thing that a statement can give to a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The name in SQL, unquoted.
    pub name: Text,
    /// The name on the wire; differs from `name` for body fields under the default algorithm (`data__x`).
    pub wire_name: Text,
    /// Where it goes.
    pub place: InputPlace,
    /// Whether the method cannot be called without it.
    pub required: bool,
    /// JSON type for people: `string`, `integer`, `number`, `boolean`, `array`, `object`.
    pub data_type: Text,
    /// Description as written.
    pub description: Option<Text>,
    /// The default, as text.
    pub default: Option<Text>,
    /// Enum values, as text.
    pub values: Vec<Text>,
    /// `deprecated`
    pub deprecated: bool,
    /// Read-only body fields cannot be sent.
    pub read_only: bool,
    /// The schema, resolved; null when there is none.
    pub schema: Node,
}

/// All inputs of a method: the operation's own parameters in document order, then the server variables, then the body
/// fields (as they stand in the schema).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inputs {
    /// The inputs in that order.
    pub all: Vec<Input>,
}

impl Inputs {
    /// The inputs without which no call is possible.
    pub fn required(&self) -> impl Iterator<Item = &Input> {
        self.all.iter().filter(|input| input.required)
    }

    /// The inputs of one place.
    pub fn at(&self, place: InputPlace) -> impl Iterator<Item = &Input> {
        self.all.iter().filter(move |input| input.place == place)
    }
}
