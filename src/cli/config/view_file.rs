//! `views/<name>.yaml`: a query that is a resource.

use schemars::JsonSchema;
use serde::Deserialize;

/// One view.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "views/*.yaml")]
pub struct ViewFile {
    /// The service that it belongs to.
    pub service: String,
    /// Its name in SQL. Default: the name of the file.
    #[serde(default)]
    pub name: Option<String>,
    /// Title for people.
    #[serde(default)]
    pub title: Option<String>,
    /// Description for people.
    #[serde(default)]
    pub description: Option<String>,
    /// Names that a statement has to give. The query compares them, or holds them as `{{ name }}`, and selects a column
    /// of each name: a path parameter, a server variable or a field.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// The query for the embedded database.
    pub sqlite3: String,
    /// The query for `PostgreSQL`. Default: the same.
    #[serde(default)]
    pub postgres: Option<String>,
}
