//! What can be set for the whole provider, a service, a resource or a method.
//!
//! The types describe the format; blocks that go into documents as they are written are taken from the tree.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Block, Pagination};

/// What differs for one service.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevel {
    /// Title for people. Default: that of the description.
    #[serde(default)]
    pub title: Option<String>,
    /// Description for people. Default: that of the description.
    #[serde(default)]
    pub description: Option<String>,
    /// Servers that replace those of the description, with their variables and defaults.
    #[serde(default)]
    pub servers: Option<Vec<Block>>,
    /// How lists are paged.
    #[serde(default)]
    pub pagination: Option<Pagination>,
    /// Which clauses the API takes over.
    #[serde(default)]
    pub pushdown: Option<Pushdown>,
    /// How failed requests are repeated.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// Headers that are sent by themselves: name to value.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, HeaderValue>>,
    /// How columns are called, and which there are.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// What differs for single resources.
    #[serde(default)]
    pub resources: BTreeMap<String, ResourceLevel>,
}

/// What differs for one resource.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceLevel {
    /// Title for people.
    #[serde(default)]
    pub title: Option<String>,
    /// Description for people.
    #[serde(default)]
    pub description: Option<String>,
    /// How lists are paged.
    #[serde(default)]
    pub pagination: Option<Pagination>,
    /// Which clauses the API takes over.
    #[serde(default)]
    pub pushdown: Option<Pushdown>,
    /// How failed requests are repeated.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// Headers that are sent by themselves: name to value.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, HeaderValue>>,
    /// How columns are called, and which there are.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// What differs for single methods.
    #[serde(default)]
    pub methods: BTreeMap<String, MethodLevel>,
}

/// What differs for one method.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodLevel {
    /// Servers of the operation.
    #[serde(default)]
    pub servers: Option<Vec<Block>>,
    /// How lists are paged.
    #[serde(default)]
    pub pagination: Option<Pagination>,
    /// Which clauses the API takes over.
    #[serde(default)]
    pub pushdown: Option<Pushdown>,
    /// How failed requests are repeated.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// Headers that are sent by themselves: name to value.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, HeaderValue>>,
    /// How columns are called, and which there are.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// How the body is sent.
    #[serde(default)]
    pub request: Option<RequestLevel>,
    /// How the answer is read.
    #[serde(default)]
    pub response: Option<ResponseLevel>,
}

/// The value of a header.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum HeaderValue {
    /// Text.
    Text(String),
    /// A number, sent as it is written.
    Number(f64),
}

/// Which clauses the API takes over.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Pushdown {
    /// `off` (the default) or `inferred`.
    Word(PushdownWord),
    /// A block as the runtime reads it; used on each method that takes its parameters.
    Block(Box<PushdownBlock>),
}

/// Pushdown without a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PushdownWord {
    /// Never.
    Off,
    /// Per method, where the description shows it: a limit on lists of one page, and `OData`.
    Inferred,
}

/// The parts of a pushdown block.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushdownBlock {
    /// The list of columns.
    #[serde(default)]
    pub select: Option<Projection>,
    /// WHERE; as `OData` only, because the runtime renders no other syntax.
    #[serde(default)]
    pub filter: Option<Filter>,
    /// ORDER BY; as `OData` only.
    #[serde(default, rename = "orderBy")]
    pub order_by: Option<Order>,
    /// LIMIT.
    #[serde(default)]
    pub top: Option<Limit>,
    /// OFFSET.
    #[serde(default)]
    pub skip: Option<Limit>,
    /// `count(*)`; as `OData` only.
    #[serde(default)]
    pub count: Option<Block>,
}

/// The dialect that the runtime can write.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// `$filter=name eq 'x'`
    Odata,
}

/// How a list of columns is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Projection {
    /// For the defaults of a dialect.
    #[serde(default)]
    pub dialect: Option<Dialect>,
    /// The query parameter.
    #[serde(default)]
    pub param_name: Option<String>,
    /// What stands between the columns.
    #[serde(default)]
    pub delimiter: Option<String>,
    /// The columns for which it may be sent.
    #[serde(default)]
    pub supported_columns: Option<Vec<String>>,
}

/// How a comparison is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Filter {
    /// How it is written.
    pub dialect: Dialect,
    /// The query parameter.
    #[serde(default)]
    pub param_name: Option<String>,
    /// `eq`, `ne`, `gt`, …; with `and`, several comparisons are sent.
    #[serde(default)]
    pub supported_operators: Option<Vec<String>>,
    /// The columns for which it may be sent.
    #[serde(default)]
    pub supported_columns: Option<Vec<String>>,
}

