//! `Swagger` 2.0 as OpenAPI 3.0: the document, its paths and responses. Bodies, parameters and security have files of
//! their own.

use super::swagger_body::{BodyParts, request_body};
use super::swagger_parameter::{header, parameter};
use super::swagger_security::security_schemes;
use super::walk::walk_mut;
use super::{Log, entry, reference};
use crate::openapi::Change;
use crate::openapi::HttpVerb;
use crate::openapi::position::{Kind, Position};
use crate::source::{Entry, Map, Node, Span, Text, pointer};

pub(super) const PASS: &str = "swagger-2.0-to-3.0";

/// What says where the API is, in 2.0.
const SERVER_KEYS: [&str; 3] = ["host", "basePath", "schemes"];

/// The document as 3.0. References to `#/definitions/…` and the like point to components afterwards.
pub(super) fn convert(root: &Node, log: &mut Log) -> Node {
    let Some(source) = root.as_map() else {
        return root.clone();
    };
    let converter = Converter {
        root,
        consumes: media_types(root.get("consumes")),
        produces: media_types(root.get("produces")),
    };
    let mut map = Map::new();
    let mut components = Map::new();
    for old in source {
        let value = &old.value;
        match old.key.as_str() {
            "swagger" => {
                let version = Node::string("3.0.3").at(value.span);
                log.change(
                    Change::new(PASS, "/swagger", value.span)
                        .before(value)
                        .after_text("openapi: 3.0.3"),
                );
                map.push_unique(entry("openapi", old.key_span, version));
            }
            key if SERVER_KEYS.contains(&key) => {
                if !map.contains_key("servers") {
                    map.push_unique(entry("servers", old.key_span, servers(root, root.get("schemes"), log)));
                }
            }
            "consumes" | "produces" | "components" | "openapi" => {}
            // Of both ways to say it, the one of this version counts.
            "servers" if SERVER_KEYS.iter().any(|key| root.get(key).is_some()) => {
                log.change(Change::new(PASS, "/servers", value.span).before(value));
            }
            "paths" => map.push_unique(entry("paths", old.key_span, converter.paths(value, log))),
            "definitions" => components.push_unique(entry("schemas", old.key_span, value.clone())),
            "parameters" => converter.shared_parameters(old, &mut components, log),
            "responses" => {
                let responses = converter.responses(value, &converter.produces, "/responses", log);
                components.push_unique(entry("responses", old.key_span, responses));
            }
            "securityDefinitions" => {
                components.push_unique(entry("securitySchemes", old.key_span, security_schemes(value, log)));
            }
            _ => map.push_unique(old.clone()),
        }
    }
    if !components.is_empty() {
        map.push_unique(entry("components", Span::NONE, Node::map(components)));
    }
    let mut document = Node::map(map).at(root.span);
    references(&mut document);
    schemas(&mut document, log);
    document
}

/// The media types of a list; an empty list says nothing.
pub(super) fn media_types(node: Option<&Node>) -> Vec<Text> {
    let list = node.and_then(Node::as_list).into_iter().flatten();
    list.filter_map(Node::as_text).cloned().collect()
}

fn servers(root: &Node, schemes: Option<&Node>, log: &mut Log) -> Node {
    let span = SERVER_KEYS
        .iter()
        .find_map(|key| root.get(key))
        .map_or(Span::NONE, |node| node.span);
    let host = root.get_str("host").map(|host| host.trim_end_matches('/'));
    let path = root.get_str("basePath").map_or("", |path| path.trim_end_matches('/'));
    let path = if path.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    };
    let mut schemes = media_types(schemes);
    schemes.retain(|scheme| matches!(scheme.as_str(), "http" | "https"));
    // The safe one first, whatever the order.
    schemes.sort_by_key(|scheme| scheme != "https");
    if schemes.is_empty() {
        schemes.push("https".into());
    }
    let urls: Vec<String> = match host {
        Some(host) => schemes
            .iter()
            .map(|scheme| format!("{scheme}://{host}{path}"))
            .collect(),
        None if path.is_empty() => vec!["/".to_owned()],
        None => vec![path],
    };
    let servers = Node::list(urls.into_iter().map(|url| {
        let server: Map = [("url", Node::string(url))].into_iter().collect();
        Node::map(server)
    }))
    .at(span);
    log.change(
        Change::new(PASS, "/host", span)
            .before_text("host, basePath and schemes")
            .after(&servers),
    );
    servers
}

/// What counts for the whole document.
pub(super) struct Converter<'a> {
    pub(super) root: &'a Node,
    consumes: Vec<Text>,
    produces: Vec<Text>,
}

