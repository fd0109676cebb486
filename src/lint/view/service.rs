//! A service document as the runtime sees it: resources, methods, and which verb reaches which method.

use rustc_hash::FxHashMap;

use super::Document;
use super::method::{Method, method};
use crate::mapping::SqlVerb;
use crate::openapi::{HttpVerb, Operation};
use crate::source::{List, Node, Span, Text, pointer};

/// The verbs that have a list in `sqlVerbs`.
pub(in crate::lint) const LISTED: [SqlVerb; 5] = [
    SqlVerb::Select,
    SqlVerb::Insert,
    SqlVerb::Update,
    SqlVerb::Replace,
    SqlVerb::Delete,
];

/// A service document with its resources.
#[derive(Debug)]
pub(in crate::lint) struct Service<'a> {
    /// The document.
    pub(in crate::lint) document: &'a Document,
    /// Its resources.
    pub(in crate::lint) resources: Vec<Resource<'a>>,
}

/// A resource.
#[derive(Debug)]
pub(in crate::lint) struct Resource<'a> {
    /// Its name in SQL.
    pub(in crate::lint) key: &'a Text,
    /// Where that stands.
    pub(in crate::lint) key_span: Span,
    /// The resource as written.
    pub(in crate::lint) node: &'a Node,
    /// The pointer to it.
    pub(in crate::lint) pointer: String,
    /// Its methods.
    pub(in crate::lint) methods: Vec<Method<'a>>,
    /// What the verbs list; a verb whose key is absent is not there.
    pub(in crate::lint) verbs: Vec<(SqlVerb, Vec<Listed<'a>>)>,
}

/// An entry of a verb's list.
#[derive(Debug)]
pub(in crate::lint) struct Listed<'a> {
    /// Where it stands.
    pub(in crate::lint) span: Span,
    /// The reference as written; empty when there is none.
    pub(in crate::lint) reference: &'a str,
    /// Index of the method; `None` when the reference leads nowhere.
    pub(in crate::lint) method: Option<usize>,
}

impl<'a> Resource<'a> {
    /// The methods that a verb lists, in order, as far as they exist.
    pub(in crate::lint) fn listed(&self, verb: SqlVerb) -> impl Iterator<Item = (&Listed<'a>, &Method<'a>)> {
        let entries = self.verbs.iter().filter(move |(listed, _)| *listed == verb);
        entries
            .flat_map(|(_, entries)| entries)
            .filter_map(|entry| Some((entry, &self.methods[entry.method?])))
    }

    /// The views of the resource, as written: `config.views`.
    pub(in crate::lint) fn views(&self) -> Option<&'a Node> {
        self.node.get("config")?.get("views")
    }
}

/// Looks at a service document.
pub(in crate::lint) fn service(document: &Document) -> Service<'_> {
    let spec = &document.service.spec;
    let operations: FxHashMap<(&str, HttpVerb), &Operation> = spec
        .operations
        .iter()
        .map(|operation| ((operation.path.as_str(), operation.verb), operation))
        .collect();
    let resources = spec
        .root
        .get("components")
        .and_then(|components| components.get("x-stackQL-resources"))
        .and_then(Node::as_map);
    let resources = resources.into_iter().flatten().map(|entry| {
        let pointer = format!("/components/x-stackQL-resources/{}", pointer::escape(&entry.key));
        let written: Vec<_> = entry
            .value
            .get("methods")
            .and_then(Node::as_map)
            .into_iter()
            .flatten()
            .collect();
        let names: Vec<&Text> = written.iter().map(|method| &method.key).collect();
        let verbs = verbs(&entry.value, &entry.key, &names);
        let methods = written
            .iter()
            .enumerate()
            .map(|(index, written)| {
                let listing = verbs
                    .iter()
                    .find(|(_, entries)| entries.iter().any(|entry| entry.method == Some(index)));
                method(
                    document,
                    &operations,
                    &pointer,
                    written,
                    listing.map_or(SqlVerb::Exec, |(verb, _)| *verb),
                )
            })
            .collect();
        Resource {
            key: &entry.key,
            key_span: entry.key_span,
            node: &entry.value,
            pointer,
            methods,
            verbs,
        }
    });
    Service {
        document,
        resources: resources.collect(),
    }
}

fn verbs<'a>(resource: &'a Node, key: &str, methods: &[&Text]) -> Vec<(SqlVerb, Vec<Listed<'a>>)> {
    let Some(written) = resource.get("sqlVerbs") else {
        return Vec::new();
    };
    let lists = LISTED
        .into_iter()
        .filter_map(|verb| Some((verb, written.get(verb.as_str())?)));
    lists
        .map(|(verb, list)| {
            let entries = list.as_list().map(List::as_slice).unwrap_or_default();
            let listed = entries.iter().map(|entry| {
                let reference = entry.get_str("$ref").unwrap_or_default();
                Listed {
                    span: entry.get("$ref").map_or(entry.span, |reference| reference.span),
                    reference,
                    method: method_index(reference, key, methods),
                }
            });
            (verb, listed.collect())
        })
        .collect()
}

/// The method of this resource that `#/components/x-stackQL-resources/KEY/methods/NAME` means.
fn method_index(reference: &str, key: &str, methods: &[&Text]) -> Option<usize> {
    let rest = reference.strip_prefix("#/components/x-stackQL-resources/")?;
    let (owner, rest) = rest.split_once('/')?;
    let name = pointer::unescape(rest.strip_prefix("methods/")?);
    if pointer::unescape(owner) != key {
        return None;
    }
    methods.iter().position(|method| method.as_str() == name)
}
