//! Printing changes: for people, for a pull request, for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Change, Changes, Kind};

/// Plain text: a line of counts, then the changes by table, those that break something marked with `!`.
#[must_use]
pub fn to_text(changes: &Changes) -> String {
    let mut out = format!("{}\n", summary(changes));
    for (table, changes) in by_table(changes) {
        // Writing into a `String` cannot fail.
        let _ = writeln!(out, "\n{}", if table.is_empty() { "provider" } else { &table });
        for change in changes {
            let mark = if change.breaking { '!' } else { ' ' };
            let method = &change.place.method;
            let method = if method.is_empty() {
                String::new()
            } else {
                format!("{method}: ")
            };
            let _ = writeln!(out, "  {mark} {method}{}", change.message);
        }
    }
    out
}

/// Markdown: counts, then what breaks and what is new, each by table.
#[must_use]
pub fn to_markdown(changes: &Changes) -> String {
    let mut out = format!("# Changes\n\n{}\n\n", summary(changes));
    let mut counts: BTreeMap<(bool, Kind), usize> = BTreeMap::new();
    for change in &changes.changes {
        *counts.entry((!change.breaking, change.kind)).or_default() += 1;
    }
    if !counts.is_empty() {
        out.push_str("| change | breaking | count |\n|---|---|---|\n");
    }
    for ((harmless, kind), count) in counts {
        let breaking = if harmless { "no" } else { "yes" };
        let _ = writeln!(out, "| {} | {breaking} | {count} |", name(kind));
    }
    for (title, breaking) in [("Breaking", true), ("New or eased", false)] {
        let tables = by_table(changes);
        let mut tables = tables
            .into_iter()
            .map(|(table, changes)| {
                let wanted: Vec<&Change> = changes
                    .into_iter()
                    .filter(|change| change.breaking == breaking)
                    .collect();
                (table, wanted)
            })
            .filter(|(_, changes)| !changes.is_empty())
            .peekable();
        if tables.peek().is_some() {
            let _ = writeln!(out, "\n## {title}");
        }
        for (table, changes) in tables {
            let _ = writeln!(out, "\n### {}\n", if table.is_empty() { "Provider" } else { &table });
            for change in changes {
                let method = &change.place.method;
                let method = if method.is_empty() {
                    String::new()
                } else {
                    format!("`{method}`: ")
                };
                let _ = writeln!(out, "- {method}{}", change.message);
            }
        }
    }
    out
}

/// JSON: `old`, `new`, `breaking` (a count) and `changes`.
///
/// # Panics
/// Never: texts and numbers can always be written.
#[must_use]
pub fn to_json(changes: &Changes) -> String {
    let report = serde_json::json!({
        "old": changes.old,
        "new": changes.new,
        "breaking": changes.breaking().count(),
        "changes": changes.changes,
    });
    serde_json::to_string_pretty(&report).expect("texts and numbers can be written")
}

fn summary(changes: &Changes) -> String {
    format!(
        "{} to {}: {} breaking, {} other changes",
        changes.old,
        changes.new,
        changes.breaking().count(),
        changes.harmless().count()
    )
}

fn by_table(changes: &Changes) -> BTreeMap<String, Vec<&Change>> {
    let mut tables: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in &changes.changes {
        let place = &change.place;
        let table = if place.resource.is_empty() {
            place.service.to_string()
        } else {
            format!("{}.{}", place.service, place.resource)
        };
        tables.entry(table).or_default().push(change);
    }
    tables
}

/// The kind as programs read it.
fn name(kind: Kind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