impl Converter<'_> {
    fn paths(&self, paths: &Node, log: &mut Log) -> Node {
        let Some(map) = paths.as_map() else {
            return paths.clone();
        };
        let mut out = Map::new();
        for path in map {
            let place = format!("/paths/{}", pointer::escape(&path.key));
            let value = if path.key.starts_with("x-") {
                path.value.clone()
            } else {
                self.path_item(&path.value, &place, log)
            };
            out.push_unique(entry(path.key.clone(), path.key_span, value));
        }
        Node::map(out).at(paths.span)
    }

    fn path_item(&self, item: &Node, place: &str, log: &mut Log) -> Node {
        let Some(map) = item.as_map() else {
            return item.clone();
        };
        let shared_place = format!("{place}/parameters");
        let (shared, shared_body) = self.parameters(item.get("parameters"), &shared_place, log);
        let mut out = Map::new();
        for old in map {
            let value = if old.key == "parameters" {
                if shared.is_empty() {
                    continue;
                }
                Node::list(shared.clone()).at(old.value.span)
            } else if old.key.parse::<HttpVerb>().is_ok() {
                self.operation(&old.value, &shared_body, &format!("{place}/{}", old.key), log)
            } else {
                old.value.clone()
            };
            out.push_unique(entry(old.key.clone(), old.key_span, value));
        }
        Node::map(out).at(item.span)
    }

    fn operation(&self, operation: &Node, shared_body: &BodyParts, place: &str, log: &mut Log) -> Node {
        let Some(map) = operation.as_map() else {
            return operation.clone();
        };
        let own = |key: &str, otherwise: &[Text]| match operation.get(key) {
            Some(list) => media_types(Some(list)),
            None => otherwise.to_vec(),
        };
        let consumes = own("consumes", &self.consumes);
        let produces = own("produces", &self.produces);
        let (parameters, body) = self.parameters(operation.get("parameters"), &format!("{place}/parameters"), log);
        let body = body.or(shared_body);
        let mut out = Map::new();
        for old in map {
            let value = match old.key.as_str() {
                "consumes" | "produces" | "requestBody" => continue,
                // As for the document: of both ways to say it, the one of this version counts.
                "servers" if map.contains_key("schemes") => {
                    log.change(Change::new(PASS, format!("{place}/servers"), old.value.span).before(&old.value));
                    continue;
                }
                "parameters" if parameters.is_empty() => continue,
                "parameters" => Node::list(parameters.clone()).at(old.value.span),
                "responses" => self.responses(&old.value, &produces, &format!("{place}/responses"), log),
                "schemes" => {
                    let servers = servers(self.root, Some(&old.value), log);
                    out.push_unique(entry("servers", old.key_span, servers));
                    continue;
                }
                _ => old.value.clone(),
            };
            out.push_unique(entry(old.key.clone(), old.key_span, value));
        }
        if let Some(body) = request_body(&body, &consumes, place, log) {
            out.insert("requestBody", body);
        }
        Node::map(out).at(operation.span)
    }

    /// The parameters that stay parameters, and those that become the request body.
    fn parameters(&self, list: Option<&Node>, place: &str, log: &mut Log) -> (Vec<Node>, BodyParts) {
        let mut kept = Vec::new();
        let mut body = BodyParts::default();
        for (index, written) in list.and_then(Node::as_list).into_iter().flatten().enumerate() {
            let place = format!("{place}/{index}");
            let name = written
                .get_str("$ref")
                .and_then(|reference| reference.strip_prefix("#/parameters/"))
                .map(|name| pointer::unescape(name).into_owned());
            let shared = name.as_deref().and_then(|name| self.root.get("parameters")?.get(name));
            let resolved = shared.unwrap_or(written);
            match (resolved.get_str("in"), &name) {
                (Some("body"), Some(name)) => body.reference = Some(reference("requestBodies", name)),
                (Some("body"), None) => body.body = Some((resolved.clone(), place)),
                (Some("formData"), _) => body.form.push((resolved.clone(), place)),
                (_, Some(_)) => kept.push(written.clone()),
                (_, None) => kept.push(parameter(resolved, &place, log)),
            }
        }
        (kept, body)
    }

    /// The shared parameters: as parameters, or as request bodies. Form fields are written where they are used.
    fn shared_parameters(&self, old: &Entry, components: &mut Map, log: &mut Log) {
        let mut parameters = Map::new();
        let mut bodies = Map::new();
        for shared in old.value.as_map().into_iter().flatten() {
            let place = format!("/parameters/{}", pointer::escape(&shared.key));
            match shared.value.get_str("in") {
                Some("body") => {
                    let parts = BodyParts {
                        body: Some((shared.value.clone(), place.clone())),
                        ..BodyParts::default()
                    };
                    let body = request_body(&parts, &self.consumes, &place, log);
                    bodies.push_unique(entry(shared.key.clone(), shared.key_span, body.unwrap_or_default()));
                }
                Some("formData") => {}
                _ => {
                    let value = parameter(&shared.value, &place, log);
                    parameters.push_unique(entry(shared.key.clone(), shared.key_span, value));
                }
            }
        }
        for (section, map) in [("parameters", parameters), ("requestBodies", bodies)] {
            if !map.is_empty() {
                components.push_unique(entry(section, old.key_span, Node::map(map).at(old.value.span)));
            }
        }
    }

    fn responses(&self, responses: &Node, produces: &[Text], place: &str, log: &mut Log) -> Node {
        let Some(map) = responses.as_map() else {
            return responses.clone();
        };
        let mut out = Map::new();
        for old in map {
            let place = format!("{place}/{}", pointer::escape(&old.key));
            let value = if old.key.starts_with("x-") {
                old.value.clone()
            } else {
                response(&old.value, produces, &place, log)
            };
            out.push_unique(entry(old.key.clone(), old.key_span, value));
        }
        Node::map(out).at(responses.span)
    }
}

