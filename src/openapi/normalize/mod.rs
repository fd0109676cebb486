//! From any description to the plain form that the runtime can use: one row type per schema, every operation complete
//! in itself, valid `OpenAPI` 3.0. Each pass is one file, can be switched off, and records every change.

mod composition;
mod draft;
mod layout;
mod merge;
mod passes;
mod place;
mod walk;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Change, HttpVerb, Spec, read};
use crate::diagnostic::Diagnostic;
use crate::source::Text;
use draft::Draft;

pub(in crate::openapi) use layout::Kind;
pub(in crate::openapi) use place::Place;
pub(in crate::openapi) use walk::visit;

/// One pass: a change of the document that makes it fit for the runtime.
#[derive(Clone, Copy)]
pub struct Pass {
    /// Its name in kebab case: that of its file.
    pub id: &'static str,
    /// What it does and why, as Markdown: the doc comment of the pass.
    pub page: &'static str,
    apply: fn(&mut Draft),
}

/// All passes, in the order in which they run.
pub static PASSES: &[Pass] = passes::ALL;

/// What [`normalize`] shall do.
#[derive(Debug, Clone)]
pub struct NormalizeOptions {
    /// Ids of passes that are switched off.
    pub disabled: BTreeSet<String>,
    /// How many times a schema that contains itself is shown inside itself before it becomes a JSON column; see
    /// `cut-circular-schemas`.
    pub circular_depth: usize,
}

impl Default for NormalizeOptions {
    fn default() -> Self {
        NormalizeOptions {
            disabled: BTreeSet::new(),
            circular_depth: 3,
        }
    }
}

/// Runs all passes that are not switched off. Returns the new document, what was changed, and what could not be kept.
#[must_use]
pub fn normalize(spec: Spec, options: &NormalizeOptions) -> (Spec, Vec<Change>, Vec<Diagnostic>) {
    let ids = declared_ids(&spec);
    let mut draft = Draft::new(spec.root, options.circular_depth);
    for pass in PASSES.iter().filter(|pass| !options.disabled.contains(pass.id)) {
        draft.log.pass = pass.id;
        (pass.apply)(&mut draft);
    }
    let (mut spec, _) = read(draft.root);
    for operation in &mut spec.operations {
        if let Some(id) = ids.get(&(operation.source_path().clone(), operation.verb)) {
            operation.id = id.clone();
        }
    }
    (spec, draft.log.changes, draft.log.findings)
}

/// The ids that operations had before: passes may rename a path, and an id made from it must not follow.
fn declared_ids(spec: &Spec) -> FxHashMap<(Text, HttpVerb), Text> {
    let operations = spec.operations.iter();
    operations
        .map(|operation| ((operation.path.clone(), operation.verb), operation.id.clone()))
        .collect()
}
