//! Servers: there must be one, absolute, with a default for each variable (runtime contract 3.6).

use std::borrow::Cow;

use super::settings::Settings;
use crate::diagnostic::Diagnostic;
use crate::openapi::{self, Server, url_variables};
use crate::source::{Map, Node, Value};

/// The service with the servers that are set for it or for the whole provider. Operations with servers of their own keep
/// them.
pub(super) fn with_settings<'a>(service: &'a openapi::Service, settings: &Settings) -> Cow<'a, openapi::Service> {
    let own = settings.services.get(&service.name).and_then(|own| own.servers.clone());
    let of_provider = || Node::list(settings.servers.iter().map(|server| server.node.clone()));
    let servers = match own {
        Some(servers) => servers,
        None if settings.servers.is_empty() => return Cow::Borrowed(service),
        None => of_provider(),
    };
    let mut service = service.clone();
    let read = read(&servers);
    let paths = service.spec.root.get("paths").cloned();
    for operation in &mut service.spec.operations {
        let item = paths.as_ref().and_then(|paths| paths.get(&operation.path));
        let is_own = operation.node.get("servers").is_some() || item.is_some_and(|item| item.get("servers").is_some());
        if !is_own {
            operation.servers.clone_from(&read);
        }
    }
    service.spec.servers = read;
    if let Some(document) = service.spec.root.as_map_mut() {
        set_servers(document, servers);
    }
    Cow::Owned(service)
}

/// An array of server objects, read.
pub(super) fn read(servers: &Node) -> Vec<Server> {
    let holder: Map = [("servers", servers.clone())].into_iter().collect();
    openapi::read(Node::map(holder)).0.servers
}

/// The document with the servers that the runtime needs.
pub(super) fn apply(root: &Node, findings: &mut Vec<Diagnostic>, file_name: &str) -> Node {
    let mut root = root.clone();
    let Some(document) = root.as_map_mut() else {
        return root;
    };
    let declared = document
        .get("servers")
        .and_then(Node::as_list)
        .cloned()
        .unwrap_or_default();
    let mended: Vec<Node> = declared.iter().filter_map(|server| mend(server, findings)).collect();
    if mended.is_empty() {
        findings.push(
            Diagnostic::warning(
                "no-server",
                format!("`{file_name}` names no server; the host becomes a parameter"),
            )
            .help("add `servers` to the description or to spgen.yaml"),
        );
        set_servers(document, Node::list([host_server("")]));
    } else if mended != declared.as_slice() {
        set_servers(document, Node::list(mended));
    }
    if let Some(paths) = document.get_mut("paths").and_then(Node::as_map_mut) {
        mend_operation_servers(paths, findings);
    }
    root
}

/// Sets `servers`, behind `info` where it is new.
fn set_servers(document: &mut Map, servers: Node) {
    if document.contains_key("servers") {
        document.insert("servers", servers);
        return;
    }
    let mut ordered = Map::new();
    for entry in document.iter() {
        let is_info = entry.key == "info";
        ordered.push_unique(entry.clone());
        if is_info {
            ordered.insert("servers", servers.clone());
        }
    }
    ordered.insert("servers", servers);
    *document = ordered;
}

fn mend_operation_servers(paths: &mut Map, findings: &mut Vec<Diagnostic>) {
    let needs_mending = |item: &Node| {
        item.get("servers").is_some()
            || item
                .as_map()
                .is_some_and(|item| item.iter().any(|entry| entry.value.get("servers").is_some()))
    };
    if !paths.iter().any(|path| needs_mending(&path.value)) {
        return;
    }
    for path in paths.iter_mut() {
        if !needs_mending(&path.value) {
            continue;
        }
        mend_holder(&mut path.value, findings);
        for entry in path.value.as_map_mut().into_iter().flat_map(Map::iter_mut) {
            mend_holder(&mut entry.value, findings);
        }
    }
}

