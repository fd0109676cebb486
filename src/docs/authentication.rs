//! How to authenticate, from the provider document's `auth` block.

use super::page::{Authentication, AuthenticationVariable};
use crate::source::{Map, Node, Text, Value};

/// Words and commands for the `auth` block of a provider.
pub(super) fn describe(provider: &str, auth: Option<&Node>) -> Authentication {
    let Some(auth) = auth.filter(|auth| auth.as_map().is_some()) else {
        return Authentication {
            summary:
                "The provider document does not say how to authenticate; say so with `--auth` when StackQL starts."
                    .to_owned(),
            variables: Vec::new(),
            commands: String::new(),
            flag: Some(flag(provider, &token_example())),
        };
    };
    let kind = auth.get_str("type").unwrap_or("api_key");
    let mut variables = Vec::new();
    collect(auth, kind, &mut variables);
    let commands: Vec<String> = variables
        .iter()
        .map(|variable| format!("export {}=<value>", variable.name))
        .collect();
    Authentication {
        summary: summary(kind, auth, variables.is_empty()),
        flag: if kind == "null_auth" {
            Some(flag(provider, &token_example()))
        } else {
            (!variables.is_empty()).then(|| flag(provider, auth))
        },
        commands: commands.join("\n"),
        variables,
    }
}

fn summary(kind: &str, auth: &Node, without_variables: bool) -> String {
    let text = match kind {
        "null_auth" => {
            "Requests carry no credentials. Where the API asks for some, name them with `--auth` when StackQL starts."
        }
        "bearer" => "Requests carry a bearer token, which is taken from an environment variable.",
        "basic" => "Requests use basic authentication; user name and password are taken from environment variables.",
        "oauth2" => {
            "StackQL gets access tokens with OAuth 2.0 client credentials, which are taken from environment variables."
        }
        "api_key" => {
            "Requests carry an API key in the Authorization header, which is taken from an environment variable."
        }
        "custom" if auth.get_str("location") == Some("query") => {
            "Requests carry an API key in the query, which is taken from an environment variable."
        }
        "custom" => "Requests carry an API key in a header, which is taken from an environment variable.",
        "service_account" => "A service account key file is used; an environment variable holds its path or content.",
        "aws_signing_v4" => "Requests are signed with an AWS access key, which is taken from environment variables.",
        "azure_default" => {
            "The default Azure credential chain is used: environment variables, a managed identity or the Azure command line."
        }
        _ if without_variables => "Credentials come from the environment in which StackQL runs.",
        _ => "Credentials are taken from environment variables.",
    };
    text.to_owned()
}

fn collect(auth: &Node, kind: &str, variables: &mut Vec<AuthenticationVariable>) {
    let names = [
        ("client_id_env_var", "the client id"),
        ("client_secret_env_var", "the client secret"),
        ("username_var", "the user name (or the key that stands for it)"),
        ("password_var", "the password (or the secret that stands for it)"),
        ("keyIDenvvar", "the access key id"),
        ("credentialsenvvar", credential_words(kind)),
        ("api_key_var", "the API key"),
        ("api_secret_var", "the API secret"),
    ];
    for (key, holds) in names {
        if let Some(name) = auth.get_str(key).filter(|name| !name.is_empty()) {
            push(variables, name, holds.to_owned());
        }
    }
    if kind == "custom"
        && let (Some(header), Some(last)) = (auth.get_str("name"), variables.last_mut())
    {
        last.description = format!("the value of {header}");
    }
    if kind == "azure_default" {
        for (name, holds) in [
            ("AZURE_TENANT_ID", "the tenant"),
            ("AZURE_CLIENT_ID", "the client id"),
            ("AZURE_CLIENT_SECRET", "the client secret"),
        ] {
            push(variables, name, holds.to_owned());
        }
    }
    for name in auth.get_str("token_url").map(environment_names).unwrap_or_default() {
        push(variables, &name, "part of the address of the token service".to_owned());
    }
    if let Some(successor) = auth.get("successor") {
        collect(successor, successor.get_str("type").unwrap_or(kind), variables);
    }
}

fn push(variables: &mut Vec<AuthenticationVariable>, name: &str, description: String) {
    if variables.iter().all(|known| known.name != name) {
        variables.push(AuthenticationVariable {
            name: name.to_owned(),
            description,
        });
    }
}

fn credential_words(kind: &str) -> &'static str {
    match kind {
        "bearer" => "the token",
        "basic" => "user name and password, joined by a colon and encoded as base64",
        "service_account" => "the key file of the service account",
        "aws_signing_v4" => "the secret access key",
        _ => "the API key",
    }
}

/// Names in `{{ .__env__NAME }}`.
fn environment_names(template: &str) -> Vec<String> {
    template
        .split("__env__")
        .skip(1)
        .map(|rest| {
            let is_name = |next: char| next.is_ascii_alphanumeric() || next == '_';
            rest[..rest.find(|next| !is_name(next)).unwrap_or(rest.len())].to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// A token from the environment, the most usual way.
fn token_example() -> Node {
    let entry = |key: &str, value: &str| (Text::from(key), Node::new(Value::String(value.into())));
    let mut map = Map::new();
    for (key, value) in [entry("type", "bearer"), entry("credentialsenvvar", "API_TOKEN")] {
        map.insert(key, value);
    }
    Node::new(Value::Map(map))
}

/// The start of the shell with the block on the command line. Templates are left out: the shell would read them.
fn flag(provider: &str, auth: &Node) -> String {
    let json = serde_json::json!({ provider: auth });
    let text = format!("{json:#}").replace('\'', "'\\''");
    format!("AUTH='{text}'\nstackql shell --auth=\"${{AUTH}}\"")
}
