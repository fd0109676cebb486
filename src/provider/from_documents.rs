//! From the documents of a published tree to a [`Provider`]. Never fails: faults are findings, and what can be
//! understood stays.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::read_resource::read_resources;
use super::{Provider, Service};
use crate::diagnostic::Diagnostic;
use crate::openapi::{self, Spec};
use crate::source::{Entry, Map, Node, ReadError, Text, Value, pointer};

/// A service document that was looked for.
#[derive(Debug, Clone)]
pub enum Part {
    /// It was read.
    Read {
        /// The tree.
        root: Node,
        /// What the reader noticed.
        findings: Vec<Diagnostic>,
    },
    /// It is no YAML.
    Broken(ReadError),
}

/// The service documents that `provider.yaml` refers to, each once, in order; only those that exist among `names`.
#[must_use]
pub fn service_files(provider: &Node, names: &[Text]) -> Vec<Text> {
    let mut files = Vec::new();
    for entry in provider_services(provider) {
        let found = reference_of(&entry.value).and_then(|reference| find_file(reference, names));
        if let Some((file, _)) = found
            && !files.contains(&file)
        {
            files.push(file);
        }
    }
    files
}

/// A provider from its documents: `provider.yaml`, the names of the folders that hold it (provider, version), the names
/// of the files beside it, and those of [`service_files`] as read.
#[must_use]
pub fn from_documents(
    document: &crate::source::Document,
    folders: &[Text; 2],
    names: &[Text],
    parts: &BTreeMap<Text, Part>,
) -> (Provider, Vec<Diagnostic>) {
    let root = &document.root;
    let mut findings = document.findings.clone();
    let name = text(root, "name").or_else(|| text(root, "id"));
    findings.extend(name_findings(root, name.as_ref(), folders));
    let entries: Vec<&Entry> = provider_services(root).collect();
    let read: Vec<(Option<Service>, Vec<Diagnostic>)> = entries
        .into_par_iter()
        .map(|entry| read_service(entry, names, parts))
        .collect();
    let mut services = Vec::with_capacity(read.len());
    for (service, found) in read {
        services.extend(service);
        findings.extend(found);
    }
    let provider = Provider {
        name: name.unwrap_or_else(|| folders[0].clone()),
        version: text(root, "version").unwrap_or_else(|| folders[1].clone()),
        title: text(root, "title").unwrap_or_default(),
        description: text(root, "description").unwrap_or_default(),
        config: root.get("config").cloned().unwrap_or_else(|| Node::new(Value::Null)),
        services,
    };
    (provider, findings)
}

fn provider_services(provider: &Node) -> impl Iterator<Item = &Entry> {
    provider
        .get("providerServices")
        .and_then(Node::as_map)
        .map(Map::iter)
        .into_iter()
        .flatten()
}

/// The runtime looks for authentication by `name`, and for the documents by folder: they must be equal.
fn name_findings(root: &Node, name: Option<&Text>, folders: &[Text; 2]) -> Option<Diagnostic> {
    if root.get("providerServices").and_then(Node::as_map).is_none() {
        return Some(
            Diagnostic::error("provider-without-services", "`provider.yaml` has no `providerServices`").at(root.span),
        );
    }
    let name = name?;
    (*name != folders[0]).then(|| {
        Diagnostic::warning(
            "provider-folder-name",
            format!(
                "the provider is called `{name}`, but its folder `{}`; the runtime needs both to be the same",
                folders[0]
            ),
        )
        .at(root.get("name").map_or(root.span, |node| node.span))
        .pointer("/name")
    })
}

fn reference_of(service: &Node) -> Option<&str> {
    service.get("service")?.get_str("$ref")
}

/// The file that a reference such as `NAME/VERSION/services/x.yaml` means, and whether only its case differs.
fn find_file(reference: &str, names: &[Text]) -> Option<(Text, bool)> {
    let path = reference.split('#').next().unwrap_or_default();
    let below_version = path.splitn(3, '/').nth(2);
    let candidates: Vec<&str> = below_version.into_iter().chain([path]).collect();
    for candidate in &candidates {
        if let Some(name) = names.iter().find(|name| name == candidate) {
            return Some((name.clone(), false));
        }
    }
    candidates.iter().find_map(|candidate| {
        names
            .iter()
            .find(|name| name.to_lowercase() == candidate.to_lowercase())
            .map(|name| (name.clone(), true))
    })
}

fn read_service(entry: &Entry, names: &[Text], parts: &BTreeMap<Text, Part>) -> (Option<Service>, Vec<Diagnostic>) {
    let place = format!("/providerServices/{}", pointer::escape(&entry.key));
    let mut findings = Vec::new();
    let reference = reference_of(&entry.value);
    let found = reference.and_then(|reference| find_file(reference, names));
    let Some((file, differs_in_case)) = found else {
        let message = match reference {
            Some(reference) => format!("the document of service `{}`, `{reference}`, does not exist", entry.key),
            None => format!("service `{}` names no document", entry.key),
        };
        findings.push(
            Diagnostic::error("missing-service-document", message)
                .at(entry.value.span)
                .pointer(place)
                .help("add the file or remove the service"),
        );
        return (None, findings);
    };
    if differs_in_case {
        findings.push(
            Diagnostic::warning(
                "service-document-case",
                format!(
                    "`{}` stands for the file `{file}`: the case differs",
                    reference.unwrap_or_default()
                ),
            )
            .at(entry.value.span)
            .pointer(place.clone())
            .note_that("file names are case-sensitive on most systems, so the service cannot be loaded there")
            .help("write the name as the file has it"),
        );
    }
    let root = match parts.get(&file) {
        Some(Part::Read {
            root,
            findings: noticed,
        }) => {
            findings.extend(noticed.iter().cloned());
            root.clone()
        }
        Some(Part::Broken(error)) => {
            findings.push(broken(&file, error));
            return (None, findings);
        }
        None => return (None, findings),
    };
    let (spec, noticed) = openapi::read(root);
    findings.extend(noticed);
    let (mut service, noticed) = from_service_document(entry.key.clone(), file, spec);
    findings.extend(noticed);
    if let Some(title) = text(&entry.value, "title") {
        service.title = title;
    }
    if let Some(description) = text(&entry.value, "description") {
        service.description = description;
    }
    (Some(service), findings)
}

/// A service from its document alone, with the title and description of the document.
#[must_use]
pub fn from_service_document(name: Text, file: Text, spec: Spec) -> (Service, Vec<Diagnostic>) {
    let (resources, findings) = read_resources(&spec);
    let service = Service {
        name,
        title: spec.title().map(Text::from).unwrap_or_default(),
        description: spec.description().map(Text::from).unwrap_or_default(),
        file,
        config: spec
            .root
            .get("x-stackQL-config")
            .cloned()
            .unwrap_or_else(|| Node::new(Value::Null)),
        spec,
        resources,
    };
    (service, findings)
}

fn broken(file: &str, error: &ReadError) -> Diagnostic {
    let finding = Diagnostic::error("broken-document", format!("`{file}` cannot be parsed: {error}")).at(error.span);
    match &error.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

/// The text under a key; numbers and booleans as written, because YAML makes them of versions and names.
pub(super) fn text(node: &Node, key: &str) -> Option<Text> {
    node.get(key)
        .filter(|value| !value.is_null())
        .and_then(Node::scalar_text)
        .filter(|text| !text.trim().is_empty())
}
