//! What objects other than schemas need: keys of other dialects translated, required keys present, and no keys that
//! exclude each other.

use super::conform::Outcome;
use super::draft::{Log, with, without};
use super::layout::{Kind, field};
use super::place::Place;
use crate::source::{Entry, Map, Node};

/// An object with the keys of other dialects translated; `None` when there is nothing to translate.
pub(super) fn translated(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    match kind {
        Kind::Parameter | Kind::Header => schema_from_swagger(kind, node, place, log),
        Kind::Responses => plain_statuses(node, place, log),
        Kind::SecurityScheme => basic_scheme(node, place, log),
        Kind::OAuthFlows => flow_names(node, place, log),
        _ => None,
    }
}

/// The keywords of a schema that stand in a parameter itself.
fn schema_from_swagger(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    if node.get("schema").is_some() || node.get("content").is_some() {
        return None;
    }
    let belongs = |entry: &Entry| field(kind, &entry.key).is_none() && field(Kind::Schema, &entry.key).is_some();
    let keywords: Map = node
        .as_map()?
        .iter()
        .filter(|entry| belongs(entry))
        .map(|entry| (entry.key.clone(), entry.value.clone()))
        .collect();
    if keywords.is_empty() {
        return None;
    }
    let schema = Node::map(keywords).at(node.span);
    log.added(&place.key("schema"), &schema, node.span);
    let mut new = node.clone();
    new.as_map_mut()?.retain(|entry| !belongs(entry));
    Some(with(&new, "schema", schema))
}

/// `2xx` and `200 OK` as `2XX` and `200`.
fn plain_statuses(node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let is_plain = |entry: &Entry| entry.key.starts_with("x-") || field(Kind::Responses, &entry.key).is_some();
    let map = node.as_map()?;
    if map.iter().all(is_plain) {
        return None;
    }
    let mut plain = Map::new();
    for entry in map {
        if is_plain(entry) {
            plain.insert(entry.key.clone(), entry.value.clone());
            continue;
        }
        let status: String = entry
            .key
            .trim()
            .chars()
            .take(3)
            .collect::<String>()
            .to_ascii_uppercase();
        let place = place.key(&entry.key);
        let follows = entry
            .key
            .trim()
            .chars()
            .nth(3)
            .is_none_or(|next| !next.is_alphanumeric());
        if entry.key.eq_ignore_ascii_case("default") && map.get("default").is_none() {
            log.told(&place, entry.key_span, entry.key.clone(), "default");
            plain.insert("default", entry.value.clone());
        } else if field(Kind::Responses, &status).is_some() && follows && map.get(&status).is_none() {
            log.told(&place, entry.key_span, entry.key.clone(), status.as_str());
            plain.insert(status, entry.value.clone());
        } else {
            log.removed(&place, &entry.value);
        }
    }
    Some(Node::map(plain).at(node.span))
}

/// `type: basic` of 2.0.
fn basic_scheme(node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let written = node.get("type")?;
    let name = written.as_str()?;
    let (plain, scheme) = match name.to_ascii_lowercase().as_str() {
        "basic" => ("http", Some("basic")),
        "bearer" => ("http", Some("bearer")),
        "apikey" => ("apiKey", None),
        "oauth2" => ("oauth2", None),
        "http" => ("http", None),
        "openidconnect" => ("openIdConnect", None),
        _ => return None,
    };
    if name == plain {
        return None;
    }
    let plain = Node::string(plain).at(written.span);
    log.replaced(&place.key("type"), written, &plain);
    let new = with(node, "type", plain);
    Some(match scheme {
        Some(scheme) => with(&new, "scheme", Node::string(scheme)),
        None => new,
    })
}

fn flow_names(node: &Node, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let mut new: Option<Node> = None;
    for (old, name) in [
        ("accessCode", "authorizationCode"),
        ("authorization_code", "authorizationCode"),
        ("application", "clientCredentials"),
        ("client_credentials", "clientCredentials"),
    ] {
        let Some(flow) = node.get(old) else { continue };
        log.told(&place.key(old), flow.span, old, name);
        let current = without(new.as_ref().unwrap_or(node), &[old])?;
        new = Some(if current.get(name).is_some() {
            current
        } else {
            with(&current, name, flow.clone())
        });
    }
    new
}

