use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;

/// ## What it finds
/// An authentication type that the runtime does not know.
/// ## Why it matters
/// No request can be made.
/// ## Example
/// `auth: {type: token, credentialsenvvar: ACME_TOKEN}`
/// ## Instead
/// `auth: {type: bearer, credentialsenvvar: ACME_TOKEN}`
pub(super) static RULE: Rule = Rule {
    id: "unknown-auth-type",
    severity: Severity::Error,
    check: Check::Tree(check),
};

/// Types that the runtime takes.
const TYPES: [&str; 11] = [
    "null_auth",
    "bearer",
    "api_key",
    "basic",
    "custom",
    "oauth2",
    "aws_signing_v4",
    "service_account",
    "azure_default",
    "interactive",
    "basic_auth",
];

fn check(tree: &Tree, out: &mut Out<'_>) {
    let Some(auth) = tree.auth() else { return };
    let kind = auth.get_str("type").unwrap_or_default();
    if !TYPES.contains(&kind) {
        let span = auth.get("type").map_or(auth.span, |kind| kind.span);
        out.add(
            span,
            "/config/auth/type",
            format!("the runtime has no authentication `{kind}`"),
        )
        .help("one of `null_auth`, `bearer`, `api_key`, `basic`, `custom`, `oauth2`, `aws_signing_v4`");
    }
}
