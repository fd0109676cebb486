//! From a tree to the typed view. Never fails: what cannot be understood is left out of the view. Faults
//! of the text are [`super::check`]'s to report, those that decide what an operation is are reported here.

use std::collections::BTreeSet;

use super::operation::{
    Header, HttpVerb, MediaType, Operation, Parameter, ParameterLocation, RequestBody, Response, Server, ServerVariable,
};
use super::path_item::{is_doubled, path_item, verb_of};
use super::spec::Spec;
use crate::diagnostic::Diagnostic;
use crate::source::{List, Node, Span, Text, pointer};

/// Reads a whole document. References to other files must have been brought in before.
#[must_use]
pub fn read(root: Node) -> (Spec, Vec<Diagnostic>) {
    let spec = Spec::index(root);
    let mut reader = Reader {
        spec: &spec,
        findings: Vec::new(),
        ids: BTreeSet::new(),
    };
    let servers = read_servers(spec.root.get("servers"));
    let operations = reader.operations(&servers);
    let findings = reader.findings;
    let mut spec = spec;
    spec.set_operations(operations);
    spec.servers = servers;
    (spec, findings)
}

struct Reader<'a> {
    spec: &'a Spec,
    findings: Vec<Diagnostic>,
    ids: BTreeSet<Text>,
}

impl Reader<'_> {
    fn operations(&mut self, document_servers: &[Server]) -> Vec<Operation> {
        let Some(paths) = self.spec.root.get("paths").and_then(Node::as_map) else {
            return Vec::new();
        };
        let mut operations = Vec::new();
        for path in paths.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let place = format!("/paths/{}", pointer::escape(&path.key));
            let item = path_item(self.spec, &path.value);
            let item_servers = item.get("servers").map(|servers| read_servers(Some(servers)));
            let shared = self.parameters(item.get("parameters"), &format!("{place}/parameters"));
            let Some(map) = item.as_map() else { continue };
            for entry in map {
                // What is no object describes nothing; the check says so.
                let (Some(verb), Some(_), false) = (verb_of(entry), entry.value.as_map(), is_doubled(map, entry))
                else {
                    continue;
                };
                let servers = item_servers.as_deref().unwrap_or(document_servers);
                operations.push(self.operation(&path.key, verb, &entry.value, entry.key_span, &shared, servers));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &Text,
        verb: HttpVerb,
        node: &Node,
        key_span: Span,
        shared: &[Parameter],
        servers: &[Server],
    ) -> Operation {
        let place = format!("/paths/{}/{verb}", pointer::escape(path));
        let mut parameters = self.parameters(node.get("parameters"), &format!("{place}/parameters"));
        for parameter in shared {
            let overridden = |own: &Parameter| own.name == parameter.name && own.location == parameter.location;
            if !parameters.iter().any(overridden) {
                parameters.push(parameter.clone());
            }
        }
        let declared = node
            .get("operationId")
            .and_then(Node::as_text)
            .filter(|id| !id.trim().is_empty());
        Operation {
            path: path.clone(),
            verb,
            id: self.unique_id(declared, verb, path, node, &place),
            id_is_declared: declared.is_some(),
            summary: text(node, "summary"),
            description: text(node, "description"),
            tags: node
                .get("tags")
                .and_then(Node::as_list)
                .into_iter()
                .flatten()
                .filter_map(Node::as_text)
                .cloned()
                .collect(),
            deprecated: node.get("deprecated").and_then(Node::as_bool).unwrap_or(false),
            parameters,
            request_body: self.request_body(node.get("requestBody")),
            responses: self.responses(node.get("responses")),
            servers: match node.get("servers") {
                Some(own) => read_servers(Some(own)),
                None => servers.to_vec(),
            },
            security: node.get("security").cloned(),
            node: node.clone(),
            key_span,
        }
    }

    /// The declared id, or one made from verb and path; made unique by a number.
    fn unique_id(&mut self, declared: Option<&Text>, verb: HttpVerb, path: &str, node: &Node, place: &str) -> Text {
        let wanted = declared.cloned().unwrap_or_else(|| made_id(verb, path));
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = ecow::eco_format!("{wanted}_{number}");
            number += 1;
        }
        if id != wanted && declared.is_some() {
            self.findings.push(
                Diagnostic::warning(
                    "duplicate-operation-id",
                    format!("the operation id `{wanted}` is used twice; here it becomes `{id}`"),
                )
                .at(node.get("operationId").map_or(node.span, |id| id.span))
                .pointer(place)
                .help("give each operation an id of its own"),
            );
        }
        id
    }

    fn parameters(&mut self, node: Option<&Node>, place: &str) -> Vec<Parameter> {
        let Some(node) = node else {
            return Vec::new();
        };
        let list = node.as_list().map(List::as_slice).unwrap_or_default();
        list.iter()
            .enumerate()
            .filter_map(|(index, item)| self.parameter(item, &format!("{place}/{index}")))
            .collect()
    }

    fn parameter(&mut self, written: &Node, place: &str) -> Option<Parameter> {
        let node = self.resolved(written).filter(|node| node.as_map().is_some())?;
        let location = match node.get_str("in") {
            Some("path") => ParameterLocation::Path,
            Some("query") => ParameterLocation::Query,
            Some("header") => ParameterLocation::Header,
            Some("cookie") => ParameterLocation::Cookie,
            other => {
                let found = other.map_or("nothing".to_owned(), |text| format!("`{text}`"));
                self.findings.push(
                    Diagnostic::warning(
                        "parameter-location",
                        format!("`in` of a parameter is {found}; the parameter is left out"),
                    )
                    .at(node.get("in").map_or(node.span, |value| value.span))
                    .pointer(place)
                    .help("write `path`, `query`, `header` or `cookie`"),
                );
                return None;
            }
        };
        let Some(name) = node.get("name").and_then(Node::scalar_text) else {
            self.findings.push(
                Diagnostic::warning("parameter-name", "a parameter without `name` is left out")
                    .at(node.span)
                    .pointer(place)
                    .help("add `name`"),
            );
            return None;
        };
        let content = self.content(node.get("content"));
        Some(Parameter {
            name,
            location,
            required: location == ParameterLocation::Path
                || node.get("required").and_then(Node::as_bool).unwrap_or(false),
            deprecated: node.get("deprecated").and_then(Node::as_bool).unwrap_or(false),
            description: text(node, "description"),
            schema: node
                .get("schema")
                .cloned()
                .or_else(|| content.first().and_then(|media_type| media_type.schema.clone())),
            has_content: node.get("schema").is_none() && !content.is_empty(),
            node: node.clone(),
        })
    }

    fn request_body(&self, written: Option<&Node>) -> Option<RequestBody> {
        let node = self.resolved(written?)?;
        Some(RequestBody {
            required: node.get("required").and_then(Node::as_bool).unwrap_or(false),
            description: text(node, "description"),
            content: self.content(node.get("content")),
        })
    }

    fn responses(&self, node: Option<&Node>) -> Vec<Response> {
        let mut responses = Vec::new();
        for entry in node.and_then(Node::as_map).into_iter().flatten() {
            if entry.key.starts_with("x-") {
                continue;
            }
            let Some(response) = self.resolved(&entry.value) else {
                continue;
            };
            let headers = response.get("headers").and_then(Node::as_map).into_iter().flatten();
            responses.push(Response {
                status: entry.key.clone(),
                description: text(response, "description"),
                content: self.content(response.get("content")),
                headers: headers
                    .map(|header| Header {
                        name: header.key.clone(),
                        node: self.spec.resolve(&header.value).unwrap_or(&header.value).clone(),
                    })
                    .collect(),
            });
        }
        responses
    }

    fn content(&self, node: Option<&Node>) -> Vec<MediaType> {
        let entries = node.and_then(Node::as_map).into_iter().flatten();
        entries
            .map(|entry| {
                let node = self.spec.resolve(&entry.value).unwrap_or(&entry.value);
                MediaType {
                    name: entry.key.clone(),
                    schema: node.get("schema").cloned(),
                    node: node.clone(),
                }
            })
            .collect()
    }

    /// Follows references. One that leads nowhere gives nothing; [`super::check`] says so.
    fn resolved<'n>(&self, node: &'n Node) -> Option<&'n Node>
    where
        Self: 'n,
    {
        self.spec.resolve(node)
    }
}

