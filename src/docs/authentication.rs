//! How to authenticate, from the provider document's `auth` block.

use super::page::{Authentication, AuthenticationVariable};
use super::prose;
use crate::provider::credentials::{is_variable, publishable};
use crate::source::{Map, Node};

/// Words and commands for the `auth` block of a provider. What may be a credential in it is not shown.
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
    let written = auth.as_map().map_or(0, Map::len);
    let auth = &publishable(auth);
    let kind = auth.get_str("type").unwrap_or("api_key");
    let mut variables = Vec::new();
    if kind != "null_auth" {
        collect(auth, kind, &mut variables);
    }
    let source = match variables.len() {
        0 if auth.get("credentialsfilepath").is_some() => "a file",
        0 if auth.as_map().map_or(0, Map::len) < written => "the provider document",
        0 => "what `--auth` names when StackQL starts",
        1 => "an environment variable",
        _ => "environment variables",
    };
    Authentication {
        summary: summary(kind, auth, source, !variables.is_empty()),
        flag: if kind == "null_auth" {
            Some(flag(provider, &token_example()))
        } else {
            (!variables.is_empty()).then(|| flag(provider, auth))
        },
        commands: commands(&variables),
        variables,
    }
}

/// What sets the variables and starts the shell.
fn commands(variables: &[AuthenticationVariable]) -> String {
    if variables.is_empty() {
        return String::new();
    }
    let exports = variables
        .iter()
        .map(|variable| format!("export {}='<value>'\n", variable.name));
    exports.chain(["stackql shell".to_owned()]).collect()
}

/// `source`: where the credentials come from, in words; `has_variables`: whether those are environment variables.
fn summary(kind: &str, auth: &Node, source: &str, has_variables: bool) -> String {
    match kind {
        "null_auth" => {
            "Requests carry no credentials. Where the API asks for some, name them with `--auth` when StackQL starts."
                .to_owned()
        }
        "bearer" => format!("Requests carry a bearer token, which is taken from {source}."),
        "basic" | "basic_auth" => {
            format!("Requests use basic authentication, with a user name and a password that are taken from {source}.")
        }
        "oauth2" => format!(
            "StackQL gets access tokens with OAuth 2.0 client credentials, which are taken from {source}."
        ),
        "api_key" => format!("Requests carry an API key in the header `Authorization`, which is taken from {source}."),
        "custom" => format!("Requests carry {}, taken from {source}.", places(auth)),
        "service_account" if !has_variables && auth.get("credentialsfilepath").is_some() => {
            "A service account key file is used, whose path the provider document names.".to_owned()
        }
        "service_account" => {
            format!("A service account key file is used, whose path or content is taken from {source}.")
        }
        "aws_signing_v4" => format!("Requests are signed with an AWS access key, which is taken from {source}."),
        "azure_default" => {
            "The default Azure credential chain is used: environment variables, a managed identity or the Azure command line."
                .to_owned()
        }
        _ if !has_variables => "Credentials come from the environment in which StackQL runs.".to_owned(),
        _ => format!("Credentials are taken from {source}."),
    }
}

/// Where an API's own scheme wants its keys: ``API keys in the headers `A` and `B` ``.
fn places(auth: &Node) -> String {
    let blocks: Vec<&Node> = std::iter::successors(Some(auth), |block| block.get("successor")).collect();
    let mut places: Vec<String> = Vec::new();
    for (location, word) in [("header", "header"), ("query", "query parameter")] {
        let mut here = blocks.iter().filter(|block| location_of(block) == location).peekable();
        if here.peek().is_none() {
            continue;
        }
        let names: Vec<&str> = here.filter_map(|block| block.get_str("name")).collect();
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        places.push(match names.as_slice() {
            [] => format!("in a {word}"),
            [name] => format!("in the {word} `{name}`"),
            names => format!("in the {word}s {}", prose::codes(names)),
        });
    }
    let keys = if blocks.len() == 1 { "an API key" } else { "API keys" };
    format!("{keys} {}", places.join(" and "))
}

fn location_of(block: &Node) -> &str {
    match block.get_str("location") {
        Some("query") => "query",
        _ => "header",
    }
}

