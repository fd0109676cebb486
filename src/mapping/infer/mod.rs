//! From operations to rows: what no person has decided is inferred, with a confidence and a reason.
//!
//! 1. [`survey`]: facts of each operation (path, id, request, response) and what stands around it.
//! 2. [`verb`]: which SQL verb; [`object_key`]: where the rows are.
//! 3. [`resource_names`] and [`method_names`]: names, for the whole provider at once.
//! 4. [`guarantees`]: what the runtime needs, made true by demotion or renaming, each with a reason.

mod action_segment;
mod confidence;
mod draft;
mod envelope_words;
mod groups;
mod guarantees;
mod item_envelope;
mod learn;
mod method_names;
mod object_key;
mod operation_words;
mod parts;
mod path_shape;
mod reply;
mod request;
mod resource_names;
mod row_shape;
mod survey;
mod undone_words;
mod units;
mod verb;
mod verdicts;
mod versions;

pub use operation_words::IdStyle;

use super::ledger::Entry;
use super::{Row, SqlVerb, Table};
use crate::diagnostic::Diagnostic;
use crate::openapi::Service;
use draft::Draft;
use survey::Survey;

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

/// Maps every operation of the services. Reviewed rows stand as they are.
#[must_use]
pub fn infer(services: &[Service], reviewed: &Table, conventions: &Conventions) -> Outcome {
    let survey = Survey::of(services);
    let decided = reviewed_rows(&survey, reviewed);
    let verdicts = verdicts::of(&survey, &decided, conventions);
    let names = resource_names::of(&survey, &units::of(&survey, &decided), services, &verdicts, &decided);
    let mut drafts: Vec<Draft<'_, '_>> = survey
        .facts
        .iter()
        .zip(verdicts)
        .zip(names)
        .zip(decided)
        .map(|(((facts, verdict), name), decided)| Draft::new(facts, verdict, name, decided))
        .collect();
    let findings = guarantees::ensure(&mut drafts, !survey.groups_name_things);
    method_names::assign(&mut drafts, survey.id_style);
    let mut outcome = Outcome {
        findings,
        ..Outcome::default()
    };
    for draft in drafts {
        outcome.ledger.push(draft.entry());
        if draft::is_callable(draft.facts) {
            outcome.table.rows.push(draft.into_row());
        }
    }
    outcome
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
                facts.operation.source_path(),
                facts.operation.verb.as_str(),
            )
        })
        .collect()
}
