//! Names of methods: unique in their resource, and without a meaning that the runtime would read into them.

use rustc_hash::FxHashSet;

use super::draft::{Draft, by_resource};
use super::learn::{self, Example};
use super::operation_words::{IdStyle, own_part};
use crate::mapping::{SqlVerb, words};
use crate::openapi::RESERVED_NAMES;

/// Gives a name to each draft that no person has named.
pub(super) fn assign(drafts: &mut [Draft<'_, '_>], style: IdStyle) {
    let groups = by_resource(drafts);
    let examples: Vec<Example> = drafts
        .iter()
        .filter_map(|draft| {
            let row = draft.decided.filter(|row| !row.is_skipped())?;
            let (proposals, situations) = learn::method_names::proposals(
                draft.facts,
                draft.verb,
                &draft.resource,
                style,
                &inferred(draft, style),
            );
            Some(Example {
                proposals,
                situations,
                answer: row.method.to_string(),
                row: row.operation_id.to_string(),
            })
        })
        .collect();
    let lesson = learn::method_names::learn(&examples);
    for ((_, resource), members) in groups {
        let mut taken: FxHashSet<String> = members
            .iter()
            .filter_map(|&at| drafts[at].decided)
            .map(|row| row.method.to_string())
            .collect();
        for at in members {
            if drafts[at].decided.is_some() {
                continue;
            }
            let draft = &drafts[at];
            let learned = lesson.as_ref().and_then(|ranker| {
                let (proposals, situations) =
                    learn::method_names::proposals(draft.facts, draft.verb, &resource, style, &inferred(draft, style));
                let fits = |name: &str| is_unambiguous(name, draft.verb) && !taken.contains(name);
                let choice = ranker
                    .ranked(&proposals, &situations)
                    .into_iter()
                    .find(|choice| fits(&choice.text))?;
                // People who write `list` accept that EXEC needs quotes; where they do not, nothing shows that they would.
                (choice.chance > 0.3).then(|| {
                    let row = ranker.shown_by(choice.scheme).unwrap_or_default();
                    (choice.text, format!("method: {}, as in row `{row}`", choice.scheme))
                })
            });
            let (name, why) = learned.map_or_else(
                || {
                    let free = candidates(draft, style, &resource).into_iter().find(|name| {
                        is_unambiguous(name, draft.verb)
                            && !taken.contains(name)
                            && !RESERVED_NAMES.contains(&name.as_str())
                    });
                    (free.unwrap_or_else(|| numbered(draft, &taken)), None)
                },
                |(name, why)| (name, Some(why)),
            );
            taken.insert(name.clone());
            drafts[at].method = name;
            drafts[at].reasons.extend(why);
        }
    }
}

fn inferred(draft: &Draft<'_, '_>, style: IdStyle) -> String {
    let names = candidates(draft, style, &draft.resource);
    names
        .into_iter()
        .find(|name| is_unambiguous(name, draft.verb) && !RESERVED_NAMES.contains(&name.as_str()))
        .unwrap_or_default()
}

fn candidates(draft: &Draft<'_, '_>, style: IdStyle, resource: &str) -> Vec<String> {
    let id = &draft.facts.id;
    let short = match style {
        IdStyle::Grouped => id.method.strip_prefix("begin_").unwrap_or(&id.method),
        _ => &id.method,
    };
    let short = words::snake(short);
    let with_resource = format!("{short}_{resource}");
    let operation = draft.facts.operation;
    let whole = words::snake(&operation.id);
    if own_part(operation) == operation.id {
        vec![short, with_resource, whole]
    } else {
        // Where ids begin with the HTTP verb, that is what tells two of them apart.
        vec![short, whole, with_resource]
    }
}

fn numbered(draft: &Draft<'_, '_>, taken: &FxHashSet<String>) -> String {
    let base = words::snake(&draft.facts.operation.id);
    let base = if base.is_empty() || words::starts_with_digit(&base) {
        format!("call_{base}")
    } else {
        base
    };
    (1..)
        .map(|number| {
            if number == 1 {
                base.clone()
            } else {
                format!("{base}_{number}")
            }
        })
        .find(|name| !taken.contains(name))
        .unwrap_or(base)
}

/// Whether it is a plain identifier that the runtime does not take for another verb.
fn is_unambiguous(name: &str, verb: SqlVerb) -> bool {
    let plain = name
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || character == '_');
    plain
        && !name.is_empty()
        && !words::starts_with_digit(name)
        && hidden_meaning(name).is_none_or(|hidden| hidden == verb)
}

/// The verb that the runtime gives to a method of this name when a verb key is absent, and that `SHOW METHODS` prints.
pub(super) fn hidden_meaning(name: &str) -> Option<SqlVerb> {
    match name {
        "select" | "list" | "get" => Some(SqlVerb::Select),
        "insert" | "create" => Some(SqlVerb::Insert),
        "delete" => Some(SqlVerb::Delete),
        _ => None,
    }
}
