//! Credentials and what is none: what pages may show of an `auth` block, and of values that descriptions suggest.

use crate::source::{self, FileId, Map, Node, Value};

/// The keys whose values are settings that everybody may read.
const SETTINGS: [&str; 8] = [
    "type",
    "location",
    "name",
    "valuePrefix",
    "grant_type",
    "token_url",
    "scopes",
    "credentialsfilepath",
];

/// Words in the names of what is to be kept secret.
const SECRETS: [&str; 12] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "credential",
    "private",
    "apikey",
    "accesskey",
    "auth",
];

/// How credentials of common makers begin. Behind a word a letter or digit comes next.
const BEGINNINGS: [&str; 16] = [
    "-----BEGIN ",
    "AIza",
    "Basic ",
    "Bearer ",
    "SSWS ",
    "dapi",
    "dop_v1_",
    "eyJ",
    "gho_",
    "ghp_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "sk-",
    "xox",
];

/// Whether a name sounds like that of a secret, in whatever way its words are joined. `token_type` says only what kind.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    !plain.ends_with("type") && SECRETS.iter().any(|word| plain.contains(word))
}

/// Whether a text looks like a credential: by its beginning, or because it is an address with one in it. The beginning
/// alone (`SSWS `) is none.
#[must_use]
pub fn is_credential(text: &str) -> bool {
    let goes_on = |start: &str| {
        let next = text.strip_prefix(start).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| start.ends_with(['-', '_']) || next.is_ascii_alphanumeric())
    };
    BEGINNINGS.iter().any(|start| goes_on(start)) || is_access_key_id(text) || is_address_with_credential(text)
}

/// Access key ids of AWS have 20 letters and digits; `ASIA_TOKEN` is a name.
fn is_access_key_id(text: &str) -> bool {
    const LENGTH: usize = 16;
    let letters = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    ["AKIA", "ASIA"].iter().any(|start| text.starts_with(start)) && letters >= LENGTH
}

/// `https://user:password@host`, `https://token@host` or `https://host?token=…`, anywhere in a text.
fn is_address_with_credential(text: &str) -> bool {
    let parts: Vec<&str> = text.split("://").collect();
    parts.windows(2).any(|pair| {
        let is_web = pair[0].ends_with("http") || pair[0].ends_with("https");
        let authority = pair[1].split(['/', '?', '#']).next().unwrap_or_default();
        // For other schemes a user alone is a name, as in `ssh://git@host`.
        let names_user = authority
            .rsplit_once('@')
            .is_some_and(|(user, _)| user.contains(':') || (is_web && !user.is_empty()));
        let mut settings = pair[1].split(['?', '&', '#', ';']).skip(1);
        names_user
            || settings.any(|setting| {
                let (name, value) = setting.split_once('=').unwrap_or_default();
                // The runtime puts a variable in the place of `{{ .__env__NAME }}`.
                is_secret_name(name) && !value.is_empty() && !value.starts_with('{')
            })
    })
}