/// How an order is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Order {
    /// How it is written.
    pub dialect: Dialect,
    /// The query parameter.
    #[serde(default)]
    pub param_name: Option<String>,
    /// The columns for which it may be sent.
    #[serde(default)]
    pub supported_columns: Option<Vec<String>>,
}

/// How a number of rows is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Limit {
    /// For the defaults of a dialect.
    #[serde(default)]
    pub dialect: Option<Dialect>,
    /// The query parameter.
    #[serde(default)]
    pub param_name: Option<String>,
    /// The most that the API allows.
    #[serde(default)]
    pub max_value: Option<u64>,
}

/// How failed requests are repeated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// How waiting times grow.
    #[serde(default)]
    pub algorithm: Option<RetryAlgorithm>,
    /// How often a request is sent at most.
    #[serde(default)]
    pub max_attempts: Option<u32>,
    /// Milliseconds before the second attempt.
    #[serde(default)]
    pub initial_delay_ms: Option<u64>,
    /// Milliseconds between attempts at most.
    #[serde(default)]
    pub max_delay_ms: Option<u64>,
    /// By how much the time grows.
    #[serde(default)]
    pub multiplier: Option<f64>,
    /// Part of the time that is left to chance.
    #[serde(default)]
    pub jitter_fraction: Option<f64>,
    /// What is repeated.
    #[serde(default)]
    pub retryable_conditions: Option<RetryConditions>,
    /// HTTP verbs that are repeated.
    #[serde(default)]
    pub retryable_methods: Option<Vec<String>>,
}

/// How waiting times grow.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RetryAlgorithm {
    /// By a factor each time.
    Exponential,
}

/// What is repeated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryConditions {
    /// Status codes.
    #[serde(default)]
    pub status_codes: Option<Vec<u16>>,
}

/// How columns are called, and which there are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// How names are spelled. Default: `wire`.
    #[serde(default)]
    pub casing: Option<Casing>,
    /// Other names: from the one in the answer to the one in SQL.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// The only columns that there are, by their names in the answer.
    #[serde(default)]
    pub only: Vec<String>,
}

/// How column names are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Casing {
    /// As in the answer.
    Wire,
    /// `createdAt` becomes `created_at`.
    Snake,
}

/// How the body is sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestLevel {
    /// Which of the media types of the description.
    #[serde(default, rename = "mediaType")]
    pub media_type: Option<String>,
    /// How fields are named in SQL: `naive` (as in the body, the default), `naive_NAME` (all below the field NAME) or
    /// `default` (with `data__` in front).
    #[serde(default)]
    #[schemars(regex(pattern = "^(default|naive(_.+)?)$"))]
    pub translate: Option<String>,
    /// JSON text that the given fields are merged into.
    #[serde(default)]
    pub base: Option<String>,
    /// JSON text that is sent when no field is given.
    #[serde(default)]
    pub default: Option<String>,
    /// A template that writes the body.
    #[serde(default)]
    pub transform: Option<Transform>,
}

/// How the answer is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseLevel {
    /// Which of the media types of the description.
    #[serde(default, rename = "mediaType")]
    pub media_type: Option<String>,
    /// Which response of the description.
    #[serde(default, rename = "openAPIDocKey")]
    pub doc_key: Option<StatusKey>,
    /// Where the rows are.
    #[serde(default, rename = "objectKey")]
    pub object_key: Option<String>,
    /// What the transformed answer is.
    #[serde(default, rename = "overrideMediaType")]
    pub override_media_type: Option<String>,
    /// The schema of the rows, by reference: an inline one is ignored by the runtime.
    #[serde(default)]
    pub schema_override: Option<Reference>,
    /// A template that makes rows of the answer.
    #[serde(default)]
    pub transform: Option<Transform>,
}

/// The key of a response.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum StatusKey {
    /// `'200'`, `2XX`, `default`
    Text(String),
    /// `200`
    Number(u16),
}

/// A reference to a component of the description.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// `#/components/schemas/NAME`
    #[serde(rename = "$ref")]
    #[schemars(regex(pattern = "^#/components/schemas/.+$"))]
    pub reference: String,
}

/// A template.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transform {
    /// The kind.
    #[serde(rename = "type")]
    #[schemars(regex(pattern = "^(golang_template_(json|text|mxj)_v0[.][123][.]0|schema_driven_xml_v0[.]1[.]0)$"))]
    pub kind: String,
    /// The text.
    pub body: String,
}
