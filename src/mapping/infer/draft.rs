//! A row in the making.

use indexmap::IndexMap;

use super::resource_names::Name;
use super::survey::Facts;
use super::verb;
use super::verdicts::Verdict;
use crate::mapping::ledger::{Entry, State};
use crate::mapping::review::{Alternative, RESOURCE, SQL_VERB};
use crate::mapping::{Reviewed, Row, SqlVerb, words};
use crate::openapi::HttpVerb;
use crate::source::Text;

/// What is decided so far about one operation.
pub(super) struct Draft<'a, 's> {
    pub(super) facts: &'s Facts<'a>,
    pub(super) resource: String,
    pub(super) method: String,
    pub(super) verb: SqlVerb,
    pub(super) object_key: String,
    /// The columns of a select, sorted.
    pub(super) columns: Vec<Text>,
    /// How sure verb and object key are.
    pub(super) confidence: f32,
    pub(super) reasons: Vec<String>,
    /// Which of the reasons is the weakest.
    doubt: String,
    alternatives: Vec<Alternative>,
    /// The row of a person, whose answers stand.
    pub(super) decided: Option<&'s Row>,
}

/// The runtime sends no other verbs.
pub(super) fn is_callable(facts: &Facts<'_>) -> bool {
    !matches!(facts.operation.verb, HttpVerb::Options | HttpVerb::Trace)
}

impl<'a, 's> Draft<'a, 's> {
    pub(super) fn new(facts: &'s Facts<'a>, verdict: Verdict, name: Name, decided: Option<&'s Row>) -> Self {
        let mut reasons = verdict.reasons;
        reasons.insert(1.min(reasons.len()), format!("resource: {}", name.why));
        let mut draft = Draft {
            facts,
            resource: name.text,
            method: String::new(),
            verb: verdict.verb,
            object_key: verdict.object_key,
            columns: verdict.columns,
            confidence: verdict.confidence,
            reasons,
            doubt: verdict.doubt,
            alternatives: [name.rivals, verdict.alternatives].concat(),
            decided,
        };
        if let Some(decided) = decided {
            draft.resource = decided.resource.to_string();
            draft.method = decided.method.to_string();
            draft.object_key = decided.object_key.to_string();
            draft.verb = decided.sql_verb().unwrap_or(draft.verb);
        }
        draft
    }

    /// Gives it a resource of its own.
    pub(super) fn move_to(&mut self, resource: String, why: String) {
        let before = std::mem::replace(&mut self.resource, resource);
        self.alternatives.insert(
            0,
            Alternative::new(RESOURCE, before.as_str(), "as the others of its path"),
        );
        self.doubt.clone_from(&why);
        self.reasons.push(why);
        self.confidence = self.confidence.min(0.7);
    }

    /// Makes it an EXEC method.
    pub(super) fn demote(&mut self, why: &str) {
        self.doubt = format!("exec instead of {}: {why}", self.verb);
        self.reasons.push(self.doubt.clone());
        let kept = Alternative::new(SQL_VERB, self.verb.as_str(), "on a resource of its own");
        self.alternatives.insert(0, kept);
        self.verb = SqlVerb::Exec;
        self.object_key.clear();
        self.confidence = self.confidence.min(0.5);
    }

    /// The row for `mapping.csv`.
    pub(super) fn into_row(self) -> Row {
        let operation = self.facts.operation;
        let usual = verb::usual(self.facts).map(|verb| Alternative::new(SQL_VERB, verb.as_str(), ""));
        let mut row = Row {
            filename: self.facts.file_name.clone(),
            path: operation.source_path().clone(),
            operation_id: operation.id.clone(),
            formatted_op_id: words::snake(&operation.id).into(),
            verb: operation.verb.as_str().into(),
            response_object: self.facts.reply_schema.clone().unwrap_or_default(),
            tags: joined(operation.tags.iter().map(ToString::to_string)),
            formatted_tags: joined(operation.tags.iter().map(|tag| words::snake(tag))),
            resource: self.resource.into(),
            method: self.method.into(),
            sql_verb: self.verb.as_str().into(),
            object_key: self.object_key.into(),
            op_description: first_sentence(operation.summary.as_ref().or(operation.description.as_ref())),
            confidence: Some(self.confidence),
            reason: self.reasons.join("; ").into(),
            reviewed: Reviewed::No,
            doubt: self.doubt.into(),
            alternatives: self.alternatives.into_iter().chain(usual).collect(),
            ..Row::default()
        };
        if let Some(decided) = self.decided {
            row.take_decisions(decided);
        }
        row
    }

    /// The entry in the ledger.
    pub(super) fn entry(&self) -> Entry {
        let operation = self.facts.operation;
        let (state, reason) = match self.decided {
            _ if !is_callable(self.facts) => {
                let verb = operation.verb.as_str().to_uppercase();
                (
                    State::Unsupported,
                    format!("{verb} asks about the API, not for its data"),
                )
            }
            Some(decided) if decided.is_skipped() => (State::Skipped, "left out in the mapping".to_owned()),
            Some(_) => (State::Mapped, "reviewed".to_owned()),
            None => (State::Mapped, self.reasons.join("; ")),
        };
        Entry {
            file: self.facts.file_name.clone(),
            path: operation.source_path().clone(),
            verb: operation.verb.as_str().into(),
            operation_id: operation.id.clone(),
            state,
            reason: reason.into(),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> Text {
    parts.collect::<Vec<_>>().join("|").into()
}

/// The first sentence on one line, for the eye.
fn first_sentence(text: Option<&Text>) -> Text {
    let text = text.map_or("", |text| text.as_str());
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    line[..end].into()
}

/// Indexes of drafts by service and resource, in order of first appearance.
pub(super) fn by_resource(drafts: &[Draft<'_, '_>]) -> IndexMap<(usize, String), Vec<usize>> {
    let mut groups: IndexMap<(usize, String), Vec<usize>> = IndexMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if draft.decided.is_none_or(|row| !row.is_skipped()) && is_callable(draft.facts) {
            groups
                .entry((draft.facts.service, draft.resource.clone()))
                .or_default()
                .push(at);
        }
    }
    groups
}
