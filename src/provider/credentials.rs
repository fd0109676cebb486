//! Credentials and what is none: what pages may show of an `auth` block, and of values that descriptions suggest.

use crate::source::{Map, Node};

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

/// How credentials of common makers begin.
const BEGINNINGS: [&str; 18] = [
    "-----BEGIN",
    "AKIA",
    "ASIA",
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

/// Whether a name sounds like that of a secret, in whatever way its words are joined.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    SECRETS.iter().any(|word| plain.contains(word))
}

/// Whether a text looks like a credential: by its beginning, or because it is an address with a password in it.
#[must_use]
pub fn is_credential(text: &str) -> bool {
    let has_password = || {
        let authority = text.split_once("://").and_then(|(_, rest)| rest.split('/').next());
        authority
            .and_then(|authority| authority.rsplit_once('@'))
            .is_some_and(|(user, _)| user.contains(':'))
    };
    BEGINNINGS.iter().any(|start| text.starts_with(start)) || has_password()
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
    is_name && !text.is_empty() && !text.starts_with(|first: char| first.is_ascii_digit()) && digits < 6
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
            values.retain(|value| !is_secret_name(&value.key));
            block.insert(key, Node::map(values));
            continue;
        }
        let text = entry.value.as_str().unwrap_or_default();
        let is_named = names_variable(key) && is_variable(text);
        if is_named || (SETTINGS.contains(&key) && !is_credential(text)) {
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
            ("ghp_0123456789abcdef", false),
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
        for name in ["id", "key", "keyboard", "passport"] {
            assert!(!is_secret_name(name), "{name}");
        }
        for text in ["ghp_abc", "-----BEGIN KEY", "https://a:b@example.com/x"] {
            assert!(is_credential(text), "{text}");
        }
        for text in ["https://example.com/a:b@c", "user@example.com", "skip", ""] {
            assert!(!is_credential(text), "{text}");
        }
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
