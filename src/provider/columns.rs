//! What a method returns: the columns of one row, by the runtime's rules.

use crate::source::{Node, Text};

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name in SQL, unquoted.
    pub name: Text,
    /// JSON type for people.
    pub data_type: Text,
    /// Description as written.
    pub description: Option<Text>,
    /// Enum values, as text.
    pub values: Vec<Text>,
    /// The schema, resolved; null when there is none.
    pub schema: Node,
}

/// The columns of a method's rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Columns {
    /// Rows with these columns, in schema order.
    Rows(Vec<Column>),
    /// The response is an array of scalars: one column, `column_anon`.
    Anonymous(Column),
    /// Nothing can be selected; why.
    None(String),
}

impl Columns {
    /// The columns, if any.
    #[must_use]
    pub fn list(&self) -> &[Column] {
        match self {
            Columns::Rows(columns) => columns,
            Columns::Anonymous(column) => std::slice::from_ref(column),
            Columns::None(_) => &[],
        }
    }
}
