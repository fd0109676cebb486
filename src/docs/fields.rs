//! The fields of a row: their order, their values in words, and what is nested in them.

use super::page::FieldRow;
use super::prose;
use crate::openapi::Schema;
use crate::provider::{Column, Columns, Service};
use crate::source::{Node, Text};

/// Most rows of one tree with nested fields: more than anybody reads; deeper levels are left out until it fits.
const MAX_ROWS: usize = 2_000;

/// The fields of a row, with what is nested in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tree {
    /// The rows, in the order of the page.
    pub(super) rows: Vec<FieldRow>,
    /// How many rows there are with the nested ones.
    pub(super) count: usize,
    /// How many levels are shown, where there would be more below.
    pub(super) cut_at: Option<usize>,
}

/// The fields of a method down to a depth (1: the columns alone), less deep where that would be too many rows.
pub(super) fn tree(service: &Service, columns: &Columns, depth: usize) -> Tree {
    let mut shown = depth.max(1);
    loop {
        let mut left = MAX_ROWS;
        let mut rows: Vec<FieldRow> = columns
            .list()
            .iter()
            .map(|column| row(service, column, shown, &mut left))
            .collect();
        if left > 0 || shown == 1 {
            sort(&mut rows);
            let count = count(&rows);
            let cut_at = (shown < depth).then_some(shown);
            return Tree { rows, count, cut_at };
        }
        shown -= 1;
    }
}

fn count(rows: &[FieldRow]) -> usize {
    rows.iter().map(|row| 1 + count(&row.children)).sum()
}

fn row(service: &Service, column: &Column, depth: usize, left: &mut usize) -> FieldRow {
    *left = left.saturating_sub(1);
    let schema = service.spec.schema(&column.schema);
    FieldRow {
        name: column.name.clone(),
        data_type: column.data_type.clone(),
        description: marked(
            schema,
            described(column.description.as_deref(), &values(&column.values, schema)),
        ),
        children: children(schema, depth, left),
    }
}

fn children(schema: Schema<'_>, depth: usize, left: &mut usize) -> Vec<FieldRow> {
    if depth <= 1 || *left == 0 {
        return Vec::new();
    }
    let object = if schema.is_array() {
        schema.items()
    } else {
        Some(schema)
    };
    let Some(object) = object else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (name, property) in object.properties() {
        *left = left.saturating_sub(1);
        rows.push(FieldRow {
            name,
            data_type: property.data_type().unwrap_or("any").into(),
            description: marked(
                property,
                described(property.description(), &values(&property.enum_values(), property)),
            ),
            children: children(property, depth - 1, left),
        });
    }
    sort(&mut rows);
    rows
}

fn marked(schema: Schema<'_>, description: String) -> String {
    if schema.flag("deprecated") {
        prose::deprecated(&description)
    } else {
        description
    }
}

/// The enum values, also where a generator wrote them under `x-enum`.
fn values(declared: &[Text], schema: Schema<'_>) -> Vec<Text> {
    if !declared.is_empty() {
        return declared.to_vec();
    }
    let extension = schema.node().get("x-enum").and_then(Node::as_list);
    extension.into_iter().flatten().filter_map(Node::scalar_text).collect()
}

/// A description with the values in brackets.
pub(super) fn described(description: Option<&str>, values: &[Text]) -> String {
    let mut text = prose::one_line(description.unwrap_or_default());
    if !values.is_empty() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push('(');
        text.push_str(&prose::joined(&values.join(", ")));
        text.push(')');
    }
    text
}

fn sort(rows: &mut [FieldRow]) {
    rows.sort_by_cached_key(|row| place(&row.name));
}

/// The names of the columns, in the order of the field table.
pub(super) fn sorted_names(columns: &Columns) -> Vec<Text> {
    let mut names: Vec<Text> = columns.list().iter().map(|column| column.name.clone()).collect();
    names.sort_by_cached_key(place);
    names
}

/// `id`, `name`, then what ends in `_id`, then in `_name`, then the rest; each group alphabetical.
fn place(name: &Text) -> (u8, String, Text) {
    let group = match name.as_str() {
        "id" => 0,
        "name" => 1,
        _ if name.ends_with("_id") => 2,
        _ if name.ends_with("_name") => 3,
        _ => 4,
    };
    (group, name.as_str().to_lowercase(), name.clone())
}
