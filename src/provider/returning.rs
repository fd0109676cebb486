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
    names
        .into_iter()
        .filter(|name| lookup.find(name) == Found::Always)
        .collect()
}

/// What EXEC of a method comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExecRisk {
    /// It runs.
    None,
    /// The runtime refuses it; why.
    Refused(String),
    /// The process ends at times, by the random order of a map; why.
    Chance(String),
    /// The process ends each time; why.
    Crash(String),
}

/// Why EXEC of a method crashes, perhaps only at times, or is refused before anything is sent; `None` when it runs.
#[must_use]
pub fn exec_hazard(service: &Service, method: &Method) -> Option<String> {
    match exec_risk(service, method) {
        ExecRisk::None => None,
        ExecRisk::Refused(reason) | ExecRisk::Chance(reason) | ExecRisk::Crash(reason) => Some(reason),
    }
}

/// What EXEC of a method comes to. Looked up are the columns of the response, the required inputs of the method and of
/// those of the resource that return the same component, and the server variables.
#[must_use]
pub fn exec_risk(service: &Service, method: &Method) -> ExecRisk {
    let Some(schema) = response_of(service, method) else {
        return ExecRisk::None;
    };
    if !has_fields(&schema) {
        return ExecRisk::Refused(match Shape::of(schema).data_type() {
            Some(scalar @ ("string" | "integer" | "number" | "boolean")) => {
                format!("the response is one {scalar}, which EXEC refuses")
            }
            _ => "the response schema names no properties, which EXEC refuses".into(),
        });
    }
    let lookup = Lookup::new(schema);
    let mut risk = ExecRisk::None;
    for name in looked_up(service, method, schema) {
        match lookup.find(&name) {
            Found::Always => {}
            Found::Never => {
                return ExecRisk::Crash(format!(
                    "the response has no array and no property `{name}`, so EXEC ends the runtime's process"
                ));
            }
            Found::Sometimes => {
                risk = ExecRisk::Chance(format!(
                    "the response has no array, and `{name}` is not always found in it, so EXEC ends the runtime's process at times"
                ));
            }
        }
    }
    risk
}

fn looked_up(service: &Service, method: &Method, schema: Schema<'_>) -> Vec<Text> {
    let mut names: Vec<Text> = columns(service, method)
        .list()
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let inputs_of = |method: &Method| inputs(service, method).all;
    let own = inputs_of(method);
    names.extend(
        own.iter()
            .filter(|input| input.required)
            .map(|input| input.name.clone()),
    );
    let Some(reference) = schema.written().get_str("$ref") else {
        return names;
    };
    let holder = service
        .resources
        .iter()
        .find(|resource| resource.methods.values().any(|other| std::ptr::eq(other, method)));
    for other in holder.iter().flat_map(|resource| resource.methods.values()) {
        let is_same =
            response_of(service, other).is_some_and(|other| other.written().get_str("$ref") == Some(reference));
        if is_same {
            let required = inputs_of(other).into_iter().filter(|input| input.required);
            names.extend(
                required
                    .filter(|input| input.place != InputPlace::Server)
                    .map(|input| input.name),
            );
        }
    }
    names
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

/// Whether a name is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Always,
    Sometimes,
    Never,
}

/// The outcome of looking names up in one response schema, whatever the order of the properties.
struct Lookup {
    finds_everything: bool,
    /// Names of properties that are found in any order.
    certain: BTreeSet<Text>,
    /// Names of properties at any depth.
    reachable: BTreeSet<Text>,
}

impl Lookup {
    fn new(schema: Schema<'_>) -> Self {
        let mut reachable = BTreeSet::new();
        let finds_everything = walk(schema, &mut reachable, &mut BTreeSet::new(), 0);
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
            reachable,
        }
    }

    fn find(&self, name: &str) -> Found {
        if self.finds_everything || self.certain.contains(name) {
            Found::Always
        } else if self.reachable.contains(name) {
            Found::Sometimes
        } else {
            Found::Never
        }
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

/// Collects the names of all properties; says whether there is an array among them.
fn walk(
    schema: Schema<'_>,
    names: &mut BTreeSet<Text>,
    visited: &mut BTreeSet<*const crate::source::Node>,
    depth: usize,
) -> bool {
    if depth > MAX_DEPTH || !visited.insert(std::ptr::from_ref(schema.node())) {
        return false;
    }
    let shape = Shape::of(schema);
    if shape.is_array() {
        return shape.items().is_some();
    }
    searched(schema).into_iter().any(|(name, field)| {
        names.insert(name);
        walk(field, names, visited, depth + 1)
    })
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
