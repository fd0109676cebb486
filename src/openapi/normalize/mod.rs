//! From any description to the plain form that the runtime can use: one row type per schema, every operation complete
//! in itself, valid OpenAPI 3.0. Each pass is one file, can be switched off, and records every change.

mod composition;
mod conform;
mod derived;
mod draft;
mod layout;
mod merge;
mod names;
mod objects;
mod passes;
mod place;
mod schemas;
mod template;
mod walk;
mod wrap;

use std::collections::BTreeSet;

use super::{Change, Spec, read};
use crate::diagnostic::Diagnostic;
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
    /// How many levels of a schema that contains itself are shown before it becomes a JSON column; see
    /// `cut-circular-schemas`.
    pub circular_depth: usize,
}

impl Default for NormalizeOptions {
    fn default() -> Self {
        NormalizeOptions {
            disabled: BTreeSet::new(),
            circular_depth: 2,
        }
    }
}

/// Runs all passes that are not switched off. Returns the new document, what was changed, and what could not be kept.
#[must_use]
pub fn normalize(spec: Spec, options: &NormalizeOptions) -> (Spec, Vec<Change>, Vec<Diagnostic>) {
    let mut draft = Draft::new(spec, options.circular_depth);
    for pass in PASSES.iter().filter(|pass| !options.disabled.contains(pass.id)) {
        draft.log.pass = pass.id;
        (pass.apply)(&mut draft);
    }
    // What is wrong in the result was wrong before, and is known.
    let (mut spec, _) = read(draft.root);
    for operation in &mut spec.operations {
        // A path may have a new name, and an id made from it must not follow.
        if let Some(id) = draft.ids.get(&(operation.source_path().clone(), operation.verb)) {
            operation.id = id.clone();
        }
    }
    (spec, draft.log.changes, draft.log.findings)
}
