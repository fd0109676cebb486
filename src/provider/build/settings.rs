//! What the author decides about a provider as a whole.

use crate::openapi::Server;
use crate::source::{Node, Text};

/// Settings of the build stage.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Provider name: its directory and the first part of table names.
    pub name: Text,
    /// Version directory, e.g. `v00.00.00000`.
    pub version: Text,
    /// Title for people.
    pub title: Text,
    /// Description for people.
    pub description: Text,
    /// `config.auth`; guessed from the security schemes when absent.
    pub auth: Option<Node>,
    /// Further keys of the provider's `config`.
    pub config: Option<Node>,
    /// Servers that replace those of the documents.
    pub servers: Vec<Server>,
    /// How lists are paged.
    pub pagination: PaginationSetting,
}

impl Settings {
    /// Settings in which everything is inferred.
    #[must_use]
    pub fn inferred(name: impl Into<Text>) -> Self {
        let name = name.into();
        Settings {
            title: name.clone(),
            description: Text::new(),
            version: "v00.00.00000".into(),
            auth: None,
            config: None,
            servers: Vec::new(),
            pagination: PaginationSetting::Inferred,
            name,
        }
    }
}

/// How lists are paged.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum PaginationSetting {
    /// Per method, where the description shows a form that is safe.
    #[default]
    Inferred,
    /// Never.
    Off,
    /// This block, on each method that takes the request parameter and returns the token.
    Fixed(Node),
}