/// The object with what it needs, or that it must go.
pub(super) fn completed(kind: Kind, node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let has_text = |key: &str| node.get_str(key).is_some();
    let has_map = |key: &str| node.get(key).is_some_and(|value| value.as_map().is_some());
    let keep_if = |is_complete: bool| if is_complete { Outcome::Same } else { Outcome::Drop };
    match kind {
        Kind::Schema => completed_schema(node, place, log),
        Kind::Parameter => completed_parameter(node, place, log),
        Kind::Header => completed_header(node, place, log),
        Kind::MediaType => exclusive(node, place, log),
        Kind::RequestBody => keep_if(has_map("content")),
        Kind::Tag | Kind::License => keep_if(has_text("name")),
        Kind::ExternalDocs | Kind::Server => keep_if(has_text("url")),
        Kind::Discriminator => keep_if(has_text("propertyName")),
        Kind::ServerVariable => completed_variable(node, place, log),
        Kind::SecurityScheme => completed_scheme(node, place, log),
        Kind::OAuthFlows => completed_flows(node, place, log),
        Kind::OAuthFlow if !has_map("scopes") => {
            let scopes = Node::map(Map::new());
            log.added(&place.key("scopes"), &scopes, node.span);
            Outcome::New(with(node, "scopes", scopes))
        }
        _ => Outcome::Same,
    }
}

fn changed(node: &Node, new: Option<Node>) -> Outcome {
    match new {
        Some(new) if new != *node => Outcome::New(new),
        _ => Outcome::Same,
    }
}

fn drop_keys(node: &Node, keys: &[&str], place: &Place<'_>, log: &mut Log) -> Option<Node> {
    for key in keys {
        if let Some(value) = node.get(key) {
            log.removed(&place.key(key), value);
        }
    }
    without(node, keys)
}

fn completed_schema(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let is_empty = |key: &str| {
        node.get(key)
            .and_then(Node::as_list)
            .is_some_and(ecow::EcoVec::is_empty)
    };
    let empty: Vec<&str> = ["required", "enum", "allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter(|key| is_empty(key))
        .collect();
    let mut new = if empty.is_empty() {
        None
    } else {
        drop_keys(node, &empty, place, log)
    };
    // `readOnly` and `writeOnly` exclude each other; then neither is meant.
    let says = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    if says("readOnly") && says("writeOnly") {
        new = drop_keys(new.as_ref().unwrap_or(node), &["readOnly", "writeOnly"], place, log);
    }
    changed(node, new)
}

fn exclusive(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    if node.get("example").is_some() && node.get("examples").is_some() {
        return changed(node, drop_keys(node, &["examples"], place, log));
    }
    Outcome::Same
}

fn completed_parameter(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let location = node.get_str("in").unwrap_or_default();
    let styles: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => {
            log.warn(
                place,
                node.span,
                format!("a parameter `in: {location}` is left out"),
                "write `path`, `query`, `header` or `cookie`",
            );
            return Outcome::Drop;
        }
    };
    if node.get_str("name").is_none_or(str::is_empty) {
        log.warn(place, node.span, "a parameter without `name` is left out", "add `name`");
        return Outcome::Drop;
    }
    let mut current = with_schema(node, styles, place, log);
    let is_required = current.get("required").and_then(Node::as_bool) == Some(true);
    if location == "path" && !is_required {
        log.added(&place.key("required"), &Node::bool(true), node.span);
        current = with(&current, "required", Node::bool(true));
    }
    // The runtime forgets a required parameter that may be empty.
    if is_required && let Some(new) = drop_keys(&current, &["allowEmptyValue"], place, log) {
        current = new;
    }
    changed(node, Some(current))
}

fn completed_header(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    changed(node, Some(with_schema(node, &["simple"], place, log)))
}

