//! The statement forms that documentation shows.

use crate::source::Text;

/// `provider.service.resource`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Provider name.
    pub provider: Text,
    /// Service name.
    pub service: Text,
    /// Resource name.
    pub resource: Text,
}

/// A value in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// `'{{ name }}'`: to be filled in by the reader.
    Placeholder(Text),
    /// Text, in single quotes.
    Text(Text),
    /// Written as it is: a number, `true`, `json('…')`.
    Bare(Text),
}

/// `name = term`, with a mark for required ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The unquoted name.
    pub name: Text,
    /// The value.
    pub term: Term,
    /// Whether the method needs it.
    pub required: bool,
}

/// `name = term` in a WHERE clause.
pub type Condition = Assignment;

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// `SELECT columns FROM target WHERE …`
    Select {
        /// Columns, unquoted names.
        columns: Vec<Text>,
        /// The table.
        target: Target,
        /// Required ones first.
        conditions: Vec<Condition>,
    },
    /// `INSERT INTO target (…) SELECT … RETURNING …`
    Insert {
        /// The table.
        target: Target,
        /// At least one.
        assignments: Vec<Assignment>,
        /// Columns, unquoted; empty for no clause.
        returning: Vec<Text>,
    },
    /// `UPDATE target SET … WHERE … RETURNING …`
    Update {
        /// The table.
        target: Target,
        /// At least one.
        assignments: Vec<Assignment>,
        /// Required ones first.
        conditions: Vec<Condition>,
        /// Columns, unquoted; empty for no clause.
        returning: Vec<Text>,
    },
    /// `REPLACE target SET … WHERE … RETURNING …`
    Replace {
        /// The table.
        target: Target,
        /// At least one.
        assignments: Vec<Assignment>,
        /// Required ones first.
        conditions: Vec<Condition>,
        /// Columns, unquoted; empty for no clause.
        returning: Vec<Text>,
    },
    /// `DELETE FROM target WHERE …`
    Delete {
        /// The table.
        target: Target,
        /// At least one.
        conditions: Vec<Condition>,
    },
    /// `EXEC target.method @a='…', @@json='…'`
    Exec {
        /// The table.
        target: Target,
        /// The method.
        method: Text,
        /// The parameters.
        parameters: Vec<Assignment>,
        /// Body as JSON text, after `@@json=`.
        json: Option<Text>,
    },
}
