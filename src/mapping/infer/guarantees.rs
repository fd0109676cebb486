//! What must hold of a mapping: the runtime reaches every method, and a resource shows one kind of row.
//!
//! 1. Selects of a resource whose columns differ from those of its main select become a resource of their own.
//! 2. Of methods of one resource and verb that need the same parameters only one keeps the verb. A read of another path
//!    moves to a resource of its own, the others become EXEC.

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Draft, by_resource};
use super::survey::Place;
use super::{object_key, row_shape};
use crate::diagnostic::Diagnostic;
use crate::mapping::verbs::Meaning;
use crate::mapping::{SqlVerb, verbs, words};
use crate::source::Text;

/// Makes both true, and reports where people's rows stand in the way. `may_move` is false where groups of ids say what
/// belongs together: there a read that another one hides becomes EXEC and stays.
pub(super) fn ensure(drafts: &mut [Draft<'_, '_>], may_move: bool) -> Vec<Diagnostic> {
    split_rows(drafts);
    make_signatures_unique(drafts, may_move)
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
        selects.sort_by_key(|&at| {
            (
                drafts[at].decided.is_none(),
                !lists_things(&drafts[at]),
                rank(&drafts[at], at),
            )
        });
        let Some((&main, others)) = selects.split_first() else {
            continue;
        };
        for &at in others {
            if drafts[at].decided.is_some() || row_shape::are_alike(&drafts[main].columns, &drafts[at].columns) {
                continue;
            }
            let why = format!(
                "resource: its rows have other columns than those of `{}` on `{resource}`",
                drafts[main].facts.operation.id
            );
            move_away(&mut drafts[at], *service, resource, &mut taken, why);
        }
    }
}

/// Gives a draft a resource of its own, whether a name was free for it.
fn move_away(
    draft: &mut Draft<'_, '_>,
    service: usize,
    resource: &str,
    taken: &mut FxHashSet<(usize, String)>,
    why: String,
) -> bool {
    let mut names = names_of_part(draft, resource).into_iter();
    match names.find(|name| taken.insert((service, name.clone()))) {
        Some(name) => {
            draft.move_to(name, why);
            true
        }
        None => false,
    }
}

/// Whether it lists the things of its collection, which the resource is named after.
fn lists_things(draft: &Draft<'_, '_>) -> bool {
    let facts = draft.facts;
    facts.place == Place::Collection && (object_key::answers_list(facts) || facts.id.verb() == Some("list"))
}

/// What a part of a resource may be called: by the path, by the id, by the field that lists its rows, as the details of a
/// thing, by a number. What only says the resource's own name once more tells nothing apart.
fn names_of_part(draft: &Draft<'_, '_>, resource: &str) -> Vec<String> {
    let whole = words::split(resource);
    let one = words::singularized(&whole);
    let mut names: Vec<String> = Vec::new();
    let mut propose = |part: &[String]| {
        if !part.is_empty() && words::singularized(part) != one {
            names.push(part.join("_"));
            names.push([one.as_slice(), part].concat().join("_"));
        }
    };
    if let Some(last) = draft
        .facts
        .path
        .last_fixed()
        .filter(|last| !verbs::is_action_word(last))
    {
        propose(last);
    }
    propose(&draft.facts.id.noun().words);
    let one = one.join("_");
    if object_key::answers_list(draft.facts) && !draft.object_key.is_empty() {
        let field = words::split(draft.object_key.trim_start_matches('$'));
        names.push(format!("{one}_{}", field.join("_")));
    }
    names.push(format!("{one}_details"));
    names.push(format!("{one}_{}", words::snake(&draft.facts.operation.id)));
    names.extend((2..100).map(|number| format!("{one}_rows_{number}")));
    names.retain(|name| !words::starts_with_digit(name));
    names
}

/// Makes the signatures unique: of the methods of one resource and verb that need the same parameters, the runtime
/// only ever reaches the first. The others move, where they may, or become EXEC.
fn make_signatures_unique(drafts: &mut [Draft<'_, '_>], may_move: bool) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let groups = by_resource(drafts);
    let mut taken: FxHashSet<(usize, String)> = groups.keys().cloned().collect();
    for ((service, resource), members) in groups {
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
            let why =
                || format!("resource: `{winner}` already answers {verb} on `{resource}` with the same parameters");
            if may_move
                && reads_elsewhere(&drafts[at], &drafts[first])
                && move_away(&mut drafts[at], service, &resource, &mut taken, why())
            {
                continue;
            }
            drafts[at].demote(&format!("`{winner}` already answers {verb} with the same parameters"));
        }
    }
    findings
}

fn reads_elsewhere(draft: &Draft<'_, '_>, winner: &Draft<'_, '_>) -> bool {
    let (own, other) = (&draft.facts.path, &winner.facts.path);
    let acts = own.custom_verb.is_some() || own.last_fixed().is_some_and(verbs::is_action_word);
    draft.verb == SqlVerb::Select && !acts && own.fixed().next_back() != other.fixed().next_back()
}

/// People's rows first, then what is current, plain, shallow and early.
fn rank(draft: &Draft<'_, '_>, at: usize) -> (bool, bool, bool, bool, usize, usize) {
    let id = &draft.facts.id;
    (
        draft.decided.is_none(),
        draft.facts.operation.deprecated,
        // `/widgets:batchGet` and `generateWidgetIds` read beside the list of widgets, not in its place.
        draft.facts.path.custom_verb.is_some()
            || draft.verb == SqlVerb::Select && id.verb_at.is_some() && id.meaning != Some(Meaning::Read)
            // What makes one comes before what makes or changes one.
            || draft.verb == SqlVerb::Insert && id.verb_at.is_some() && id.meaning != Some(Meaning::Create),
        // Of a `get` and a `list` that need the same, the list is the one with a single row.
        draft.facts.id.verb() == Some("list"),
        draft.facts.path.segments.len(),
        at,
    )
}