/// Exactly one of `schema` and `content`, with only what may stand beside it.
fn with_schema(node: &Node, styles: &[&str], place: &Place<'_>, log: &mut Log) -> Node {
    let mut current = node.clone();
    let apply = |new: Option<Node>, current: &mut Node| {
        if let Some(new) = new {
            *current = new;
        }
    };
    let content = node.get("content").and_then(Node::as_map);
    if node.get("schema").is_some() || content.is_none_or(Map::is_empty) {
        apply(drop_keys(&current, &["content"], place, log), &mut current);
    } else if let Some(first) = content.and_then(|content| content.entry_at(0)) {
        let beside = ["style", "explode", "allowReserved", "example", "examples"];
        apply(drop_keys(&current, &beside, place, log), &mut current);
        if content.is_some_and(|content| content.len() > 1) {
            let one = Node::map(Map::from_iter([(first.key.clone(), first.value.clone())]));
            log.replaced(&place.key("content"), node, &one);
            current = with(&current, "content", one);
        }
    }
    if current.get("schema").is_none() && current.get("content").is_none() {
        let text = Node::map(Map::from_iter([("type", Node::string("string"))]));
        log.added(&place.key("schema"), &text, node.span);
        current = with(&current, "schema", text);
    }
    if current.get_str("style").is_some_and(|style| !styles.contains(&style)) {
        apply(drop_keys(&current, &["style"], place, log), &mut current);
    }
    if current.get("example").is_some() && current.get("examples").is_some() {
        apply(drop_keys(&current, &["examples"], place, log), &mut current);
    }
    current
}

fn completed_variable(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let values = node.get("enum").and_then(Node::as_list);
    let mut current = node.clone();
    if values.is_some_and(ecow::EcoVec::is_empty)
        && let Some(new) = drop_keys(&current, &["enum"], place, log)
    {
        current = new;
    }
    if node.get_str("default").is_none() {
        let own_name = || Node::string(place.own_key().unwrap_or("default"));
        let default = values
            .and_then(|values| values.first().cloned())
            .unwrap_or_else(own_name);
        log.added(&place.key("default"), &default, node.span);
        current = with(&current, "default", default);
    }
    changed(node, Some(current))
}

fn completed_scheme(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let has_text = |key: &str| node.get_str(key).is_some();
    let scheme = node.get_str("scheme").unwrap_or_default();
    let (is_complete, keys): (bool, &[&str]) = match node.get_str("type") {
        Some("apiKey") => (
            has_text("name") && matches!(node.get_str("in"), Some("header" | "query" | "cookie")),
            &["name", "in"],
        ),
        Some("http") if scheme.eq_ignore_ascii_case("bearer") => (true, &["scheme", "bearerFormat"]),
        Some("http") => (has_text("scheme"), &["scheme"]),
        Some("oauth2") => (node.get("flows").is_some(), &["flows"]),
        Some("openIdConnect") => (has_text("openIdConnectUrl"), &["openIdConnectUrl"]),
        _ => (false, &[]),
    };
    if !is_complete {
        log.warn(
            place,
            node.span,
            "this security scheme lacks what its type needs; it is left out",
            "complete it, or give `auth` in the configuration",
        );
        return Outcome::Drop;
    }
    let others: Vec<&str> = node
        .as_map()
        .into_iter()
        .flatten()
        .map(|entry| entry.key.as_str())
        .filter(|key| !keys.contains(key) && !["type", "description"].contains(key) && !key.starts_with("x-"))
        .collect();
    changed(node, drop_keys(node, &others, place, log))
}

/// Flows that lack a URL which their kind needs go, and keys that their kind does not know.
fn completed_flows(node: &Node, place: &Place<'_>, log: &mut Log) -> Outcome {
    let mut current = node.clone();
    for (name, needed, unknown) in [
        ("implicit", &["authorizationUrl"][..], "tokenUrl"),
        ("password", &["tokenUrl"][..], "authorizationUrl"),
        ("clientCredentials", &["tokenUrl"][..], "authorizationUrl"),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"][..], ""),
    ] {
        let Some(flow) = node.get(name) else { continue };
        if needed.iter().any(|key| flow.get_str(key).is_none()) {
            if let Some(new) = drop_keys(&current, &[name], place, log) {
                current = new;
            }
        } else if let Some(flow) = drop_keys(flow, &[unknown], &place.key(name), log) {
            current = with(&current, name, flow);
        }
    }
    changed(node, Some(current))
}
