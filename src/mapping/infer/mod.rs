//! From operations to rows: what no person has decided is inferred, with a confidence and a reason.
//!
//! 1. [`survey`]: facts of each operation (path, id, request, response) and what stands around it.
//! 2. [`verb`]: which SQL verb; [`object_key`]: where the rows are.
//! 3. [`resource_names`] and [`method_names`]: names, for the whole provider at once.
//! 4. [`guarantees`]: what the runtime needs, made true by demotion or renaming, each with a reason.

mod guarantees;
mod method_names;
mod object_key;
mod operation_words;
mod path_shape;
mod reply;
mod request;
mod resource_names;
mod survey;
mod units;
mod verb;

pub use operation_words::IdStyle;

use super::ledger::{Entry, State};
use super::{Reviewed, Row, SqlVerb, Table, words};
use crate::diagnostic::Diagnostic;
use crate::openapi::{HttpVerb, Service};
use crate::source::Text;
use survey::{Facts, Survey};

/// What a person fixed for the whole provider in its configuration. Everything else is inferred.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conventions {
    /// What PUT answers where nothing more is known.
    pub put: Option<SqlVerb>,
    /// What PATCH answers where nothing more is known.
    pub patch: Option<SqlVerb>,
    /// Whether an object that holds one whole item is opened (`$.widget`).
    pub item_envelopes: Option<bool>,
}

/// What inference gives.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// One row an operation that is mapped or skipped, in the order of services and documents.
    pub table: Table,
    /// Each operation exactly once.
    pub ledger: Vec<Entry>,
    /// What a person should know.
    pub findings: Vec<Diagnostic>,
}

/// A row in the making.
struct Draft<'a, 's> {
    facts: &'s Facts<'a>,
    resource: String,
    method: String,
    verb: SqlVerb,
    object_key: String,
    confidence: f32,
    reasons: Vec<String>,
    /// The row of a person, whose answers stand.
    decided: Option<&'s Row>,
}

/// Maps every operation of the services. Reviewed rows stand as they are.
#[must_use]
pub fn infer(services: &[Service], reviewed: &Table, conventions: &Conventions) -> Outcome {
    let survey = Survey::of(services);
    let decisions = reviewed_rows(&survey, reviewed);
    let item_envelopes = conventions.item_envelopes.unwrap_or_else(|| object_key::opens_items(&survey));
    let (units, unit_of) = units::of(&survey);
    let service_names: Vec<Vec<String>> = services.iter().map(|service| words::split(&service.name)).collect();
    let names = resource_names::of(&survey, &units, &service_names);
    let names = unit_of.iter().map(|&unit| names[unit].clone());
    let mut drafts: Vec<Draft<'_, '_>> = survey
        .facts
        .iter()
        .zip(names)
        .zip(decisions)
        .map(|((facts, name), decided)| draft(facts, &survey, name, decided, item_envelopes, conventions))
        .collect();
    method_names::assign(&mut drafts, survey.id_style);
    let findings = guarantees::ensure(&mut drafts);
    let mut outcome = Outcome {
        findings,
        ..Outcome::default()
    };
    for draft in drafts {
        outcome.ledger.push(entry(&draft));
        if is_callable(draft.facts) {
            outcome.table.rows.push(row(draft));
        }
    }
    outcome
}

/// The runtime sends no other verbs.
fn is_callable(facts: &Facts<'_>) -> bool {
    !matches!(facts.operation.verb, HttpVerb::Options | HttpVerb::Trace)
}

/// The reviewed row of each operation.
fn reviewed_rows<'r>(survey: &Survey<'_>, reviewed: &'r Table) -> Vec<Option<&'r Row>> {
    let index = super::table::Index::of(reviewed.rows.iter().filter(|row| row.is_reviewed()));
    survey
        .facts
        .iter()
        .map(|facts| {
            index.find(
                facts.file_name,
                &facts.operation.id,
                &facts.operation.path,
                facts.operation.verb.as_str(),
            )
        })
        .collect()
}