fn collect(auth: &Node, kind: &str, variables: &mut Vec<AuthenticationVariable>) {
    let names = [
        ("client_id_env_var", "the client id"),
        ("client_secret_env_var", "the client secret"),
        ("username_var", "the user name (or the key that stands for it)"),
        ("password_var", "the password (or the secret that stands for it)"),
        ("keyIDenvvar", "the access key id"),
        ("credentialsenvvar", credential_words(kind)),
    ];
    // Beside `credentialsenvvar` the runtime ignores these.
    let others = [("api_key_var", "the API key"), ("api_secret_var", "the API secret")];
    let known = variables.len();
    let name_at = |key: &str| auth.get_str(key).filter(|name| is_variable(name));
    let has_other = name_at("credentialsenvvar").is_some();
    let others = others.into_iter().filter(|_| !has_other);
    for (key, holds) in names.into_iter().chain(others) {
        if let Some(name) = name_at(key) {
            push(variables, name, holds.to_owned());
        }
    }
    if kind == "custom"
        && let (Some(place), Some(last)) = (auth.get_str("name"), variables[known..].last_mut())
    {
        last.description = format!("the value of `{place}`");
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
    let entries = [("type", "bearer"), ("credentialsenvvar", "API_TOKEN")];
    let map: Map = entries
        .into_iter()
        .map(|(key, value)| (key, Node::string(value)))
        .collect();
    Node::map(map)
}

/// The start of the shell with the block on the command line.
fn flag(provider: &str, auth: &Node) -> String {
    let json = serde_json::json!({ provider: auth });
    let text = format!("{json:#}").replace('\'', "'\\''");
    format!("AUTH='{text}'\nstackql shell --auth=\"${{AUTH}}\"")
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::source::{FileId, read};

    /// The sentence, the variables, and the flag on one line.
    fn told(auth: &str) -> (String, Vec<String>, String) {
        let node = read(FileId::NONE, auth).expect("YAML").root;
        let page = describe("acme", Some(&node));
        let variables = page.variables.iter().map(|variable| variable.name.clone()).collect();
        let flag: String = page.flag.unwrap_or_default().split_whitespace().collect();
        (page.summary, variables, flag)
    }

    #[test]
    fn each_type_is_told_with_its_variables() {
        for (auth, words, names) in [
            ("{type: null_auth, credentialsenvvar: T}", "no credentials", ""),
            (
                "{type: bearer, credentialsenvvar: T}",
                "bearer token, which is taken from an environment variable.",
                "T",
            ),
            (
                "{type: api_key, credentialsenvvar: T, api_key_var: U}",
                "in the header `Authorization`",
                "T",
            ),
            (
                "{type: basic, username_var: U, password_var: P}",
                "a user name and a password that are taken from environment variables",
                "U P",
            ),
            (
                "{type: basic, credentialsenvvar: T}",
                "a password that are taken from an environment variable.",
                "T",
            ),
            (
                "{type: custom, location: header, name: X-Key, credentialsenvvar: T}",
                "carry an API key in the header `X-Key`, taken from an environment variable.",
                "T",
            ),
            (
                "{type: custom, location: query, name: key, credentialsenvvar: T}",
                "in the query parameter `key`",
                "T",
            ),
            (
                "{type: custom, name: A, credentialsenvvar: T, successor: {type: custom, name: B, credentialsenvvar: U}}",
                "carry API keys in the headers `A` and `B`, taken from environment variables.",
                "T U",
            ),
            (
                "{type: oauth2, client_id_env_var: I, client_secret_env_var: S, token_url: 'https://e.com/{{ .__env__ACC }}/t'}",
                "OAuth 2.0 client credentials",
                "I S ACC",
            ),
            (
                "{type: service_account, credentialsenvvar: T}",
                "whose path or content is taken from an environment variable.",
                "T",
            ),
            (
                "{type: aws_signing_v4, keyIDenvvar: I, credentialsenvvar: S}",
                "signed with an AWS access key",
                "I S",
            ),
            (
                "{type: azure_default}",
                "default Azure credential chain",
                "AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET",
            ),
            (
                "{type: custom, name: A, credentialsenvvar: T, successor: {type: custom, credentialsenvvar: U}}",
                "carry API keys in the header `A`, taken from environment variables.",
                "T U",
            ),
            (
                "{type: bearer, credentialsfilepath: /etc/key}",
                "which is taken from a file.",
                "",
            ),
            (
                "{type: service_account, credentialsfilepath: /etc/key}",
                "whose path the provider document names",
                "",
            ),
            (
                "{type: basic, username: u, password: p}",
                "that are taken from the provider document.",
                "",
            ),
            (
                "{type: bearer}",
                "which is taken from what `--auth` names when StackQL starts.",
                "",
            ),
            (
                "{type: something_new}",
                "from the environment in which StackQL runs",
                "",
            ),
        ] {
            let (summary, variables, _) = told(auth);
            assert!(summary.contains(words), "{auth}: {summary}");
            assert_eq!(variables.join(" "), names, "{auth}");
        }
    }

    #[test]
    fn credentials_in_the_block_are_not_shown() {
        let auth = "{type: basic, username_var: U, password_var: 'hunter 2', password: hunter2, token: hunter2}";
        let (summary, variables, flag) = told(auth);
        assert_eq!(variables, ["U"]);
        assert!(!format!("{summary}{flag}").contains("hunter"), "{flag}");
    }

    #[test]
    fn a_credential_in_the_place_of_a_name_is_not_shown() {
        let auth = "{type: custom, location: header, name: ghp_abc, credentialsenvvar: T}";
        let (summary, variables, flag) = told(auth);
        assert_eq!(variables, ["T"]);
        assert!(!format!("{summary}{flag}").contains("ghp_abc"), "{summary} {flag}");
    }

    #[test]
    fn a_place_is_said_of_the_variable_of_its_own_block() {
        let auth =
            "{type: custom, name: A, credentialsenvvar: T, successor: {type: custom, name: B, credentialsenvvar: T}}";
        let node = read(FileId::NONE, auth).expect("YAML").root;
        let page = describe("acme", Some(&node));
        let told: Vec<_> = page
            .variables
            .iter()
            .map(|variable| variable.description.as_str())
            .collect();
        assert_eq!(told, ["the value of `A`"]);
    }

    #[test]
    fn the_commands_set_the_variables_and_start_the_shell() {
        let node = read(FileId::NONE, "{type: bearer, credentialsenvvar: T}")
            .expect("YAML")
            .root;
        let page = describe("acme", Some(&node));
        assert_eq!(page.commands, "export T='<value>'\nstackql shell");
    }
}
