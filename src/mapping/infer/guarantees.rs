//! What must hold of a mapping for the runtime to reach every method.

use rustc_hash::FxHashMap;

use super::draft::{Draft, by_resource};
use crate::diagnostic::Diagnostic;
use crate::mapping::SqlVerb;
use crate::source::Text;

/// Makes the signatures unique: of the methods of one resource and verb that need the same parameters, the runtime
/// only ever reaches the first. The others become EXEC.
pub(super) fn ensure(drafts: &mut [Draft<'_, '_>]) -> Vec<Diagnostic> {
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

/// People's rows first, then what is current, shallow and early.
fn rank(draft: &Draft<'_, '_>, at: usize) -> (bool, bool, bool, usize, usize) {
    (
        draft.decided.is_none(),
        draft.facts.operation.deprecated,
        // Of a `get` and a `list` that need the same, the list is the one with a single row.
        draft.facts.id.verb() == Some("list"),
        draft.facts.path.segments.len(),
        at,
    )
}