fn draft<'a, 's>(
    facts: &'s Facts<'a>,
    survey: &Survey<'a>,
    name: resource_names::Name,
    decided: Option<&'s Row>,
    item_envelopes: bool,
    conventions: &Conventions,
) -> Draft<'a, 's> {
    let decision = verb::decide(facts, survey);
    let mut sql_verb = decision.opinion.verb;
    if decision.heuristic == "http_verb" {
        sql_verb = match facts.operation.verb {
            HttpVerb::Put => conventions.put.unwrap_or(sql_verb),
            HttpVerb::Patch => conventions.patch.unwrap_or(sql_verb),
            _ => sql_verb,
        };
    }
    let mut confidence = decision.opinion.confidence;
    if let Some(dissent) = &decision.dissent {
        confidence -= (dissent.confidence - 0.5).max(0.0) * 0.3;
    }
    let mut reasons = vec![
        format!("{sql_verb}: {}", decision.opinion.why),
        format!("resource: {}", name.why),
    ];
    let mut object_key = String::new();
    if sql_verb == SqlVerb::Select {
        let found = object_key::of(facts, item_envelopes);
        reasons.push(if found.key.is_empty() {
            format!("no object key: {}", found.why)
        } else {
            format!("object key: {}", found.why)
        });
        confidence = confidence.min(found.confidence);
        object_key = found.key;
    }
    let mut draft = Draft {
        facts,
        resource: name.text,
        method: String::new(),
        verb: sql_verb,
        object_key,
        confidence,
        reasons,
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

fn row(draft: Draft<'_, '_>) -> Row {
    let operation = draft.facts.operation;
    let mut row = Row {
        filename: draft.facts.file_name.clone(),
        path: operation.path.clone(),
        operation_id: operation.id.clone(),
        formatted_op_id: words::snake(&operation.id).into(),
        verb: operation.verb.as_str().into(),
        response_object: draft.facts.reply_schema.clone().unwrap_or_default(),
        tags: joined(operation.tags.iter().map(ToString::to_string)),
        formatted_tags: joined(operation.tags.iter().map(|tag| words::snake(tag))),
        resource: draft.resource.into(),
        method: draft.method.into(),
        sql_verb: draft.verb.as_str().into(),
        object_key: draft.object_key.into(),
        op_description: first_sentence(operation.summary.as_ref().or(operation.description.as_ref())),
        confidence: Some(draft.confidence),
        reason: draft.reasons.join("; ").into(),
        reviewed: Reviewed::No,
        ..Row::default()
    };
    if let Some(decided) = draft.decided {
        row.take_decisions(decided);
    }
    row
}

fn entry(draft: &Draft<'_, '_>) -> Entry {
    let operation = draft.facts.operation;
    let (state, reason) = match draft.decided {
        _ if !is_callable(draft.facts) => (
            State::Unsupported,
            format!(
                "{} asks about the API, not for its data",
                operation.verb.as_str().to_uppercase()
            ),
        ),
        Some(decided) if decided.is_skipped() => (State::Skipped, "left out in the mapping".to_owned()),
        Some(_) => (State::Mapped, "reviewed".to_owned()),
        None => (State::Mapped, draft.reasons.join("; ")),
    };
    Entry {
        file: draft.facts.file_name.clone(),
        path: operation.path.clone(),
        verb: operation.verb.as_str().into(),
        operation_id: operation.id.clone(),
        state,
        reason: reason.into(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> Text {
    parts.collect::<Vec<_>>().join("|").into()
}

/// The first sentence on one line, for the eye.
fn first_sentence(text: Option<&Text>) -> Text {
    let line: String = text
        .map_or("", |text| text.as_str())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    line[..end].into()
}

/// Indexes of drafts by resource, in order of first appearance.
fn by_resource(drafts: &[Draft<'_, '_>]) -> indexmap::IndexMap<(usize, String), Vec<usize>> {
    let mut groups: indexmap::IndexMap<(usize, String), Vec<usize>> = indexmap::IndexMap::new();
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