fn mend_holder(holder: &mut Node, findings: &mut Vec<Diagnostic>) {
    let Some(map) = holder.as_map_mut() else { return };
    let Some(servers) = map.get("servers").and_then(Node::as_list).cloned() else {
        return;
    };
    let mended: Vec<Node> = servers.iter().filter_map(|server| mend(server, findings)).collect();
    if mended.is_empty() {
        map.remove("servers");
    } else {
        map.insert("servers", Node::list(mended));
    }
}

/// A server that the runtime can use. A relative URL gets a host variable; a variable without default gets one.
fn mend(server: &Node, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let url = server.get_str("url")?.trim().to_owned();
    let absolute = if let Some(rest) = url.strip_prefix("//") {
        format!("https://{rest}")
    } else if url.contains("://") || url.starts_with('{') {
        url.clone()
    } else {
        findings.push(
            Diagnostic::warning(
                "relative-server",
                format!("the server `{url}` has no host; the host becomes a parameter"),
            )
            .at(server.span)
            .help("add an absolute URL under `servers` in spgen.yaml"),
        );
        return Some(host_server(&url));
    };
    let absolute = absolute.trim_end_matches('/').to_owned();
    let mut node = server.as_map()?.clone();
    let mut variables = node
        .get("variables")
        .and_then(Node::as_map)
        .cloned()
        .unwrap_or_default();
    let used: Vec<&str> = url_variables(&absolute).iter().map(|variable| variable.name).collect();
    variables.retain(|entry| used.contains(&entry.key.as_str()));
    let mut pattern_url = absolute.clone();
    for name in &used {
        let declared = variables.get(name).and_then(Node::as_map).cloned().unwrap_or_default();
        let mut declared = declared;
        let default = declared
            .get("default")
            .and_then(Node::scalar_text)
            .filter(|text| !text.is_empty());
        let first_value = || {
            declared
                .get("enum")
                .and_then(Node::as_list)
                .and_then(|values| values.first())
                .and_then(Node::scalar_text)
        };
        let default = default.or_else(first_value).unwrap_or_else(|| (*name).into());
        if default.starts_with('/') || (default.contains('/') && !in_host(&absolute, name)) {
            // A variable takes one segment; several of them are part of the address.
            let placeholder = format!("{{{name}}}");
            let is_behind_host = !pattern_url.contains(&format!("/{placeholder}"));
            let segments = default.trim_matches('/');
            let segments = match is_behind_host {
                true => format!("/{segments}"),
                false => segments.to_owned(),
            };
            pattern_url = pattern_url.replace(&placeholder, &segments);
            variables.remove(name);
            continue;
        }
        if in_host(&absolute, name) && default.contains(['.', ':']) {
            pattern_url = pattern_url.replace(&format!("{{{name}}}"), &format!("{{{name}:^(?:[^/]+)$}}"));
        }
        declared.insert("default", Node::string(default));
        variables.insert(*name, Node::map(declared));
    }
    node.insert("url", Node::string(pattern_url));
    if variables.is_empty() {
        node.remove("variables");
    } else {
        node.insert("variables", Node::map(variables));
    }
    Some(Node {
        value: Value::Map(node),
        span: server.span,
    })
}

/// `https://{host}` with a path behind it.
fn host_server(path: &str) -> Node {
    let path = path.trim_end_matches('/');
    let separator = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let host: Map = [
        ("default", Node::string("localhost")),
        (
            "description",
            Node::string("Host name of the API, with its port where it has one."),
        ),
    ]
    .into_iter()
    .collect();
    let variables: Map = [("host", Node::map(host))].into_iter().collect();
    let server: Map = [
        (
            "url",
            Node::string(format!("https://{{host:^(?:[^/]+)$}}{separator}{path}")),
        ),
        ("variables", Node::map(variables)),
    ]
    .into_iter()
    .collect();
    Node::map(server)
}

/// Whether a variable stands between `://` and the next slash.
fn in_host(url: &str, name: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.contains(&format!("{{{name}}}"))
}
