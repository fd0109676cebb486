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
    /// How many rows to look at for which reason, most frequent first.
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
    pub confidence: f32,
    /// Why.
    pub reason: Text,
    /// What else it could be.
    pub alternatives: Vec<Alternative>,
}

/// Another answer for a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Alternative {
    /// The column that would change.
    pub column: &'static str,
    /// What it would hold.
    pub value: Text,
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
                let reason = row.reason.split("; ").next().unwrap_or_default();
                *by_reason.entry(reason.into()).or_default() += 1;
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
        alternatives: alternatives(row),
    }
}

/// The verbs that people give to operations of the same HTTP verb.
fn alternatives(row: &Row) -> Vec<Alternative> {
    let usual: &[SqlVerb] = match row.verb.as_str() {
        "get" => &[SqlVerb::Select, SqlVerb::Exec],
        "post" => &[SqlVerb::Insert, SqlVerb::Exec, SqlVerb::Select, SqlVerb::Update],
        "put" => &[SqlVerb::Replace, SqlVerb::Insert, SqlVerb::Update, SqlVerb::Exec],
        "patch" => &[SqlVerb::Update, SqlVerb::Exec],
        "delete" => &[SqlVerb::Delete, SqlVerb::Exec],
        _ => &[],
    };
    usual
        .iter()
        .filter(|verb| verb.as_str() != row.sql_verb)
        .map(|verb| Alternative {
            column: "stackql_verb",
            value: verb.as_str().into(),
        })
        .collect()
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
            if !doubt.alternatives.is_empty() {
                let values: Vec<&str> = doubt
                    .alternatives
                    .iter()
                    .map(|alternative| alternative.value.as_str())
                    .collect();
                let _ = writeln!(text, "  or:  {}", values.join(", "));
            }
        }
        if self.doubts.len() > limit {
            let _ = writeln!(text, "\n… and {} more", self.doubts.len() - limit);
        }
        text
    }
}
