//! The tabs of field tables: which stand in the page, and which in files beside it.
//!
//! A page with many methods that return much would be of several MB. Tables that are too large for it move into JSON files
//! that the page imports; tables that are alike share a file, and a page's tables are less deep rather than endless.

use super::fields::{self, Tree};
use super::methods::ListedMethod;
use super::page::{FieldFile, FieldRow, FieldTab};
use super::settings::{SiteSettings, Style};
use crate::provider::{Columns, Service};
use crate::source::Text;

/// From this size on a table moves into a file beside the page, in bytes.
const fn table_budget(style: Style) -> usize {
    match style {
        Style::Html => 200_000,
        // The compiler of Docusaurus reads an expression anew at each `}` in it, so its time grows with the square of the
        // size: 4 kB take it 10 ms, 70 kB some seconds. The bundler reads JSON at once.
        Style::SchemaTable => 4_000,
    }
}

/// What all tables inside a page may take together; above it the largest ones move, in bytes.
const PAGE_BUDGET: usize = 250_000;

/// Most rows of all different tables of a page with nested fields; deeper levels are left out until they fit.
const MAX_ROWS_OF_PAGE: usize = 6_000;

/// What the methods of SELECT return, a tab each.
pub(super) fn tabs(service: &Service, selects: &[&ListedMethod<'_>], settings: &SiteSettings) -> Vec<FieldTab> {
    let Tables { distinct, of_method } = tables(service, selects, settings);
    let files = files(&distinct, &of_method, selects, settings.style);
    let mut shown_in: Vec<Option<&Text>> = vec![None; distinct.len()];
    selects
        .iter()
        .zip(&of_method)
        .map(|(method, &table)| {
            let Tree { rows, cut_at, .. } = &distinct[table];
            let name = &method.method.name;
            let same_as = if files[table].is_some() { shown_in[table] } else { None };
            shown_in[table] = shown_in[table].or(Some(name));
            FieldTab {
                method: name.clone(),
                missing: missing(&method.columns, rows),
                note: cut_at.map(|levels| format!("Nested fields are shown down to level {levels}.")),
                file: files[table].clone(),
                rows: if same_as.is_some() { Vec::new() } else { rows.clone() },
                same_as: same_as.cloned(),
            }
        })
        .collect()
}

/// The different tables of a page, and which of them each method has.
struct Tables {
    distinct: Vec<Tree>,
    of_method: Vec<usize>,
}

fn tables(service: &Service, selects: &[&ListedMethod<'_>], settings: &SiteSettings) -> Tables {
    let mut depth = match settings.style {
        Style::Html => 1,
        Style::SchemaTable => settings.depth.max(1),
    };
    let wanted = depth;
    loop {
        let mut distinct: Vec<Tree> = Vec::new();
        let mut of_method = Vec::with_capacity(selects.len());
        for method in selects {
            let mut tree = fields::tree(service, &method.columns, depth);
            if depth < wanted && tree.cut_at.is_none() {
                tree.cut_at = Some(depth);
            }
            let known = distinct.iter().position(|known| *known == tree);
            of_method.push(known.unwrap_or(distinct.len()));
            if known.is_none() {
                distinct.push(tree);
            }
        }
        let count: usize = distinct.iter().map(|tree| tree.count).sum();
        if count <= MAX_ROWS_OF_PAGE || depth == 1 {
            return Tables { distinct, of_method };
        }
        depth -= 1;
    }
}

/// The files of the tables that move out of the page: those above their budget, then the ones that take most of the page
/// until the rest fits.
fn files(
    distinct: &[Tree],
    of_method: &[usize],
    selects: &[&ListedMethod<'_>],
    style: Style,
) -> Vec<Option<FieldFile>> {
    let uses = |table: usize| of_method.iter().filter(|of| **of == table).count();
    let sizes: Vec<usize> = distinct.iter().map(|tree| size(&tree.rows, style)).collect();
    let mut left: usize = sizes.iter().enumerate().map(|(table, size)| size * uses(table)).sum();
    let mut largest: Vec<usize> = (0..distinct.len()).collect();
    largest.sort_by_key(|&table| (std::cmp::Reverse(sizes[table] * uses(table)), table));
    let mut moves = vec![false; distinct.len()];
    for table in largest {
        if sizes[table] > table_budget(style) || left > PAGE_BUDGET {
            moves[table] = true;
            left -= sizes[table] * uses(table);
        }
    }
    let mut names: Vec<String> = Vec::new();
    (0..distinct.len())
        .map(|table| {
            if !moves[table] {
                return None;
            }
            let first = of_method.iter().position(|of| *of == table)?;
            let name = unique(identifier(&selects[first].method.name), &names);
            names.push(name.to_ascii_lowercase());
            Some(FieldFile {
                variable: format!("fields_{name}"),
                name: format!("fields-{name}.json"),
            })
        })
        .collect()
}

/// The name, with a number where another file has it, be it in other letters of the same kind.
fn unique(name: String, taken: &[String]) -> String {
    let is_free = |name: &str| !taken.contains(&name.to_ascii_lowercase());
    if is_free(&name) {
        return name;
    }
    let mut number = 2;
    loop {
        let numbered = format!("{name}_{number}");
        if is_free(&numbered) {
            return numbered;
        }
        number += 1;
    }
}

fn identifier(name: &str) -> String {
    let safe = |next: char| if next.is_ascii_alphanumeric() { next } else { '_' };
    name.chars().map(safe).collect()
}

/// Why a method has no table.
fn missing(columns: &Columns, rows: &[FieldRow]) -> Option<String> {
    let reason = match columns {
        Columns::None(reason) if !reason.is_empty() => format!(": {reason}"),
        Columns::None(_) => String::new(),
        _ if rows.is_empty() => String::new(),
        _ => return None,
    };
    Some(format!("This method returns nothing that can be selected{reason}."))
}

/// About how many bytes the rows take in the page.
fn size(rows: &[FieldRow], style: Style) -> usize {
    let frame = match style {
        Style::Html => 80,
        Style::SchemaTable => 50,
    };
    rows.iter()
        .map(|row| frame + row.name.len() + row.description.len() + size(&row.children, style))
        .sum()
}
