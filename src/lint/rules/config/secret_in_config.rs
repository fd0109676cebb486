use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::ConfigFile;
use crate::provider::credentials::is_given_away;
use crate::source::Node;

/// ## What it finds
/// A value in the authentication block that looks like a credential, where the name of an environment variable or a
/// setting belongs.
/// ## Why it matters
/// The block is published with the provider.
/// ## Example
/// `credentialsenvvar: ghp_0123456789abcdef0123456789abcdef`
/// ## Instead
/// `credentialsenvvar: GITHUB_TOKEN`
pub(super) static RULE: Rule = Rule {
    id: "secret-in-config",
    severity: Severity::Error,
    check: Check::Config(check),
};

fn check(config: &ConfigFile, out: &mut Out<'_>) {
    let Some(auth) = config.root.get("auth") else { return };
    look(auth, out);
}

fn look(auth: &Node, out: &mut Out<'_>) {
    for entry in auth.as_map().into_iter().flatten() {
        if is_given_away(&entry.key, &entry.value) {
            out.add(
                entry.value.span,
                format!("/auth/{}", entry.key),
                format!(
                    "`{}` holds what looks like a credential",
                    entry.key
                ),
            )
            .help("name an environment variable, and take the credential out of use");
        }
    }
    if let Some(successor) = auth.get("successor") {
        look(successor, out);
    }
}
