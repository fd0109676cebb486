//! What a node is, by where it stands: a *property* called `type`, `properties` or `example` is no keyword.
//!
//! Covers OpenAPI 3.0, 3.1 and `Swagger` 2.0 at once: no keyword means different things in two of them at one place.

use crate::source::{Node, Text, Value};

/// An object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The root.
    Document,
    /// `components`
    Components,
    /// A path item.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter; in 2.0 also one with the keywords of a schema in it.
    Parameter,
    /// A request body.
    RequestBody,
    /// A response.
    Response,
    /// A response header.
    Header,
    /// A media type under `content`.
    MediaType,
    /// An entry of `encoding`.
    Encoding,
    /// A schema, at any depth.
    Schema,
    /// A discriminator.
    Discriminator,
    /// An entry of `examples`.
    Example,
    /// An entry of `links`.
    Link,
    /// An entry of `callbacks`: expressions and path items.
    Callback,
    /// A security scheme.
    SecurityScheme,
}

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Position {
    /// It is an object of this kind (or a reference to one).
    Object(Kind),
    /// It is a map from names to objects of this kind.
    Map(Kind),
    /// It is a list of objects of this kind.
    List(Kind),
    /// It is somebody's data: an example, a default, an extension. Nothing in it is a keyword.
    Literal,
    /// It belongs to the specification, and holds no references to components.
    Other,
}

impl Position {
    /// The root of a document.
    pub const ROOT: Position = Position::Object(Kind::Document);

    /// Where the value under a key stands.
    #[must_use]
    pub fn key(self, key: &str) -> Position {
        match self {
            Position::Object(kind) => kind.key(key),
            Position::Map(Kind::PathItem | Kind::Response) | Position::Other if key.starts_with("x-") => {
                Position::Literal
            }
            Position::Map(kind) => Position::Object(kind),
            Position::List(_) | Position::Other => Position::Other,
            Position::Literal => Position::Literal,
        }
    }

    /// Where an item of a list stands.
    #[must_use]
    pub fn item(self) -> Position {
        match self {
            // `items: [a, b]` of older JSON Schema.
            Position::Object(Kind::Schema) => Position::Object(Kind::Schema),
            Position::List(kind) => Position::Object(kind),
            Position::Literal => Position::Literal,
            Position::Object(_) | Position::Map(_) | Position::Other => Position::Other,
        }
    }

    /// Where the node of a JSON pointer stands.
    #[must_use]
    pub fn of_pointer(root: &Node, pointer: &str) -> Position {
        let mut position = Position::ROOT;
        let mut node = Some(root);
        for token in pointer.split('/').skip(1) {
            let token = crate::source::pointer::unescape(token);
            position = match node.map(|node| &node.value) {
                Some(Value::List(_)) => position.item(),
                _ => position.key(&token),
            };
            node = node.and_then(|node| crate::source::pointer::step(node, &token));
        }
        position
    }
}

impl Kind {
    /// The section of `components` that holds objects of this kind, in 3.x.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            _ => return None,
        })
    }

    fn key(self, key: &str) -> Position {
        use Position::{List, Literal, Map, Object, Other};
        if key.starts_with("x-") && (self, key) != (Kind::Document, "x-ms-paths") {
            return Literal;
        }
        match (self, key) {
            (Kind::Document, "paths" | "webhooks" | "x-ms-paths") | (Kind::Components, "pathItems") => {
                Map(Kind::PathItem)
            }
            (Kind::Document, "components") => Object(Kind::Components),
            (Kind::Components, "schemas") | (Kind::Document, "definitions") => Map(Kind::Schema),
            (Kind::Components | Kind::Document | Kind::Operation, "responses") => Map(Kind::Response),
            (Kind::Components | Kind::Document, "parameters") => Map(Kind::Parameter),
            (Kind::Components, "requestBodies") => Map(Kind::RequestBody),
            (Kind::Components | Kind::Response | Kind::Encoding, "headers") => Map(Kind::Header),
            (Kind::Components, "securitySchemes") | (Kind::Document, "securityDefinitions") => {
                Map(Kind::SecurityScheme)
            }
            (Kind::Components | Kind::Response, "links") => Map(Kind::Link),
            (Kind::Components | Kind::Operation, "callbacks") => Map(Kind::Callback),
            (Kind::Components | Kind::Parameter | Kind::Header | Kind::MediaType, "examples") => Map(Kind::Example),
            (Kind::PathItem | Kind::Operation, "parameters") => List(Kind::Parameter),
            (Kind::PathItem, _) if key.parse::<super::HttpVerb>().is_ok() => Object(Kind::Operation),
            (Kind::Callback, _) => Object(Kind::PathItem),
            (Kind::Operation, "requestBody") => Object(Kind::RequestBody),
            (Kind::Parameter | Kind::Header | Kind::MediaType | Kind::Response, "schema")
            | (Kind::Parameter | Kind::Header, "items") => Object(Kind::Schema),
            (Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response, "content") => Map(Kind::MediaType),
            (Kind::MediaType, "encoding") => Map(Kind::Encoding),
            (Kind::Parameter | Kind::Header | Kind::MediaType, "example")
            | (Kind::Parameter | Kind::Header, "default" | "enum")
            | (Kind::Response, "examples")
            | (Kind::Example, "value")
            | (Kind::Link, "parameters" | "requestBody") => Literal,
            (Kind::Schema, _) => schema_key(key),
            _ => Other,
        }
    }
}

