//! One change, as data.

use std::fmt;

use crate::mapping::SqlVerb;
use crate::source::Text;

/// All changes between two versions of a provider.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changes {
    /// Name and version of the old one.
    pub old: String,
    /// Name and version of the new one.
    pub new: String,
    /// The changes, by service and resource.
    pub changes: Vec<Change>,
}

impl Changes {
    /// The changes after which some statement that worked before does not, or gives less.
    pub fn breaking(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.breaking)
    }

    /// The changes that only add or ease something.
    pub fn harmless(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| !change.breaking)
    }
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct Place {
    /// The service; empty for the provider itself.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub service: Text,
    /// The resource; empty for a whole service.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub resource: Text,
    /// The method of the old version, or of the new one when it was added; empty for a whole resource.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub method: Text,
}

impl fmt::Display for Place {
    /// `service.resource.method`, as far as there is something.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.service, &self.resource, &self.method];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(Text::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        formatter.write_str(&parts.join("."))
    }
}

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Another way to authenticate, or other variables.
    AuthChanged,
    /// A service is gone.
    ServiceRemoved,
    /// A service is new.
    ServiceAdded,
    /// A resource is gone.
    ResourceRemoved,
    /// A resource is in another service.
    ResourceMoved,
    /// A resource is new.
    ResourceAdded,
    /// Statements of this verb with these parameters are no longer answered.
    VerbLost,
    /// Statements of this verb with these parameters are answered now.
    VerbGained,
    /// EXEC knows no method of this name any more.
    MethodRemoved,
    /// EXEC knows the operation by another name.
    MethodRenamed,
    /// EXEC knows a new method.
    MethodAdded,
    /// Statements must give it now.
    ParameterNowRequired,
    /// Statements need not give it any more.
    ParameterNowOptional,
    /// Statements that give it fail, or it is dropped.
    ParameterRemoved,
    /// Statements can give it now.
    ParameterAdded,
    /// A column is gone.
    ColumnRemoved,
    /// A column has another type.
    ColumnRetyped,
    /// A column is new.
    ColumnAdded,
    /// The statement calls another operation of the API.
    OperationChanged,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Whether a statement that worked before does not, or gives less.
    pub breaking: bool,
    /// What kind.
    pub kind: Kind,
    /// What it is about.
    #[serde(flatten)]
    pub place: Place,
    /// The verb of the statements that it touches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verb: Option<SqlVerb>,
    /// What changed, in one sentence without full stop; literals in backticks.
    pub message: String,
}