fn read_servers(node: Option<&Node>) -> Vec<Server> {
    let list = node.and_then(Node::as_list).map(List::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|server| {
            let variables = server.get("variables").and_then(Node::as_map).into_iter().flatten();
            Some(Server {
                url: server.get("url")?.as_text()?.clone(),
                variables: variables
                    .map(|variable| ServerVariable {
                        name: variable.key.clone(),
                        default: variable.value.get("default").and_then(Node::scalar_text),
                        values: variable
                            .value
                            .get("enum")
                            .and_then(Node::as_list)
                            .into_iter()
                            .flatten()
                            .filter_map(Node::scalar_text)
                            .collect(),
                        description: text(&variable.value, "description"),
                    })
                    .collect(),
                node: server.clone(),
            })
        })
        .collect()
}

fn text(node: &Node, key: &str) -> Option<Text> {
    node.get(key)
        .and_then(Node::as_text)
        .filter(|text| !text.trim().is_empty())
        .cloned()
}

/// An id from verb and path that stays the same as long as they do: `get /a/{b}/c` becomes `get_a_b_c`.
fn made_id(verb: HttpVerb, path: &str) -> Text {
    let mut id = String::from(verb.as_str());
    for word in path
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        id.push('_');
        id.push_str(word);
    }
    id.into()
}