fn schema_key(key: &str) -> Position {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Position::Map(Kind::Schema)
        }
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "additionalItems"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Position::Object(Kind::Schema),
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Position::List(Kind::Schema),
        "example" | "examples" | "default" | "enum" | "const" => Position::Literal,
        "discriminator" => Position::Object(Kind::Discriminator),
        _ => Position::Other,
    }
}

/// A `$ref` with text under it.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// The map that holds it.
    pub holder: &'a Node,
    /// Where that map stands.
    pub position: Position,
    /// The node of the text.
    pub node: &'a Node,
    /// The text.
    pub text: &'a Text,
}

/// Visits every reference below a node, in document order. Data of somebody ([`Position::Literal`]) holds none.
pub fn for_each_reference<'a>(node: &'a Node, position: Position, visit: &mut impl FnMut(Reference<'a>)) {
    if position == Position::Literal {
        return;
    }
    match &node.value {
        Value::List(list) => {
            for item in list {
                for_each_reference(item, position.item(), visit);
            }
        }
        Value::Map(map) => {
            for entry in map {
                if entry.key == "$ref"
                    && let Value::String(text) = &entry.value.value
                {
                    visit(Reference {
                        holder: node,
                        position,
                        node: &entry.value,
                        text,
                    });
                } else {
                    for_each_reference(&entry.value, position.key(&entry.key), visit);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Position, for_each_reference};
    use crate::source::{FileId, Node, read};

    fn node(text: &str) -> Node {
        read(FileId(0), text).expect("readable").root
    }

    #[test]
    fn names_are_no_keywords() {
        let root = Node::map(crate::source::Map::new());
        for (pointer, expected) in [
            ("/components/schemas/properties", Position::Object(Kind::Schema)),
            (
                "/components/schemas/a/properties/properties/properties/example",
                Position::Object(Kind::Schema),
            ),
            ("/components/schemas/a/properties/x-thing/type", Position::Other),
            ("/components/schemas/a/x-thing/properties", Position::Literal),
            ("/components/schemas/a/example/properties", Position::Literal),
            (
                "/paths/~1a/get/responses/200/content/a~1b/schema",
                Position::Object(Kind::Schema),
            ),
            (
                "/paths/~1a/get/callbacks/on/{$url}/post/parameters",
                Position::List(Kind::Parameter),
            ),
            ("/paths/x-thing/get", Position::Literal),
            ("/definitions/a/additionalProperties", Position::Object(Kind::Schema)),
        ] {
            assert_eq!(Position::of_pointer(&root, pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn references_in_data_do_not_count() {
        let root = node(
            "
paths:
  /a: {$ref: a}
components:
  schemas:
    one: {example: {$ref: no}, properties: {example: {$ref: b}, $ref: {type: string}}}
    two: {allOf: [{$ref: c}], x-data: {$ref: no}, default: {$ref: no}}
  examples:
    three: {value: {$ref: no}}
    four: {$ref: d}
",
        );
        let mut seen = Vec::new();
        for_each_reference(&root, Position::ROOT, &mut |reference| {
            seen.push(reference.text.clone());
        });
        assert_eq!(seen, ["a", "b", "c", "d"]);
    }
}
