//! Names of methods: unique in their resource, and without a meaning that the runtime would read into them.

use rustc_hash::FxHashSet;

use super::operation_words::IdStyle;
use super::{Draft, by_resource};
use crate::mapping::reserved::is_reserved;
use crate::mapping::{SqlVerb, words};

/// Gives a name to each draft that no person has named.
pub(super) fn assign(drafts: &mut [Draft<'_, '_>], style: IdStyle) {
    for ((_, resource), members) in by_resource(drafts) {
        let mut taken: FxHashSet<String> = members
            .iter()
            .filter_map(|&at| drafts[at].decided)
            .map(|row| row.method.to_string())
            .collect();
        for at in members {
            if drafts[at].decided.is_some() {
                continue;
            }
            let name = candidates(&drafts[at], style, &resource)
                .into_iter()
                .find(|name| is_free(name, drafts[at].verb, &taken))
                .unwrap_or_else(|| numbered(&drafts[at], &taken));
            taken.insert(name.clone());
            drafts[at].method = name;
        }
    }
}

fn candidates(draft: &Draft<'_, '_>, style: IdStyle, resource: &str) -> Vec<String> {
    let id = &draft.facts.id;
    let short = match style {
        IdStyle::Grouped => id.method.strip_prefix("begin_").unwrap_or(&id.method),
        _ => &id.method,
    };
    let short = words::snake(short);
    vec![
        short.clone(),
        format!("{short}_{resource}"),
        words::snake(&draft.facts.operation.id),
    ]
}

fn numbered(draft: &Draft<'_, '_>, taken: &FxHashSet<String>) -> String {
    let base = words::snake(&draft.facts.operation.id);
    let base = if base.is_empty() || base.starts_with(|first: char| first.is_ascii_digit()) {
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

fn is_free(name: &str, verb: SqlVerb, taken: &FxHashSet<String>) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !taken.contains(name)
        && !is_reserved(name)
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
