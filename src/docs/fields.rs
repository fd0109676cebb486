//! The fields of a row: their order, their values in words, and what is nested in them.

use super::page::{FieldFile, FieldRow, FieldTab};
use super::prose;
use super::settings::{SiteSettings, Style};
use crate::openapi::Schema;
use crate::provider::{Column, Columns, Service};
use crate::source::{Node, Text};

/// Most rows of one tree; deeper levels are left out until it fits.
const MAX_ROWS: usize = 4_000;

/// From this size on a tree moves into a file beside the page.
const MAX_BYTES_IN_PAGE: usize = 200_000;

/// What a method of SELECT returns, as a tab.
pub(super) fn tab(service: &Service, method: &Text, columns: &Columns, settings: &SiteSettings) -> FieldTab {
    let rows = rows(service, columns, settings);
    let missing = match columns {
        Columns::None(reason) if reason.is_empty() => {
            Some("This method returns nothing that can be selected.".to_owned())
        }
        Columns::None(reason) => Some(format!("This method returns nothing that can be selected: {reason}.")),
        _ if rows.is_empty() => Some("This method returns nothing that can be selected.".to_owned()),
        _ => None,
    };
    let is_large = settings.style == Style::SchemaTable && size(&rows) > MAX_BYTES_IN_PAGE;
    FieldTab {
        method: method.clone(),
        file: is_large.then(|| FieldFile {
            variable: format!("fields_{}", identifier(method)),
            name: format!("fields-{}.json", identifier(method)),
        }),
        rows,
        missing,
    }
}

fn identifier(name: &str) -> String {
    let safe = |next: char| if next.is_ascii_alphanumeric() { next } else { '_' };
    name.chars().map(safe).collect()
}

fn rows(service: &Service, columns: &Columns, settings: &SiteSettings) -> Vec<FieldRow> {
    let mut depth = match settings.style {
        Style::Html => 1,
        Style::SchemaTable => settings.depth.max(1),
    };
    loop {
        let mut left = MAX_ROWS;
        let mut rows: Vec<FieldRow> = columns
            .list()
            .iter()
            .map(|column| row(service, column, depth, &mut left))
            .collect();
        if left > 0 || depth == 1 {
            sort(&mut rows);
            return rows;
        }
        depth -= 1;
    }
}

fn row(service: &Service, column: &Column, depth: usize, left: &mut usize) -> FieldRow {
    *left = left.saturating_sub(1);
    let schema = service.spec.schema(&column.schema);
    FieldRow {
        name: column.name.clone(),
        data_type: column.data_type.clone(),
        description: described(column.description.as_deref(), &values(&column.values, schema)),
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
            description: described(property.description(), &values(&property.enum_values(), property)),
            children: children(property, depth - 1, left),
        });
    }
    sort(&mut rows);
    rows
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
        text.push_str(&prose::one_line(&values.join(", ")));
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

/// About how many bytes the rows take as JSON.
fn size(rows: &[FieldRow]) -> usize {
    const FRAME: usize = 50;
    rows.iter()
        .map(|row| FRAME + row.name.len() + row.description.len() + size(&row.children))
        .sum()
}
