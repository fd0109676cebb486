//! What must hold of every mapping, tried on all published providers that are at hand.

#[path = "common/data.rs"]
#[expect(dead_code, reason = "shared with tests that need more")]
mod data;

use std::collections::{BTreeMap, BTreeSet};

use spgen::mapping::{Conventions, Outcome, Reviewed, SqlVerb, Table, infer};
use spgen::openapi::{self, RESERVED_NAMES, Service};
use spgen::source::{self, Node, Sources};

fn services(folder: &std::path::Path) -> Vec<Service> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("services")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("text");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let mut root = source::read(Sources::default().add(name.as_str(), text.as_str()), &text)
                .expect("YAML")
                .root;
            if let Some(components) = root
                .as_map_mut()
                .and_then(|root| root.get_mut("components"))
                .and_then(Node::as_map_mut)
            {
                components.remove("x-stackQL-resources");
            }
            Service {
                name: name.as_str().into(),
                file_name: name.as_str().into(),
                title: name.as_str().into(),
                description: "".into(),
                spec: openapi::read(root).0,
            }
        })
        .collect()
}

/// The names that a caller of each operation must give, by file and operation id.
fn required(services: &[Service]) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for service in services {
        for operation in &service.spec.operations {
            let mut names: BTreeSet<String> = operation
                .parameters
                .iter()
                .filter(|parameter| parameter.required)
                .map(|parameter| parameter.name.to_string())
                .collect();
            let json = operation
                .request_body
                .iter()
                .flat_map(|body| &body.content)
                .find(|media| media.is_json());
            if let Some(schema) = json.and_then(|media| media.schema.as_ref()) {
                names.extend(service.spec.schema(schema).required().iter().map(ToString::to_string));
            }
            all.insert((service.file_name.to_string(), operation.id.to_string()), names);
        }
    }
    all
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// What inference made. Rows of people are theirs to answer for.
fn check(provider: &str, services: &[Service], outcome: &Outcome) {
    let operations: usize = services.iter().map(|service| service.spec.operations.len()).sum();
    assert_eq!(outcome.ledger.len(), operations, "{provider}: each operation once");
    assert!(
        outcome.ledger.iter().all(|entry| !entry.reason.is_empty()),
        "{provider}"
    );
    let required = required(services);
    let mut methods = BTreeSet::new();
    let mut signatures = BTreeMap::new();
    for row in &outcome.table.rows {
        let place = format!("{provider} {} {}", row.filename, row.operation_id);
        let verb = row.sql_verb().unwrap_or_else(|| panic!("{place}: undecided"));
        let inferred = row.reviewed == Reviewed::No;
        let is_new = methods.insert((&row.filename, &row.resource, &row.method));
        assert!(is_new || !inferred, "{place}: {}.{} twice", row.resource, row.method);
        if inferred {
            assert!(is_plain(&row.resource), "{place}: {}", row.resource);
            assert!(is_plain(&row.method), "{place}: {}", row.method);
            let hidden = match row.method.as_str() {
                "select" | "list" | "get" => Some(SqlVerb::Select),
                "insert" | "create" => Some(SqlVerb::Insert),
                "delete" => Some(SqlVerb::Delete),
                _ => None,
            };
            assert!(
                hidden.is_none_or(|hidden| hidden == verb),
                "{place}: {} is {verb}",
                row.method
            );
        }
        if verb == SqlVerb::Exec {
            continue;
        }
        let names = &required[&(row.filename.to_string(), row.operation_id.to_string())];
        let signature = (&row.filename, &row.resource, verb, names);
        if let Some(other) = signatures.insert(signature, row) {
            assert!(
                !inferred && other.is_reviewed(),
                "{place}: {verb} on {} needs the same as {}",
                row.resource,
                other.operation_id
            );
        }
    }
}

#[test]
fn every_published_provider_can_be_mapped() {
    let Some(folder) = data::folder() else { return };
    for provider in std::fs::read_dir(folder.join("providers")).expect("providers") {
        let provider = provider.expect("an entry");
        let name = provider.file_name().to_string_lossy().into_owned();
        let services = services(&provider.path().join("v00.00.00000/services"));
        let outcome = infer(&services, &Table::default(), &Conventions::default());
        check(&name, &services, &outcome);
        for row in &outcome.table.rows {
            assert!(
                !RESERVED_NAMES.contains(&row.method.as_str()),
                "{name}: {} needs quotes",
                row.method
            );
        }

        // Every seventh row reviewed, with a name that no scheme makes: it stands, and what must hold still holds.
        let mut reviewed = Table::default();
        for row in outcome.table.rows.iter().step_by(7) {
            let mut row = row.clone();
            row.resource = format!("zz_{}", row.resource).into();
            row.reviewed = Reviewed::Yes;
            reviewed.rows.push(row);
        }
        let again = infer(&services, &reviewed, &Conventions::default());
        check(&name, &services, &again);
        for row in &reviewed.rows {
            let got = again
                .table
                .find(&row.filename, &row.operation_id)
                .unwrap_or_else(|| panic!("{name}: {} is gone", row.operation_id));
            assert_eq!(
                (&got.resource, &got.method, &got.sql_verb, &got.object_key),
                (&row.resource, &row.method, &row.sql_verb, &row.object_key),
                "{name}: {}",
                row.operation_id
            );
        }
    }
}
