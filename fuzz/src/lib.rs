//! What the fuzz targets try: stages of the program on bytes that nobody thought of.
//!
//! Bytes are a text, or, when they begin with a control character, a document of the tests with changes
//! ([`mutate`]): most changes of a text break its syntax, and nothing behind the reader would see them. Committed
//! inputs lie in `corpus/<target>`; `tests/fuzz_inputs.rs` of the project tries each of them again.

mod mutate;

use std::collections::BTreeSet;

use spgen::docs::{self, SiteSettings, Style};
use spgen::mapping::{self, Conventions, Table};
use spgen::openapi::split::SplitBy;
use spgen::openapi::{self, Kind, NormalizeOptions, Position, Service, Spec, SplitRules};
use spgen::provider::{self, Settings};
use spgen::render::{self, Templates};
use spgen::source::{self, Document, FileId, Node};

/// Texts beyond this size try patience, not the program.
const MAX_BYTES: usize = 64 * 1024;

/// What is written is read as it was meant, as YAML and as JSON.
pub fn reader(data: &[u8]) {
    let Some(document) = text_document(data) else { return };
    let root = document.root;
    let yaml = source::to_yaml(&root);
    let again = source::read(FileId(0), &yaml).unwrap_or_else(|error| panic!("our own YAML: {error}\n{yaml}"));
    // Numbers have one spelling there that all readers understand, so it is the second writing that must be the same.
    assert_eq!(source::to_yaml(&again.root), yaml, "our own YAML means something else");
    let json = source::to_json(&root);
    let again = source::read(FileId(0), &json).unwrap_or_else(|error| panic!("our own JSON: {error}\n{json}"));
    assert_eq!(source::to_json(&again.root), json, "our own JSON means something else");
    assert_eq!(source::sha256(&root).len(), 64);
}

/// Every operation arrives in exactly one service, and no service has a reference that leads nowhere.
pub fn normaliser(data: &[u8]) {
    let Some(root) = tree(data) else { return };
    let services = services(root.clone(), data.len());
    let names: BTreeSet<&str> = services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(names.len(), services.len(), "two services of one name");
    for service in &services {
        openapi::for_each_reference(&service.spec.root, Position::Object(Kind::Document), &mut |reference| {
            // Elsewhere `$ref` is a key like others, such as the name of an OAuth scope.
            let is_reference = matches!(reference.position, Position::Object(_));
            let target = reference.text;
            assert!(
                !is_reference || service.spec.target(target).is_some(),
                "{target} leads nowhere in {} of\n{}",
                service.name,
                source::to_yaml(&root)
            );
        });
    }
}

/// Whatever a description says, pages compile as they are made: none has to be mended.
pub fn pages(data: &[u8]) {
    let Some(root) = tree(data) else { return };
    let services = services(root, data.len());
    let outcome = mapping::infer(&services, &Table::default(), &Conventions::default());
    let mut operations = 0;
    for service in &services {
        operations += service.spec.operations.len();
    }
    assert_eq!(
        outcome.ledger.len(),
        operations,
        "each operation stands in the ledger once"
    );
    let built = provider::build(&services, &outcome.table, &Settings::inferred("acme"));
    for (path, text) in provider::build::to_tree(&built.provider).iter() {
        let text = std::str::from_utf8(text).expect("documents are UTF-8");
        if let Err(error) = source::read(FileId(0), text) {
            panic!("{path} cannot be read: {error}");
        }
    }
    let settings = SiteSettings {
        style: if data.len().is_multiple_of(2) {
            Style::Html
        } else {
            Style::SchemaTable
        },
        ..SiteSettings::default()
    };
    let site = docs::build(&built.provider, &settings);
    let templates = Templates::built_in().expect("built-in templates load");
    let proven = render::proven(&site, &templates).expect("built-in templates ask for what there is");
    assert_eq!(proven.mended, [], "pages compile as they are made");
    assert_eq!(spgen::output::check_paths(proven.tree.paths()).len(), 0);
}

/// A patch and a description, with a line of `---` between them.
pub fn overlay(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((patch, description)) = text.split_once("\n---\n") else {
        return;
    };
    let (Some(patch), Some(description)) = (text_document(patch.as_bytes()), text_document(description.as_bytes()))
    else {
        return;
    };
    let Ok(overlay) = openapi::read_overlay(&patch) else {
        return;
    };
    let mut root = description.root.clone();
    let (changes, _) = openapi::apply_overlay(&overlay, &mut [("openapi.yaml", &mut root)]);
    assert!(
        !changes.is_empty() || root == description.root,
        "every change is reported"
    );
}

fn text_document(data: &[u8]) -> Option<Document> {
    if data.len() > MAX_BYTES {
        return None;
    }
    source::read(FileId(0), std::str::from_utf8(data).ok()?).ok()
}

/// The document that bytes stand for.
fn tree(data: &[u8]) -> Option<Node> {
    match data {
        [base, edits @ ..] if *base < b' ' && !b"\t\n\r".contains(base) => Some(mutate::document(*base, edits)),
        _ => Some(text_document(data)?.root),
    }
}

/// A description as far as its services. How it is split depends on nothing but the number.
fn services(root: Node, number: usize) -> Vec<Service> {
    let _ = openapi::check(&root);
    let (root, _, _) = openapi::upgrade(root);
    let (spec, _) = openapi::read(root.clone());
    let before = spec.operations.len();
    let (spec, _, _) = openapi::normalize(spec, &NormalizeOptions::default());
    let after = spec.operations.len();
    assert_eq!(
        before,
        after,
        "normalising keeps each operation of\n{}",
        source::to_yaml(&root)
    );
    let specs: Vec<(String, Spec)> = vec![("openapi.yaml".to_owned(), spec)];
    let by = match number % 4 {
        0 => SplitBy::File,
        1 => SplitBy::Tag,
        2 => SplitBy::PathSegment(0),
        _ => openapi::split::propose_split(&specs, Some("acme")).rules.by,
    };
    let rules = SplitRules {
        by,
        fallback_name: Some("acme".to_owned()),
        ..SplitRules::default()
    };
    let services = openapi::split(specs, &rules);
    let shared: usize = services.iter().map(|service| service.spec.operations.len()).sum();
    assert_eq!(shared, after, "each operation has one service");
    services
}
