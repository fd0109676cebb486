//! What must hold of every mapping, judged from the outside: by the operations and the rows alone.

use std::collections::{BTreeMap, BTreeSet};

use spgen::mapping::{Outcome, Row, SqlVerb, Table};
use spgen::openapi::{Operation, RESERVED_NAMES, Service, Spec};

/// What is broken, one line each. Rows of people are theirs to answer for: inference must fit in with them.
pub fn broken(services: &[Service], outcome: &Outcome) -> Vec<String> {
    let mut broken = Vec::new();
    let mut check = |holds: bool, what: &dyn Fn() -> String| {
        if !holds {
            broken.push(what());
        }
    };
    let operations: usize = services.iter().map(|service| service.spec.operations.len()).sum();
    let in_ledger = outcome.ledger.len();
    check(operations == in_ledger, &|| {
        format!("{operations} operations, {in_ledger} in the ledger")
    });
    for entry in &outcome.ledger {
        check(!entry.reason.is_empty(), &|| {
            format!("{} without a reason", entry.operation_id)
        });
    }
    let operations = by_key(services);
    let mut methods = BTreeSet::new();
    let mut signatures: BTreeMap<_, &Row> = BTreeMap::new();
    let mut shapes: BTreeMap<_, Vec<(&Row, BTreeSet<String>)>> = BTreeMap::new();
    for row in &outcome.table.rows {
        let place = || format!("{} {}", row.filename, row.operation_id);
        let inferred = !row.is_reviewed();
        let Some(verb) = row.sql_verb() else {
            check(false, &|| format!("{}: undecided", place()));
            continue;
        };
        let is_new = methods.insert((&row.filename, &row.resource, &row.method));
        check(is_new || !inferred, &|| {
            format!("{}: method {}.{} twice", place(), row.resource, row.method)
        });
        if inferred {
            for name in [&row.resource, &row.method] {
                check(is_plain(name), &|| format!("{}: {name:?} needs quotes", place()));
            }
            check(hidden_meaning(&row.method).is_none_or(|hidden| hidden == verb), &|| {
                format!("{}: `{}` is read as another verb than {verb}", place(), row.method)
            });
        }
        let Some((operation, spec)) = operations.get(&row.key()) else {
            check(false, &|| format!("{}: no such operation", place()));
            continue;
        };
        if verb == SqlVerb::Exec {
            continue;
        }
        let signature = (&row.filename, &row.resource, verb, required(operation, spec));
        if let Some(other) = signatures.insert(signature, row) {
            check(row.is_reviewed() && other.is_reviewed(), &|| {
                format!(
                    "{}: {verb} on {} needs the same as {}",
                    place(),
                    row.resource,
                    other.operation_id
                )
            });
        }
        if verb == SqlVerb::Select {
            let shape = columns(operation, spec, &row.object_key);
            if !shape.is_empty() {
                shapes
                    .entry((&row.filename, &row.resource))
                    .or_default()
                    .push((row, shape));
            }
        }
    }
    for ((filename, resource), selects) in shapes {
        // People's rows may differ; the inferred ones agree with one of all.
        let agree = |main: &BTreeSet<String>| {
            let mut inferred = selects.iter().filter(|(row, _)| !row.is_reviewed());
            inferred.all(|(_, other)| are_alike(main, other))
        };
        check(selects.iter().any(|(_, main)| agree(main)), &|| {
            format!("{filename} {resource}: its selects show different kinds of rows")
        });
    }
    broken
}

/// People's rows that did not come out as they went in.
pub fn changed_rows(table: &Table, reviewed: &Table) -> Vec<String> {
    let decisions = |row: &Row| {
        (
            row.resource.clone(),
            row.method.clone(),
            row.sql_verb.clone(),
            row.object_key.clone(),
        )
    };
    let place = |row: &Row| (row.filename.clone(), row.path.clone(), row.verb.clone());
    let rows: BTreeMap<_, &Row> = table.rows.iter().map(|row| (place(row), row)).collect();
    let stands = |row: &&Row| {
        rows.get(&place(row))
            .is_some_and(|got| got.is_reviewed() && decisions(got) == decisions(row))
    };
    let changed = reviewed.rows.iter().filter(|row| !stands(row));
    changed
        .map(|row| format!("the reviewed row of {} does not stand", row.operation_id))
        .collect()
}

/// Inferred methods whose name EXEC would have to quote; where people's rows have such names, so may the others.
pub fn reserved_methods(table: &Table) -> Vec<String> {
    let is_reserved = |row: &&Row| !row.is_reviewed() && RESERVED_NAMES.contains(&row.method.as_str());
    let reserved = table.rows.iter().filter(is_reserved);
    reserved
        .map(|row| format!("{}: `{}`", row.operation_id, row.method))
        .collect()
}

type ByKey<'s> = BTreeMap<(&'s str, &'s str), (&'s Operation, &'s Spec)>;

fn by_key(services: &[Service]) -> ByKey<'_> {
    let all = services.iter().flat_map(|service| {
        let operations = service.spec.operations.iter();
        operations.map(|operation| {
            let key = (service.file_name.as_str(), operation.id.as_str());
            (key, (operation, &service.spec))
        })
    });
    all.collect()
}

/// The names that a caller must give.
fn required(operation: &Operation, spec: &Spec) -> BTreeSet<String> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let mut names: BTreeSet<String> = parameters.map(|parameter| parameter.name.to_string()).collect();
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    let json = bodies.into_iter().find(|media| media.is_json());
    if let Some(schema) = json.and_then(|media| media.schema.as_ref()) {
        names.extend(spec.schema(schema).required().iter().map(ToString::to_string));
    }
    names
}

/// The columns behind an object key; none where the schema does not say.
fn columns(operation: &Operation, spec: &Spec, object_key: &str) -> BTreeSet<String> {
    let json = operation.success_json().and_then(|(_, media)| media.schema.as_ref());
    let Some(mut schema) = json.map(|node| spec.schema(node)) else {
        return BTreeSet::new();
    };
    for step in object_key.split('.').skip(1) {
        let Some(inner) = schema.property(step) else {
            return BTreeSet::new();
        };
        schema = inner;
    }
    let row = if schema.is_array() {
        schema.items()
    } else {
        Some(schema)
    };
    let properties = row.map(|row| row.properties()).unwrap_or_default();
    properties.keys().map(ToString::to_string).collect()
}

/// At least a quarter of the columns of the smaller one are in the other.
fn are_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    one.intersection(other).count() * 4 >= one.len().min(other.len())
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// What the runtime takes a method of this name for.
fn hidden_meaning(name: &str) -> Option<SqlVerb> {
    match name {
        "select" | "list" | "get" => Some(SqlVerb::Select),
        "insert" | "create" => Some(SqlVerb::Insert),
        "delete" => Some(SqlVerb::Delete),
        _ => None,
    }
}
