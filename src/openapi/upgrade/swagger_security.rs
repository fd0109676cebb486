//! Security definitions of `Swagger` 2.0 as security schemes.

use super::swagger_2_0::PASS;
use super::{Log, entry};
use crate::openapi::Change;
use crate::source::{Map, Node, pointer};

/// The schemes under the same names.
pub(super) fn security_schemes(definitions: &Node, log: &mut Log) -> Node {
    let Some(map) = definitions.as_map() else {
        return definitions.clone();
    };
    let mut out = Map::new();
    for old in map {
        let new = scheme(&old.value);
        if new != old.value {
            let place = format!("/securityDefinitions/{}", pointer::escape(&old.key));
            log.change(Change::new(PASS, place, old.value.span).before(&old.value).after(&new));
        }
        out.push_unique(entry(old.key.clone(), old.key_span, new));
    }
    Node::map(out).at(definitions.span)
}

fn scheme(old: &Node) -> Node {
    match old.get_str("type") {
        Some("basic") => {
            let mut out = Map::new();
            out.insert("type", Node::string("http"));
            out.insert("scheme", Node::string("basic"));
            keep(old, &mut out, &["type"]);
            Node::map(out).at(old.span)
        }
        Some("oauth2") => {
            let name = match old.get_str("flow") {
                Some("application") => "clientCredentials",
                Some("accessCode") => "authorizationCode",
                Some("password") => "password",
                _ => "implicit",
            };
            let mut flow = Map::new();
            for key in ["authorizationUrl", "tokenUrl"] {
                if let Some(url) = old.get(key) {
                    flow.insert(key, url.clone());
                }
            }
            let scopes = old.get("scopes").cloned();
            flow.insert("scopes", scopes.unwrap_or_else(|| Node::map(Map::new())));
            let flows: Map = [(name, Node::map(flow).at(old.span))].into_iter().collect();
            let mut out = Map::new();
            out.insert("type", Node::string("oauth2"));
            out.insert("flows", Node::map(flows).at(old.span));
            keep(
                old,
                &mut out,
                &["type", "flow", "authorizationUrl", "tokenUrl", "scopes"],
            );
            Node::map(out).at(old.span)
        }
        _ => old.clone(),
    }
}

fn keep(old: &Node, out: &mut Map, except: &[&str]) {
    for entry in old.as_map().into_iter().flatten() {
        if !except.contains(&entry.key.as_str()) {
            out.insert(entry.key.clone(), entry.value.clone());
        }
    }
}
