//! What a person should look at: how many rows are sure, why the others are not, and what else they could be.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::{Reviewed, Row, SqlVerb, Table};
use crate::source::Text;

/// Rows at least this confident are called sure.
pub const SURE: f32 = 0.8;

/// A mapping as a person reviews it.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Summary {
    /// Rows that a person decided.
    pub reviewed: usize,
    /// Unreviewed rows that are sure.
    pub sure: usize,
    /// Unreviewed rows to look at.
    pub to_look_at: usize,
    /// Rows whose operation is gone.
    pub stale: usize,
    /// How many rows to look at for which kind of reason, most frequent first.
    pub by_reason: Vec<(Text, usize)>,
    /// The rows to look at, least sure first.
    pub doubts: Vec<Doubt>,
}

/// A row to look at.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Doubt {
    /// The service's document.
    pub filename: Text,
    /// The operation.
    pub operation_id: Text,
    /// HTTP verb, lower case.
    pub verb: Text,
    /// Path template.
    pub path: Text,
    /// What is proposed.
    pub resource: Text,
    /// What is proposed.
    pub method: Text,
    /// What is proposed.
    pub sql_verb: Text,
    /// What is proposed.
    pub object_key: Text,
    /// How sure.
    #[serde(serialize_with = "as_percent")]
    pub confidence: f32,
    /// Why.
    pub reason: Text,
    /// The part of the reason that is the least sure.
    pub doubt: Text,
    /// What else it could be.
    pub alternatives: Vec<Alternative>,
}

/// The two digits that `mapping.csv` has, and not the nearest binary number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn as_percent<S: serde::Serializer>(confidence: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 100.0).round() / 100.0)
}

/// Another answer for a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Alternative {
    /// The column that would change.
    pub column: &'static str,
    /// What it would hold; empty for no object key.
    pub value: Text,
    /// What speaks for it; empty where only others' habits do.
    pub why: Text,
}

/// The column of resource names.
pub(super) const RESOURCE: &str = "stackql_resource_name";
/// The column of SQL verbs.
pub(super) const SQL_VERB: &str = "stackql_verb";
/// The column of object keys.
pub(super) const OBJECT_KEY: &str = "stackql_object_key";

/// The columns that have alternatives, with what people call them.
const COLUMNS: [(&str, &str); 3] = [(RESOURCE, "resource"), (SQL_VERB, "verb"), (OBJECT_KEY, "object key")];

/// Alternatives of one column that are listed.
const LISTED_ALTERNATIVES: usize = 4;

impl Alternative {
    pub(super) fn new(column: &'static str, value: impl Into<Text>, why: impl Into<Text>) -> Self {
        Alternative {
            column,
            value: value.into(),
            why: why.into(),
        }
    }

    fn to_text(&self) -> String {
        let value = if self.value.is_empty() { "none" } else { &self.value };
        if self.why.is_empty() {
            value.to_owned()
        } else {
            format!("{value} ({})", self.why)
        }
    }
}

/// Counts a table and lists the rows that are unreviewed and less sure than `sure` (see [`SURE`]).
#[must_use]
pub fn summary(table: &Table, sure: f32) -> Summary {
    let mut summary = Summary::default();
    let mut by_reason: IndexMap<Text, usize> = IndexMap::new();
    for row in &table.rows {
        match row.reviewed {
            Reviewed::Yes => summary.reviewed += 1,
            Reviewed::Stale => summary.stale += 1,
            Reviewed::No if row.confidence.unwrap_or_default() >= sure => summary.sure += 1,
            Reviewed::No => {
                summary.to_look_at += 1;
                *by_reason.entry(kind_of(doubt_of(row)).into()).or_default() += 1;
                summary.doubts.push(doubt(row));
            }
        }
    }
    summary.by_reason = by_reason.into_iter().collect();
    summary.by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    summary
        .doubts
        .sort_by(|left, right| left.confidence.total_cmp(&right.confidence));
    summary
}

/// The weakest of the reasons; the first where a file does not tell.
fn doubt_of(row: &Row) -> &str {
    if row.doubt.is_empty() {
        row.reason.split("; ").next().unwrap_or_default()
    } else {
        &row.doubt
    }
}

fn doubt(row: &Row) -> Doubt {
    Doubt {
        filename: row.filename.clone(),
        operation_id: row.operation_id.clone(),
        verb: row.verb.clone(),
        path: row.path.clone(),
        resource: row.resource.clone(),
        method: row.method.clone(),
        sql_verb: row.sql_verb.clone(),
        object_key: row.object_key.clone(),
        confidence: row.confidence.unwrap_or_default(),
        reason: row.reason.clone(),
        doubt: doubt_of(row).into(),
        alternatives: alternatives(row),
    }
}

/// What inference weighed, column by column.
fn alternatives(row: &Row) -> Vec<Alternative> {
    let mut listed: Vec<Alternative> = Vec::new();
    for (column, current) in [
        (RESOURCE, &row.resource),
        (SQL_VERB, &row.sql_verb),
        (OBJECT_KEY, &row.object_key),
    ] {
        let before = listed.len();
        for other in row
            .alternatives
            .iter()
            .filter(|other| other.column == column && other.value != *current)
        {
            let is_new = !listed
                .iter()
                .any(|seen| seen.column == column && seen.value == other.value);
            // Only a select has an object key.
            let fits = column != OBJECT_KEY || row.sql_verb() == Some(SqlVerb::Select);
            if is_new && fits && listed.len() < before + LISTED_ALTERNATIVES {
                listed.push(other.clone());
            }
        }
    }
    listed
}

/// What a reason says of all rows of its kind: without the names in it.
fn kind_of(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { "`…`" } else { part }).collect()
}

impl Summary {
    /// The summary for a terminal, one doubtful row a paragraph, at most `limit` of them.
    #[must_use]
    pub fn to_text(&self, limit: usize) -> String {
        let mut text = format!(
            "{} reviewed, {} sure, {} to look at",
            self.reviewed, self.sure, self.to_look_at
        );
        if self.stale > 0 {
            let _ = write!(text, ", {} whose operation is gone", self.stale);
        }
        text.push('\n');
        for (reason, count) in &self.by_reason {
            let _ = writeln!(text, "{count:6}  {reason}");
        }
        for doubt in self.doubts.iter().take(limit) {
            let key = if doubt.object_key.is_empty() {
                String::new()
            } else {
                format!(" {}", doubt.object_key)
            };
            let _ = write!(
                text,
                "\n{} {} ({}::{})\n  {:.2}  {}.{} {}{key}\n  why: {}\n",
                doubt.verb.to_uppercase(),
                doubt.path,
                doubt.filename,
                doubt.operation_id,
                doubt.confidence,
                doubt.resource,
                doubt.method,
                doubt.sql_verb,
                doubt.reason,
            );
            for (column, name) in COLUMNS {
                let others = doubt.alternatives.iter().filter(|other| other.column == column);
                let others: Vec<String> = others.map(Alternative::to_text).collect();
                if !others.is_empty() {
                    let _ = writeln!(text, "  or {name}: {}", others.join(", "));
                }
            }
        }
        if self.doubts.len() > limit {
            let _ = writeln!(text, "\n… and {} more", self.doubts.len() - limit);
        }
        text
    }
}
