//! What an operation consists of, references resolved.

use std::fmt;
use std::str::FromStr;

use crate::source::{Node, Span, Text};

/// The verbs that a path item can hold, in the order in which OpenAPI lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HttpVerb {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
}

impl HttpVerb {
    /// All verbs.
    pub const ALL: [HttpVerb; 8] = [
        HttpVerb::Get,
        HttpVerb::Put,
        HttpVerb::Post,
        HttpVerb::Delete,
        HttpVerb::Options,
        HttpVerb::Head,
        HttpVerb::Patch,
        HttpVerb::Trace,
    ];

    /// The key in a path item: lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            HttpVerb::Get => "get",
            HttpVerb::Put => "put",
            HttpVerb::Post => "post",
            HttpVerb::Delete => "delete",
            HttpVerb::Options => "options",
            HttpVerb::Head => "head",
            HttpVerb::Patch => "patch",
            HttpVerb::Trace => "trace",
        }
    }
}

impl fmt::Display for HttpVerb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for HttpVerb {
    type Err = ();

    /// Reads a verb in any case.
    fn from_str(text: &str) -> Result<Self, ()> {
        HttpVerb::ALL
            .into_iter()
            .find(|verb| verb.as_str().eq_ignore_ascii_case(text))
            .ok_or(())
    }
}

/// The extension of an operation that keeps its path as the source has it, when normalisation changed it.
pub const SOURCE_PATH: &str = "x-spgen-source-path";

/// One operation, with everything that path item and document add to it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The path template as it stands in the document.
    pub path: Text,
    /// The HTTP verb.
    pub verb: HttpVerb,
    /// The `operationId`, or one made from verb and path (see [`super::read`]); unique in the document.
    pub id: Text,
    /// Whether the id stands in the document.
    pub id_is_declared: bool,
    /// `summary`, as written.
    pub summary: Option<Text>,
    /// `description`, as written.
    pub description: Option<Text>,
    /// `tags`
    pub tags: Vec<Text>,
    /// `deprecated`
    pub deprecated: bool,
    /// The operation's own parameters in order, then those of the path item that it does not override.
    pub parameters: Vec<Parameter>,
    /// `requestBody`
    pub request_body: Option<RequestBody>,
    /// `responses` in document order.
    pub responses: Vec<Response>,
    /// The servers that count for this operation: its own, its path item's, or the document's.
    pub servers: Vec<Server>,
    /// `security` of the operation, when it has its own.
    pub security: Option<Node>,
    /// The operation as it stands in the document.
    pub node: Node,
    /// Where its verb key stands.
    pub key_span: Span,
}

impl Operation {
    /// The JSON pointer of the operation in its document.
    #[must_use]
    pub fn pointer(&self) -> String {
        format!("/paths/{}/{}", crate::source::pointer::escape(&self.path), self.verb)
    }

    /// The path template as the source has it: normalisation may rename placeholders or move a `#fragment`, and keeps
    /// the original in [`SOURCE_PATH`].
    #[must_use]
    pub fn source_path(&self) -> &Text {
        self.extension(SOURCE_PATH)
            .and_then(Node::as_text)
            .unwrap_or(&self.path)
    }

    /// The success responses in the order of preference: the lowest 2xx first, then `2XX`. `default` stands for success
    /// only where nothing else does; beside another one it is the error body.
    #[must_use]
    pub fn successes(&self) -> Vec<&Response> {
        let rank = |response: &Response| match response.status.as_bytes() {
            [b'2', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => Some((0, *tens, *ones)),
            b"2XX" | b"2xx" => Some((1, 0, 0)),
            _ => None,
        };
        let mut ranked: Vec<_> = self
            .responses
            .iter()
            .filter_map(|response| Some((rank(response)?, response)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        if ranked.is_empty() {
            return self
                .responses
                .iter()
                .filter(|response| response.status == "default")
                .collect();
        }
        ranked.into_iter().map(|(_, response)| response).collect()
    }

    /// The success response that rows are read from, with its JSON (see [`MediaType::preferred_json`]).
    #[must_use]
    pub fn success_json(&self) -> Option<(&Response, &MediaType)> {
        self.successes()
            .into_iter()
            .find_map(|response| Some((response, MediaType::preferred_json(&response.content)?)))
    }

    /// The value of a vendor extension.
    #[must_use]
    pub fn extension(&self, key: &str) -> Option<&Node> {
        self.node.get(key)
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// As a request header.
    Header,
    /// As a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: Text,
    /// Where it travels.
    pub location: ParameterLocation,
    /// Whether it is required; path parameters always are.
    pub required: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `description`, as written.
    pub description: Option<Text>,
    /// `schema`, or the schema of the only media type under `content`; unresolved.
    pub schema: Option<Node>,
    /// Whether the schema came from `content`.
    pub has_content: bool,
    /// The parameter object, resolved.
    pub node: Node,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// `required`
    pub required: bool,
    /// `description`, as written.
    pub description: Option<Text>,
    /// The media types in document order.
    pub content: Vec<MediaType>,
}

/// A response under one status.
#[derive(Debug, Clone)]
pub struct Response {
    /// The key: `200`, `2XX`, `default`.
    pub status: Text,
    /// `description`, as written.
    pub description: Option<Text>,
    /// The media types in document order.
    pub content: Vec<MediaType>,
    /// The headers in document order.
    pub headers: Vec<Header>,
}

/// A response header.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: Text,
    /// The header object, resolved.
    pub node: Node,
}

/// One entry of a `content` map.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// The media type as written, e.g. `application/json; charset=utf-8`.
    pub name: Text,
    /// Its schema, unresolved.
    pub schema: Option<Node>,
    /// The media type object.
    pub node: Node,
}

impl MediaType {
    /// Whether this is JSON in any dress: `application/json`, `text/json`, `application/vnd.x+json`, with parameters.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }

    /// The media type without parameters, in lower case.
    #[must_use]
    pub fn essence(&self) -> String {
        let name = self.name.split(';').next().unwrap_or_default();
        name.trim().to_ascii_lowercase()
    }

    /// The JSON among several media types: plain JSON if there is, else that of a vendor, else `*/*`, which stands for
    /// JSON as well.
    #[must_use]
    pub fn preferred_json(content: &[MediaType]) -> Option<&MediaType> {
        let named = |wanted: &str| content.iter().find(|media_type| media_type.essence() == wanted);
        named("application/json")
            .or_else(|| content.iter().find(|media_type| media_type.is_json()))
            .or_else(|| named("*/*"))
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL template.
    pub url: Text,
    /// Its variables, in document order.
    pub variables: Vec<ServerVariable>,
    /// The server object.
    pub node: Node,
}

/// A variable of a server URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: Text,
    /// `default`
    pub default: Option<Text>,
    /// `enum`
    pub values: Vec<Text>,
    /// `description`, as written.
    pub description: Option<Text>,
}
