//! From `components.x-stackQL-resources` of a service document to resources, methods and SQL verbs.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::from_documents::text;
use super::read_view::read_views;
use super::{Method, OperationRef, Request, Resource, ResponseSpec, SqlVerbs};
use crate::diagnostic::Diagnostic;
use crate::mapping::SqlVerb;
use crate::openapi::{HttpVerb, Spec};
use crate::source::{Entry, List, Node, Text, Value, pointer};

const PLACE: &str = "/components/x-stackQL-resources";

/// The resources of a service document, in document order, and what is wrong with them. None is left out.
pub(super) fn read_resources(spec: &Spec) -> (Vec<Resource>, Vec<Diagnostic>) {
    let mut reader = Reader {
        operations: spec
            .operations
            .iter()
            .map(|operation| (operation.path.as_str(), operation.verb))
            .collect(),
        findings: Vec::new(),
    };
    let declared = spec
        .root
        .get("components")
        .and_then(|components| components.get("x-stackQL-resources"))
        .and_then(Node::as_map);
    let Some(declared) = declared else {
        reader.findings.push(
            Diagnostic::error(
                "service-without-resources",
                "the service has no `components.x-stackQL-resources`, so SQL cannot reach it",
            )
            .at(spec.root.span)
            .pointer("/components"),
        );
        return (Vec::new(), reader.findings);
    };
    let resources = declared.iter().map(|entry| reader.resource(entry)).collect();
    (resources, reader.findings)
}

struct Reader<'a> {
    operations: FxHashSet<(&'a str, HttpVerb)>,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn resource(&mut self, entry: &Entry) -> Resource {
        let node = &entry.value;
        let place = format!("{PLACE}/{}", pointer::escape(&entry.key));
        let views = read_views(node);
        let declared = node.get("methods").and_then(Node::as_map);
        if declared.is_none() && views.is_empty() {
            self.findings.push(
                Diagnostic::warning(
                    "resource-without-methods",
                    format!("resource `{}` has neither methods nor a view", entry.key),
                )
                .at(entry.key_span)
                .pointer(place.clone()),
            );
        }
        let methods: IndexMap<Text, Method> = declared
            .into_iter()
            .flatten()
            .map(|method| (method.key.clone(), self.method(method, &place)))
            .collect();
        let name = text(node, "name").unwrap_or_else(|| entry.key.clone());
        if name != entry.key {
            self.findings.push(
                Diagnostic::warning(
                    "resource-name",
                    format!(
                        "resource `{}` calls itself `{name}`; SQL knows it as `{}`",
                        entry.key, entry.key
                    ),
                )
                .at(entry.key_span)
                .pointer(place.clone()),
            );
        }
        let verbs = self.verbs(node.get("sqlVerbs"), &methods, &entry.key, &place);
        Resource {
            key: entry.key.clone(),
            id: text(node, "id").unwrap_or_default(),
            name,
            title: text(node, "title").unwrap_or_default(),
            description: text(node, "description").unwrap_or_default(),
            methods,
            verbs,
            views,
            config: child(node, "config"),
        }
    }

    fn method(&mut self, entry: &Entry, resource_place: &str) -> Method {
        let node = &entry.value;
        let place = format!("{resource_place}/methods/{}", pointer::escape(&entry.key));
        let reference = node.get("operation").and_then(|operation| operation.get_str("$ref"));
        Method {
            name: entry.key.clone(),
            operation: self.operation(reference, node, &place),
            request: node
                .get("request")
                .filter(|request| !request.is_null())
                .map(|request| Request {
                    media_type: text(request, "mediaType"),
                    node: Some(request.clone()),
                }),
            response: node.get("response").map(read_response).unwrap_or_default(),
            config: child(node, "config"),
            node: node.clone(),
        }
    }

    /// The operation behind `#/paths/~1a~1{b}/get`. A reference that leads nowhere keeps its reading, and is reported.
    fn operation(&mut self, reference: Option<&str>, node: &Node, place: &str) -> OperationRef {
        let readings = reference.map(readings_of).unwrap_or_default();
        let known = readings
            .iter()
            .find(|(path, verb)| self.operations.contains(&(path.as_str(), *verb)))
            .or(readings.first());
        let (path, verb) = known.cloned().unwrap_or((Text::new(), HttpVerb::Get));
        if !self.operations.contains(&(path.as_str(), verb)) {
            let message = match reference {
                Some(reference) => format!("the operation `{reference}` does not exist"),
                None => "the method names no operation".to_owned(),
            };
            self.findings.push(
                Diagnostic::error("missing-operation", message)
                    .at(node.get("operation").map_or(node.span, |operation| operation.span))
                    .pointer(format!("{place}/operation"))
                    .note_that("the runtime refuses the whole service"),
            );
        }
        OperationRef { path, verb }
    }

    fn verbs(
        &mut self,
        node: Option<&Node>,
        methods: &IndexMap<Text, Method>,
        resource: &str,
        place: &str,
    ) -> SqlVerbs {
        let mut verbs = SqlVerbs::default();
        for verb in SqlVerb::ALL {
            let Some(list) = node.and_then(|node| node.get(verb.as_str())) else {
                continue;
            };
            let items = list.as_list().map(List::as_slice).unwrap_or_default();
            let mut names: Vec<Text> = Vec::new();
            for item in items {
                match listed_method(item, methods, resource) {
                    Ok(name) if names.contains(&name) => {}
                    Ok(name) => names.push(name),
                    Err(message) => self.findings.push(
                        Diagnostic::error("missing-method", message)
                            .at(item.span)
                            .pointer(format!("{place}/sqlVerbs/{verb}"))
                            .note_that("the runtime refuses the whole service"),
                    ),
                }
            }
            if let Some(slot) = verbs.list_mut(verb) {
                *slot = Some(names);
            }
        }
        verbs
    }
}

