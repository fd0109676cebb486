use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::Node;

/// ## What it finds
/// An authentication block that lacks a key without which its type cannot work.
/// ## Why it matters
/// `credentials error: credentialsenvvar references empty string`: no request is made.
/// ## Example
/// `auth: {type: bearer}`
/// ## Instead
/// `auth: {type: bearer, credentialsenvvar: ACME_TOKEN}`
pub(super) static RULE: Rule = Rule {
    id: "auth-without-variable",
    severity: Severity::Error,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    let Some(auth) = tree.auth() else { return };
    look(auth, "/config/auth", out);
}

fn look(auth: &Node, pointer: &str, out: &mut Out<'_>) {
    let has = |key: &str| auth.get(key).is_some_and(|value| !value.is_null());
    let has_file = has("credentialsenvvar") || has("credentialsfilepath");
    let missing: Vec<&str> = match auth.get_str("type").unwrap_or_default() {
        "bearer" | "api_key" | "service_account" if !has_file => vec!["credentialsenvvar"],
        "basic" if !has_file => ["username_var", "password_var"]
            .into_iter()
            .filter(|key| !has(key))
            .collect(),
        "custom" => {
            let wanted = ["location", "name", "credentialsenvvar"];
            wanted.into_iter().filter(|key| !has(key)).collect()
        }
        "oauth2" => {
            let wanted = ["grant_type", "client_id_env_var", "client_secret_env_var", "token_url"];
            wanted.into_iter().filter(|key| !has(key)).collect()
        }
        "aws_signing_v4" => {
            let wanted = ["credentialsenvvar", "keyIDenvvar"];
            wanted.into_iter().filter(|key| !has(key)).collect()
        }
        _ => Vec::new(),
    };
    if !missing.is_empty() {
        out.add(
            auth.span,
            pointer,
            format!(
                "authentication `{}` needs `{}`",
                auth.get_str("type").unwrap_or_default(),
                missing.join("`, `")
            ),
        );
    }
    if let Some(successor) = auth.get("successor") {
        look(successor, &format!("{pointer}/successor"), out);
    }
}
