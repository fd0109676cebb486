use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::Node;

/// ## What it finds
/// A key in the authentication block that its type does not heed.
/// ## Why it matters
/// Credentials go somewhere else than the author thinks: `api_key` always sends `Authorization`, whatever `name` says.
/// ## Example
/// `auth: {type: api_key, location: header, name: X-Api-Key, credentialsenvvar: ACME_KEY}`
/// ## Instead
/// `auth: {type: custom, location: header, name: X-Api-Key, credentialsenvvar: ACME_KEY}`
pub(super) static RULE: Rule = Rule {
    id: "inert-auth-key",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    let Some(auth) = tree.auth() else { return };
    let (inert, help): (&[&str], &str) = match auth.get_str("type") {
        Some("api_key") => (
            &["location", "name", "api_key_var"],
            "use `type: custom` for a header or query parameter of that name",
        ),
        Some("custom") => (&["valuePrefix"], "put the prefix into the variable"),
        Some("bearer") => (&["location", "name"], "use `type: custom` for another header"),
        Some("null_auth") => (
            &[
                "credentialsenvvar",
                "credentialsfilepath",
                "username_var",
                "password_var",
            ],
            "choose the type that needs them, or remove them",
        ),
        _ => return,
    };
    for entry in auth
        .as_map()
        .into_iter()
        .flatten()
        .filter(|entry| inert.contains(&entry.key.as_str()))
    {
        out.add(
            entry.key_span,
            format!("/config/auth/{}", entry.key),
            format!(
                "`{}` has no effect with `type: {}`",
                entry.key,
                auth.get("type").and_then(Node::as_str).unwrap_or_default()
            ),
        )
        .help(help);
    }
}