fn listed_method(item: &Node, methods: &IndexMap<Text, Method>, resource: &str) -> Result<Text, String> {
    let reference = item
        .get_str("$ref")
        .ok_or_else(|| "an entry of `sqlVerbs` has no `$ref`".to_owned())?;
    let mut tokens = reference.rsplit('/');
    let name = pointer::unescape(tokens.next().unwrap_or_default());
    let owner = tokens.nth(1).map(pointer::unescape);
    if owner.as_deref() != Some(resource) || !methods.contains_key(&*name) {
        return Err(format!("`{reference}` is no method of this resource"));
    }
    Ok(Text::from(&*name))
}

/// What a reference to an operation can mean: the runtime only turns `~1` into `/`, JSON pointers also `~0` into `~`.
fn readings_of(reference: &str) -> Vec<(Text, HttpVerb)> {
    let pointer = reference.split_once('#').map_or(reference, |(_, pointer)| pointer);
    let Some((path, verb)) = pointer.strip_prefix("/paths/").and_then(|rest| rest.rsplit_once('/')) else {
        return Vec::new();
    };
    let Ok(verb) = verb.parse::<HttpVerb>() else {
        return Vec::new();
    };
    vec![
        (Text::from(path.replace("~1", "/")), verb),
        (Text::from(&*pointer::unescape(path)), verb),
    ]
}

fn read_response(node: &Node) -> ResponseSpec {
    ResponseSpec {
        media_type: text(node, "mediaType"),
        doc_key: text(node, "openAPIDocKey"),
        object_key: text(node, "objectKey"),
        override_media_type: text(node, "overrideMediaType"),
        schema_override: node.get("schema_override").filter(|value| !value.is_null()).cloned(),
        transform: node.get("transform").filter(|value| !value.is_null()).cloned(),
    }
}

fn child(node: &Node, key: &str) -> Node {
    node.get(key).cloned().unwrap_or_else(|| Node::new(Value::Null))
}

#[cfg(test)]
mod tests {
    use super::readings_of;
    use crate::openapi::HttpVerb;

    #[test]
    fn operation_references_are_read_as_the_runtime_does_first() {
        assert_eq!(
            readings_of("#/paths/~1v1~1~0me~1{id}/get"),
            [
                ("/v1/~0me/{id}".into(), HttpVerb::Get),
                ("/v1/~me/{id}".into(), HttpVerb::Get)
            ]
        );
        assert!(readings_of("#/definitions/x").is_empty());
        assert!(readings_of("").is_empty());
    }
}
