//! Authentication: from security schemes to the forms that work on the wire (runtime contract 2.1).

use super::settings::Settings;
use crate::openapi::{self, Spec};
use crate::source::{Map, Node};

/// `config` of the provider document.
pub(super) fn provider_config(services: &[openapi::Service], settings: &Settings) -> Node {
    let auth = settings.auth.clone().unwrap_or_else(|| guess(services, &settings.name));
    let mut config = Map::new();
    config.insert("auth", auth);
    for entry in settings.config.as_ref().and_then(Node::as_map).into_iter().flatten() {
        config.insert(entry.key.clone(), entry.value.clone());
    }
    Node::map(config)
}

fn guess(services: &[openapi::Service], name: &str) -> Node {
    let mut specs = services.iter().map(|service| &service.spec);
    specs.find_map(|spec| guess_auth(spec, name)).unwrap_or_else(null_auth)
}

/// The `auth` block for the security scheme that a document asks for; `None` when it asks for none that works.
/// Environment variables are named after the provider: `ACME_TOKEN`.
#[must_use]
pub fn guess_auth(spec: &Spec, provider: &str) -> Option<Node> {
    let schemes = spec.root.get("components")?.get("securitySchemes")?.as_map()?;
    let wanted = required_schemes(spec);
    let mut ranked: Vec<(u8, Node)> = schemes
        .iter()
        .filter(|entry| wanted.is_empty() || wanted.contains(&entry.key.as_str()))
        .filter_map(|entry| {
            let scheme = spec.resolve(&entry.value)?;
            auth_of(scheme, &entry.key, provider)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().next().map(|(_, auth)| auth)
}

/// Names of the schemes that the document (or its first secured operation) requires.
fn required_schemes(spec: &Spec) -> Vec<&str> {
    let of_document = spec.root.get("security");
    let of_operation = || spec.operations.iter().find_map(|operation| operation.security.as_ref());
    let requirements = of_document.or_else(of_operation).and_then(Node::as_list);
    let requirements = requirements.into_iter().flatten().filter_map(Node::as_map);
    requirements
        .flat_map(|requirement| requirement.keys().map(ecow::EcoString::as_str))
        .collect()
}

/// The block of one scheme, with its rank: what needs least from the user comes first.
fn auth_of(scheme: &Node, scheme_name: &str, provider: &str) -> Option<(u8, Node)> {
    let prefix = environment_prefix(provider);
    let kind = scheme.get_str("type")?.to_ascii_lowercase();
    let http = scheme.get_str("scheme").unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "http" if http == "bearer" => Some((0, bearer(&prefix))),
        "http" if http == "basic" => Some((
            2,
            block(&[
                ("type", "basic"),
                ("username_var", &format!("{prefix}_USERNAME")),
                ("password_var", &format!("{prefix}_PASSWORD")),
            ]),
        )),
        "apikey" => {
            let location = scheme
                .get_str("in")
                .filter(|place| matches!(*place, "header" | "query"))?;
            let name = scheme.get_str("name").unwrap_or(scheme_name);
            Some((
                1,
                block(&[
                    ("type", "custom"),
                    ("location", location),
                    ("name", name),
                    ("credentialsenvvar", &format!("{prefix}_API_KEY")),
                ]),
            ))
        }
        "oauth2" => Some(oauth2(scheme, &prefix)),
        "openidconnect" => Some((3, bearer(&prefix))),
        _ => None,
    }
}

fn oauth2(scheme: &Node, prefix: &str) -> (u8, Node) {
    let flow = scheme.get("flows").and_then(|flows| flows.get("clientCredentials"));
    let token_url = flow
        .and_then(|flow| flow.get_str("tokenUrl"))
        .filter(|url| url.contains("://"));
    let Some(token_url) = token_url else {
        // The other flows need a browser: the user brings a token.
        return (3, bearer(prefix));
    };
    let mut auth = pairs(&[
        ("type", "oauth2"),
        ("grant_type", "client_credentials"),
        ("client_id_env_var", &format!("{prefix}_CLIENT_ID")),
        ("client_secret_env_var", &format!("{prefix}_CLIENT_SECRET")),
        ("token_url", token_url),
    ]);
    let scopes = flow
        .and_then(|flow| flow.get("scopes"))
        .and_then(Node::as_map)
        .into_iter()
        .flatten();
    let scopes: Vec<Node> = scopes.map(|scope| Node::string(scope.key.clone())).collect();
    if !scopes.is_empty() {
        auth.insert("scopes", Node::list(scopes));
    }
    (2, Node::map(auth))
}

fn bearer(prefix: &str) -> Node {
    block(&[("type", "bearer"), ("credentialsenvvar", &format!("{prefix}_TOKEN"))])
}

fn null_auth() -> Node {
    block(&[("type", "null_auth")])
}

fn block(entries: &[(&str, &str)]) -> Node {
    Node::map(pairs(entries))
}

fn pairs(entries: &[(&str, &str)]) -> Map {
    entries
        .iter()
        .map(|(key, value)| (*key, Node::string(*value)))
        .collect()
}

/// `databricks_workspace` → `DATABRICKS_WORKSPACE`
fn environment_prefix(provider: &str) -> String {
    provider
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

/// Names of the environment variables that an `auth` block reads, in block order.
#[must_use]
pub fn variables_of(auth: &Node) -> Vec<&str> {
    let mut names = Vec::new();
    for entry in auth.as_map().into_iter().flatten() {
        let is_variable = matches!(
            entry.key.as_str(),
            "credentialsenvvar"
                | "keyIDenvvar"
                | "username_var"
                | "password_var"
                | "client_id_env_var"
                | "client_secret_env_var"
        );
        match entry.value.as_str() {
            Some(name) if is_variable => names.push(name),
            _ if entry.key == "successor" => names.extend(variables_of(&entry.value)),
            _ => {}
        }
    }
    names
}