fn response(response: &Node, produces: &[Text], place: &str, log: &mut Log) -> Node {
    let Some(map) = response.as_map() else {
        return response.clone();
    };
    let mut out = Map::new();
    let mut content = Map::new();
    if let Some(schema) = response.get("schema") {
        let json = [Text::from("application/json")];
        let produces = if produces.is_empty() { &json } else { produces };
        for media_type in produces {
            let holder: Map = [("schema", schema.clone())].into_iter().collect();
            content.insert(media_type.clone(), Node::map(holder).at(schema.span));
        }
        log.change(
            Change::new(PASS, format!("{place}/schema"), schema.span)
                .before(schema)
                .after_text(format!("content of {}", produces.join(", "))),
        );
    }
    for example in response.get("examples").and_then(Node::as_map).into_iter().flatten() {
        if !content.contains_key(&example.key) {
            content.insert(example.key.clone(), Node::map(Map::new()).at(example.value.span));
        }
        if let Some(media_type) = content.get_mut(&example.key).and_then(Node::as_map_mut) {
            media_type.insert("example", example.value.clone());
        }
    }
    for old in map {
        match old.key.as_str() {
            "schema" | "examples" | "content" => {}
            "headers" => {
                let headers = old.value.as_map().into_iter().flatten();
                let headers = headers.map(|old| {
                    let place = format!("{place}/headers/{}", pointer::escape(&old.key));
                    (old.key.clone(), header(&old.value, &place, log))
                });
                let headers: Map = headers.collect();
                out.push_unique(entry("headers", old.key_span, Node::map(headers).at(old.value.span)));
            }
            _ => out.push_unique(old.clone()),
        }
    }
    if !content.is_empty() {
        out.push_unique(entry("content", response.span, Node::map(content).at(response.span)));
    }
    Node::map(out).at(response.span)
}

/// Lets references point to the components.
fn references(root: &mut Node) {
    const MOVED: [(&str, &str); 3] = [
        ("#/definitions/", "#/components/schemas/"),
        ("#/parameters/", "#/components/parameters/"),
        ("#/responses/", "#/components/responses/"),
    ];
    walk_mut(root, &mut |node, _| {
        let Some(old) = node.get_str("$ref") else {
            return;
        };
        let new = MOVED
            .iter()
            .find_map(|(from, to)| Some(format!("{to}{}", old.strip_prefix(from)?)));
        if let Some(new) = new
            && let Some(reference) = node.as_map_mut().and_then(|map| map.get_mut("$ref"))
        {
            *reference = Node::string(new).at(reference.span);
        }
    });
}

/// What schemas say differently: `discriminator`, `type: file`, `x-nullable`.
fn schemas(root: &mut Node, log: &mut Log) {
    walk_mut(root, &mut |node, place| {
        if place.position != Position::Object(Kind::Schema) {
            return;
        }
        let is_file = node.get_str("type") == Some("file");
        let is_nullable = node.get("x-nullable").and_then(Node::as_bool) == Some(true);
        let discriminator = node.get("discriminator").filter(|old| old.as_str().is_some()).cloned();
        if !is_file && !is_nullable && discriminator.is_none() {
            return;
        }
        let before = node.clone();
        let Some(map) = node.as_map_mut() else {
            return;
        };
        if is_file {
            map.insert("type", Node::string("string"));
            map.insert("format", Node::string("binary"));
        }
        if is_nullable {
            map.remove("x-nullable");
            map.insert("nullable", Node::bool(true));
        }
        if let Some(name) = discriminator {
            let span = name.span;
            let object: Map = [("propertyName", name)].into_iter().collect();
            map.insert("discriminator", Node::map(object).at(span));
        }
        log.change(
            Change::new(PASS, place.pointer, before.span)
                .before(&before)
                .after(node),
        );
    });
}
