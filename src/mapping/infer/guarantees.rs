//! What must hold of a mapping: the runtime reaches every method, and a resource shows one kind of row.
//!
//! 1. Selects of a resource whose columns differ from those of its main select become a resource of their own.
//! 2. Of methods of one resource and verb that need the same parameters only one keeps the verb.

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Draft, by_resource};
use super::row_shape;
use crate::diagnostic::Diagnostic;
use crate::mapping::verbs::Meaning;
use crate::mapping::{SqlVerb, verbs, words};
use crate::source::Text;

/// Makes both true, and reports where people's rows stand in the way.
pub(super) fn ensure(drafts: &mut [Draft<'_, '_>]) -> Vec<Diagnostic> {
    split_rows(drafts);
    make_signatures_unique(drafts)
}

/// Gives selects with other columns a resource of their own.
fn split_rows(drafts: &mut [Draft<'_, '_>]) {
    let groups = by_resource(drafts);
    let mut taken: FxHashSet<(usize, String)> = groups.keys().cloned().collect();
    for ((service, resource), members) in &groups {
        let mut selects: Vec<usize> = members
            .iter()
            .copied()
            .filter(|&at| drafts[at].verb == SqlVerb::Select && !drafts[at].columns.is_empty())
            .collect();
        selects.sort_by_key(|&at| rank(&drafts[at], at));
        let Some((&main, others)) = selects.split_first() else {
            continue;
        };
        for &at in others {
            if drafts[at].decided.is_some() || row_shape::are_alike(&drafts[main].columns, &drafts[at].columns) {
                continue;
            }
            let wishes = names_of_part(&drafts[at], resource);
            let Some(name) = wishes.into_iter().find(|name| taken.insert((*service, name.clone()))) else {
                continue;
            };
            let why = format!(
                "resource: its rows have other columns than those of `{}` on `{resource}`",
                drafts[main].facts.operation.id
            );
            drafts[at].move_to(name, why);
        }
    }
}

/// What a part of a resource may be called: by the path, by the id, by a number.
fn names_of_part(draft: &Draft<'_, '_>, resource: &str) -> Vec<String> {
    let one = words::singularized(&words::split(resource)).join("_");
    let mut names = Vec::new();
    let last = draft.facts.path.last_fixed();
    if let Some(last) = last.filter(|last| !verbs::is_action_word(last)) {
        names.push(last.join("_"));
        names.push(format!("{one}_{}", last.join("_")));
    }
    let noun = draft.facts.id.noun().words.join("_");
    if !noun.is_empty() {
        names.push(noun.clone());
        names.push(format!("{one}_{noun}"));
    }
    names.push(format!("{one}_{}", words::snake(&draft.facts.operation.id)));
    names.extend((2..100).map(|number| format!("{one}_rows_{number}")));
    names
}

/// Makes the signatures unique: of the methods of one resource and verb that need the same parameters, the runtime
/// only ever reaches the first. The others become EXEC.
fn make_signatures_unique(drafts: &mut [Draft<'_, '_>]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for ((_, resource), members) in by_resource(drafts) {
        let mut by_signature: FxHashMap<(SqlVerb, Vec<Text>), usize> = FxHashMap::default();
        let mut ranked = members.clone();
        ranked.sort_by_key(|&at| rank(&drafts[at], at));
        for at in ranked {
            let verb = drafts[at].verb;
            if verb == SqlVerb::Exec {
                continue;
            }
            let key = (verb, drafts[at].facts.required.clone());
            let Some(&first) = by_signature.get(&key) else {
                by_signature.insert(key, at);
                continue;
            };
            let winner = drafts[first].facts.operation.id.clone();
            if drafts[at].decided.is_some() {
                findings.push(
                    Diagnostic::warning(
                        "same-signature",
                        format!(
                            "`{}` and `{winner}` both answer {verb} on `{resource}` with the same parameters",
                            drafts[at].facts.operation.id
                        ),
                    )
                    .at(drafts[at].facts.operation.key_span)
                    .note_that("the runtime only ever reaches one of them")
                    .help("give one of the rows another resource or verb"),
                );
                continue;
            }
            drafts[at].demote(&format!("`{winner}` already answers {verb} with the same parameters"));
        }
    }
    findings
}

/// People's rows first, then what is current, plain, shallow and early.
fn rank(draft: &Draft<'_, '_>, at: usize) -> (bool, bool, bool, bool, usize, usize) {
    let id = &draft.facts.id;
    (
        draft.decided.is_none(),
        draft.facts.operation.deprecated,
        // `/widgets:batchGet` and `generateWidgetIds` read beside the list of widgets, not in its place.
        draft.facts.path.custom_verb.is_some()
            || draft.verb == SqlVerb::Select && id.verb_at.is_some() && id.meaning != Some(Meaning::Read),
        // Of a `get` and a `list` that need the same, the list is the one with a single row.
        draft.facts.id.verb() == Some("list"),
        draft.facts.path.segments.len(),
        at,
    )
}
