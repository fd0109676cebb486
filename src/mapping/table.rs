//! The rows of a mapping, in order.

use super::Row;

/// A mapping: rows in file order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The row of an operation.
    #[must_use]
    pub fn find(&self, filename: &str, operation_id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key() == (filename, operation_id))
    }
}