/// Whether anything in a value is called like a secret or looks like one. Texts that are JSON are looked into.
#[must_use]
pub fn holds_secret(node: &Node) -> bool {
    match &node.value {
        Value::Map(map) => map
            .iter()
            .any(|entry| is_secret_name(&entry.key) || holds_secret(&entry.value)),
        Value::List(list) => list.iter().any(holds_secret),
        Value::String(text) => is_credential(text) || json_in(text).is_some_and(|inner| holds_secret(&inner)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The list or object that a text writes as JSON.
#[must_use]
pub fn json_in(text: &str) -> Option<Node> {
    let is_json =
        text.trim_start().starts_with(['[', '{']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let document = is_json.then(|| source::read(FileId::NONE, text))?;
    document.ok().map(|document| document.root)
}

/// Whether the value of a key names an environment variable.
#[must_use]
pub fn names_variable(key: &str) -> bool {
    // `credentialsenvvar` and `client_id_env_var` as well.
    key.ends_with("var")
}

/// Whether a text is the name of an environment variable rather than a credential that somebody wrote in its place.
#[must_use]
pub fn is_variable(text: &str) -> bool {
    let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plausible = !text.starts_with(|first: char| first.is_ascii_digit()) && digits < 6 && !is_credential(text);
    is_name && !text.is_empty() && is_plausible
}

/// Whether an entry of an `auth` block has a credential that somebody wrote in it, where the name of a variable or a
/// setting belongs.
#[must_use]
pub fn is_given_away(key: &str, value: &Node) -> bool {
    let text = value.as_str().unwrap_or_default();
    if names_variable(key) {
        return !text.is_empty() && !is_variable(text);
    }
    if SETTINGS.contains(&key) || key == "values" {
        return holds_secret(value);
    }
    (is_secret_name(key) && !text.is_empty()) || is_credential(text)
}

/// The block with what may be published: settings and names of variables. Credentials in it, and whatever may be one,
/// are left out.
#[must_use]
pub fn publishable(auth: &Node) -> Node {
    let mut block = Map::new();
    for entry in auth.as_map().into_iter().flatten() {
        let key = entry.key.as_str();
        if key == "successor" {
            block.insert(key, publishable(&entry.value));
            continue;
        }
        if key == "values" {
            let mut values = entry.value.clone().into_map();
            values.retain(|value| !is_secret_name(&value.key) && !holds_secret(&value.value));
            block.insert(key, Node::map(values));
            continue;
        }
        let is_named = names_variable(key) && is_variable(entry.value.as_str().unwrap_or_default());
        if is_named || (SETTINGS.contains(&key) && !holds_secret(&entry.value)) {
            block.insert(key, entry.value.clone());
        }
    }
    Node::map(block)
}

#[cfg(test)]
mod tests {
    use super::{is_credential, is_secret_name, is_variable, publishable};
    use crate::source::{FileId, read};

    #[test]
    fn names_of_variables_are_told_from_credentials() {
        for (text, expected) in [
            ("ACME_TOKEN", true),
            ("token2", true),
            ("", false),
            ("2FA", false),
            ("ASIA_TOKEN", true),
            ("ghp_0123456789abcdef", false),
            ("ghp_abcdefghij", false),
            ("AKIAIOSFODNNEXAMPLEX", false),
            ("dapiabcdef", false),
            ("p@ss", false),
        ] {
            assert_eq!(is_variable(text), expected, "{text}");
        }
    }

    #[test]
    fn secrets_are_known_by_name_and_by_look() {
        for name in ["X-API-Key", "accessKey", "client_secret", "Password", "db.pwd"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["id", "key", "keyboard", "passport", "token_type"] {
            assert!(!is_secret_name(name), "{name}");
        }
        for text in [
            "ghp_abc",
            "glpat-_abc",
            "-----BEGIN KEY",
            "Bearer abc",
            "https://a:b@example.com/x",
            "https://abc@example.com",
            "amqp://a:b@example.com",
            "https://example.com/?page=1&client_secret=abc",
        ] {
            assert!(is_credential(text), "{text}");
        }
        for text in [
            "https://example.com/a:b@c",
            "https://example.com?mail=a@b",
            "https://example.com?client_secret={{ .__env__SECRET }}",
            "ssh://git@example.com",
            "user@example.com",
            "SSWS ",
            "Bearer ",
            "Basic ",
            "skip",
            "",
        ] {
            assert!(!is_credential(text), "{text}");
        }
    }

    #[test]
    fn settings_of_every_form_are_looked_into() {
        let text = "{type: custom, name: ghp_abc, valuePrefix: 'SSWS ', scopes: [read, ghp_abc], location: {password: x}, \
                    token_url: 'https://example.com?client_secret=x', credentialsfilepath: /etc/key, \
                    values: {audience: [y], assertion: [eyJabc], claims: ['{\"password\": \"x\"}']}}";
        let auth = read(FileId::NONE, text).expect("YAML").root;
        assert_eq!(
            serde_json::to_value(publishable(&auth)).expect("JSON"),
            serde_json::json!({
                "type": "custom",
                "valuePrefix": "SSWS ",
                "credentialsfilepath": "/etc/key",
                "values": {"audience": ["y"]},
            })
        );
    }

    #[test]
    fn credentials_are_not_published() {
        let text = "{type: basic, username_var: USER, password_var: 'p@ss', password: hunter2, other: x, \
                    token_url: 'https://a:b@example.com', values: {audience: [y], client_secret: [z]}, \
                    successor: {type: custom, name: X-Key, api_key: k, credentialsenvvar: KEY}}";
        let auth = read(FileId::NONE, text).expect("YAML").root;
        assert_eq!(
            serde_json::to_value(publishable(&auth)).expect("JSON"),
            serde_json::json!({
                "type": "basic",
                "username_var": "USER",
                "values": {"audience": ["y"]},
                "successor": {"type": "custom", "name": "X-Key", "credentialsenvvar": "KEY"},
            })
        );
    }
}
