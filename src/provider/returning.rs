//! Which columns RETURNING can name, and whether EXEC runs: the runtime crashes on the others.
//!
//! The runtime looks up each output column by name in the response schema, depth first and in random order of the
//! properties; a reference that it has visited once it does not visit again. What it does not find ends the process. An
//! array anywhere on the way is taken for a find, whatever its name.

use std::collections::BTreeSet;

use super::columns::{columns, response_schema};
use super::inputs::{InputPlace, inputs};
use super::shape::Shape;
use super::{Method, Service};
use crate::openapi::Schema;
use crate::source::Text;

/// Nested schemas deeper than this are not looked into.
const MAX_DEPTH: usize = 64;

/// The columns that `RETURNING` can name without risk, in schema order; empty when it has to be left out.
#[must_use]
pub fn returning(service: &Service, method: &Method) -> Vec<Text> {
    let names: Vec<Text> = columns(service, method)
        .list()
        .iter()
        .filter(|column| super::names::is_selectable(&column.name))
        .map(|column| column.name.clone())
        .collect();
    let Some(schema) = response_of(service, method) else {
        return Vec::new();
    };
    if !has_fields(&schema) {
        return Vec::new();
    }
    let lookup = Lookup::new(schema);
    names.into_iter().filter(|name| lookup.finds(name)).collect()
}

/// Why EXEC of a method crashes or is refused before anything is sent; `None` when it runs.
#[must_use]
pub fn exec_hazard(service: &Service, method: &Method) -> Option<String> {
    let schema = response_of(service, method)?;
    if !has_fields(&schema) {
        return Some(match Shape::of(schema).data_type() {
            Some(scalar @ ("string" | "integer" | "number" | "boolean")) => {
                format!("the response is one {scalar}, which EXEC refuses")
            }
            _ => "the response schema names no properties, which EXEC refuses".into(),
        });
    }
    let lookup = Lookup::new(schema);
    let looked_up = columns(service, method)
        .list()
        .iter()
        .map(|column| column.name.clone())
        .chain(
            inputs(service, method)
                .all
                .into_iter()
                .filter(|input| matches!(input.place, InputPlace::Path | InputPlace::Server))
                .map(|input| input.name),
        )
        .find(|name| !lookup.finds(name));
    looked_up.map(|name| {
        format!("the response has no array and no property `{name}` of its own, so EXEC ends the runtime's process")
    })
}

fn response_of<'a>(service: &'a Service, method: &'a Method) -> Option<Schema<'a>> {
    let operation = method.operation.find(&service.spec)?;
    response_schema(service, method, operation)
        .ok()
        .map(|(schema, _)| schema)
}

/// Whether there is anything to look in: an array or an object with properties.
fn has_fields(schema: &Schema<'_>) -> bool {
    let shape = Shape::of(*schema);
    shape.is_array() && shape.items().is_some() || !shape.fields().is_empty()
}

/// The outcome of looking names up in one response schema, whatever the order of the properties.
struct Lookup {
    finds_everything: bool,
    /// Names of properties that are found in any order.
    certain: BTreeSet<Text>,
}

impl Lookup {
    fn new(schema: Schema<'_>) -> Self {
        let mut visited = BTreeSet::new();
        let finds_everything = reaches_array(schema, &mut visited, 0);
        let mut certain = BTreeSet::new();
        if !finds_everything {
            let fields = searched(schema);
            for (name, field) in &fields {
                let elsewhere = fields
                    .iter()
                    .filter(|(other, _)| *other != name)
                    .any(|(_, other)| marks(*other, field.written().get_str("$ref"), &mut BTreeSet::new(), 0));
                if !elsewhere {
                    certain.insert(name.clone());
                }
            }
        }
        Lookup {
            finds_everything,
            certain,
        }
    }

    fn finds(&self, name: &str) -> bool {
        self.finds_everything || self.certain.contains(name)
    }
}

/// The properties that the search walks through: those of the composition, where there is one.
fn searched(schema: Schema<'_>) -> indexmap::IndexMap<Text, Schema<'_>> {
    let shape = Shape::of(schema);
    match shape.merged() {
        Some(merged) => merged.fields(),
        None => shape.fields(),
    }
}

fn reaches_array(schema: Schema<'_>, visited: &mut BTreeSet<*const crate::source::Node>, depth: usize) -> bool {
    if depth > MAX_DEPTH || !visited.insert(std::ptr::from_ref(schema.node())) {
        return false;
    }
    let shape = Shape::of(schema);
    if shape.is_array() {
        return shape.items().is_some();
    }
    searched(schema)
        .into_values()
        .any(|field| reaches_array(field, visited, depth + 1))
}

/// Whether a search through this property marks a reference as visited.
fn marks(
    schema: Schema<'_>,
    reference: Option<&str>,
    visited: &mut BTreeSet<*const crate::source::Node>,
    depth: usize,
) -> bool {
    let Some(reference) = reference else {
        return false;
    };
    if schema.written().get_str("$ref") == Some(reference) {
        return true;
    }
    if depth > MAX_DEPTH || !visited.insert(std::ptr::from_ref(schema.node())) {
        return false;
    }
    searched(schema)
        .into_values()
        .any(|field| marks(field, Some(reference), visited, depth + 1))
}
