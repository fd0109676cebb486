//! One line of `mapping.csv`.

use std::fmt;
use std::str::FromStr;

use super::review::Alternative;
use crate::openapi::HttpVerb;
use crate::source::Text;

/// In the resource column: this operation is left out on purpose.
pub const SKIP: &str = "skip_this_resource";

/// What a method answers. The order is that of the documentation pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SqlVerb {
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `REPLACE`
    Replace,
    /// `DELETE`
    Delete,
    /// `EXEC`: reached by method name only.
    Exec,
}

impl SqlVerb {
    /// All verbs, in page order.
    pub const ALL: [SqlVerb; 6] = [
        SqlVerb::Select,
        SqlVerb::Insert,
        SqlVerb::Update,
        SqlVerb::Replace,
        SqlVerb::Delete,
        SqlVerb::Exec,
    ];

    /// The verbs that have a key under `sqlVerbs`: all but exec.
    pub const LISTED: [SqlVerb; 5] = [
        SqlVerb::Select,
        SqlVerb::Insert,
        SqlVerb::Update,
        SqlVerb::Replace,
        SqlVerb::Delete,
    ];

    /// Lower case, as in `sqlVerbs` and in the mapping file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SqlVerb::Select => "select",
            SqlVerb::Insert => "insert",
            SqlVerb::Update => "update",
            SqlVerb::Replace => "replace",
            SqlVerb::Delete => "delete",
            SqlVerb::Exec => "exec",
        }
    }
}

impl fmt::Display for SqlVerb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for SqlVerb {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        SqlVerb::ALL
            .into_iter()
            .find(|verb| verb.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or(())
    }
}

/// Whether a person has looked at a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reviewed {
    /// Inferred; may change with the next run.
    #[default]
    No,
    /// Decided by a person (or taken from a file that holds only people's decisions); always wins.
    Yes,
    /// Its operation is no longer in the source; kept for the record.
    Stale,
}

/// One operation's place in SQL. The key is [`Row::key`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The service's document, e.g. `ml.yaml`.
    pub filename: Text,
    /// The path template of the source.
    pub path: Text,
    /// The operation's id (a stable one is made where the source has none).
    pub operation_id: Text,
    /// The id in snake case.
    pub formatted_op_id: Text,
    /// The HTTP verb, lower case.
    pub verb: Text,
    /// Name of the response schema, for people.
    pub response_object: Text,
    /// The tags, joined by `|`.
    pub tags: Text,
    /// The tags in snake case, joined by `|`.
    pub formatted_tags: Text,
    /// `stackql_resource_name`
    pub resource: Text,
    /// `stackql_method_name`
    pub method: Text,
    /// `stackql_verb`: lower case, or empty while undecided.
    pub sql_verb: Text,
    /// `stackql_object_key` in the plain form: `$.items`, or empty.
    pub object_key: Text,
    /// The operation's first sentence, for people.
    pub op_description: Text,
    /// How sure the inference is, 0 to 1; `None` where no inference was made.
    pub confidence: Option<f32>,
    /// Why, in words.
    pub reason: Text,
    /// Whether a person decided it.
    pub reviewed: Reviewed,
    /// What is least sure about it, in words; for review, not in the file.
    pub doubt: Text,
    /// What else it could hold, likeliest first; for review, not in the file.
    pub alternatives: Vec<Alternative>,
    /// Cells of columns that are a person's own, in the order of [`super::Table::extra_columns`].
    pub extra: Vec<Text>,
}

impl Row {
    /// File name and operation id: what identifies a row.
    #[must_use]
    pub fn key(&self) -> (&str, &str) {
        (&self.filename, &self.operation_id)
    }

    /// The SQL verb; `None` while undecided or when the cell holds something else.
    #[must_use]
    pub fn sql_verb(&self) -> Option<SqlVerb> {
        self.sql_verb.parse().ok()
    }

    /// The HTTP verb of the source.
    #[must_use]
    pub fn http_verb(&self) -> Option<HttpVerb> {
        self.verb.parse().ok()
    }

    /// Takes resource, method, SQL verb and object key from a row that a person decided.
    pub(super) fn take_decisions(&mut self, decided: &Row) {
        self.resource = decided.resource.clone();
        self.method = decided.method.clone();
        self.sql_verb = decided.sql_verb.clone();
        self.object_key = decided.object_key.clone();
        self.confidence = decided.confidence;
        self.reason = decided.reason.clone();
        self.reviewed = Reviewed::Yes;
        self.doubt = Text::default();
        self.alternatives.clear();
    }

    /// Takes over what inference says now of the same operation. A person's decisions stay.
    pub(super) fn refresh(&mut self, current: &Row) {
        let own = std::mem::replace(self, current.clone());
        self.extra.clone_from(&own.extra);
        if own.is_reviewed() || (own.reviewed == Reviewed::Stale && current.is_reviewed()) {
            self.take_decisions(&own);
        }
    }

    /// Whether the operation is left out on purpose.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        self.resource == SKIP
    }

    /// Whether a person decided it.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        self.reviewed == Reviewed::Yes
    }
}
