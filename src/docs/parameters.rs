//! The parameter table: one row for each name that the method table shows.

use indexmap::IndexMap;

use super::fields::described;
use super::methods::ListedMethod;
use super::page::{ParameterLink, ParameterRow};
use super::prose;
use crate::provider::{Input, InputPlace};
use crate::source::Text;

/// The rows: what any method needs first, then the rest, both alphabetical. Where a name is a parameter of one method
/// and a body field of another, the parameter speaks for it.
pub(super) fn rows(methods: &[ListedMethod<'_>]) -> Vec<ParameterRow> {
    let mut by_name: IndexMap<&Text, Vec<&Input>> = IndexMap::new();
    for method in methods {
        for input in method.required().into_iter().chain(method.optional()) {
            by_name.entry(&input.name).or_default().push(input);
        }
    }
    let mut rows: Vec<(bool, ParameterRow)> = by_name
        .into_values()
        .map(|mut inputs| {
            if inputs.iter().any(|input| input.place != InputPlace::Body) {
                inputs.retain(|input| input.place != InputPlace::Body);
            }
            (inputs.iter().any(|input| input.required), row(&inputs))
        })
        .collect();
    rows.sort_by_cached_key(|(required, row)| (!required, row.name.to_lowercase(), row.name.clone()));
    let mut rows: Vec<ParameterRow> = rows.into_iter().map(|(_, row)| row).collect();
    make_anchors_unique(&mut rows);
    rows
}

/// One row from all uses of a name: the first that has a description speaks.
fn row(inputs: &[&Input]) -> ParameterRow {
    let first = inputs[0];
    let mut described_use = first;
    let mut description = described(first.description.as_deref(), &first.values);
    for input in &inputs[1..] {
        if description.is_empty() {
            description = described(input.description.as_deref(), &input.values);
            described_use = input;
        }
    }
    let default = described_use.default.as_ref().or(first.default.as_ref());
    let of_server = inputs.iter().any(|input| input.place == InputPlace::Server);
    if let Some(default) = default.filter(|default| of_server && !default.is_empty()) {
        if !description.is_empty() {
            description.push(' ');
        }
        description.push_str("(default: ");
        description.push_str(default);
        description.push(')');
    }
    if inputs.iter().all(|input| input.deprecated) {
        description = prose::deprecated(&description);
    }
    ParameterRow {
        name: first.name.clone(),
        anchor: anchor(&first.name),
        data_type: first.data_type.clone(),
        description,
    }
}

/// Names that differ only in characters that an id cannot have get a number.
fn make_anchors_unique(rows: &mut [ParameterRow]) {
    let mut seen: Vec<String> = Vec::with_capacity(rows.len());
    for row in rows {
        let plain = row.anchor.clone();
        let mut number = 2;
        while seen.contains(&row.anchor) {
            row.anchor = format!("{plain}-{number}");
            number += 1;
        }
        seen.push(row.anchor.clone());
    }
}

/// `parameter-<name>`, with `-` for what neither an id nor a link can hold.
fn anchor(name: &str) -> String {
    let safe = |next: char| {
        if next.is_ascii_alphanumeric() || matches!(next, '_' | '-' | '.') {
            next
        } else {
            '-'
        }
    };
    format!("parameter-{}", name.chars().map(safe).collect::<String>())
}

/// Links from method cells to rows.
pub(super) fn links(inputs: &[&Input], rows: &[ParameterRow]) -> Vec<ParameterLink> {
    inputs
        .iter()
        .map(|input| ParameterLink {
            name: input.name.clone(),
            anchor: rows
                .iter()
                .find(|row| row.name == input.name)
                .map_or_else(|| anchor(&input.name), |row| row.anchor.clone()),
        })
        .collect()
}
