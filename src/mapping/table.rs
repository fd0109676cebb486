//! The rows of a mapping, in order.

use rustc_hash::FxHashMap;

use super::{Reviewed, Row};
use crate::source::Text;

/// A mapping: rows in file order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Names of columns that are a person's own, in file order; the cells are in [`Row::extra`].
    pub extra_columns: Vec<Text>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The row of an operation.
    #[must_use]
    pub fn find(&self, filename: &str, operation_id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key() == (filename, operation_id))
    }

    /// This table brought up to date with what was inferred for the operations that exist now.
    ///
    /// Reviewed rows stay as they are; unreviewed ones take the new inference; every row keeps its place. Rows of new
    /// operations follow at the end, rows whose operation is gone are kept and marked.
    #[must_use]
    pub fn merge(&self, inferred: &Table) -> Table {
        let index = Index::of(inferred.rows.iter());
        let mut used = rustc_hash::FxHashSet::default();
        let mut merged = Table {
            extra_columns: self.extra_columns.clone(),
            rows: Vec::new(),
        };
        for row in &self.rows {
            let mut row = row.clone();
            match index.find(&row.filename, &row.operation_id, &row.path, &row.verb) {
                Some(current) => {
                    used.insert(std::ptr::from_ref(current));
                    row.refresh(current);
                }
                None => row.reviewed = Reviewed::Stale,
            }
            merged.rows.push(row);
        }
        merged.rows.extend(
            inferred
                .rows
                .iter()
                .filter(|row| !used.contains(&std::ptr::from_ref(*row)))
                .cloned(),
        );
        merged
    }
}

/// Rows by their keys. Of rows with the same key the first counts.
pub(super) struct Index<'r> {
    by_id: FxHashMap<(&'r str, &'r str), &'r Row>,
    by_place: FxHashMap<(&'r str, &'r str, &'r str), &'r Row>,
}

impl<'r> Index<'r> {
    pub(super) fn of(rows: impl DoubleEndedIterator<Item = &'r Row>) -> Self {
        let mut index = Index {
            by_id: FxHashMap::default(),
            by_place: FxHashMap::default(),
        };
        for row in rows.rev() {
            if !row.operation_id.is_empty() {
                index.by_id.insert(row.key(), row);
            }
            index.by_place.insert((&row.filename, &row.path, &row.verb), row);
        }
        index
    }

    /// By file and id; else by file, path and verb, which finds operations whose id changed or was never declared.
    pub(super) fn find(&self, filename: &str, operation_id: &str, path: &str, verb: &str) -> Option<&'r Row> {
        let by_id = self.by_id.get(&(filename, operation_id));
        by_id.or_else(|| self.by_place.get(&(filename, path, verb))).copied()
    }
}
