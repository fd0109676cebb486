use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{UrlVariable, url_variables};

/// ## What it finds
/// A placeholder in a server URL that `variables` does not declare.
/// ## Why it matters
/// It is sent as it stands: `https://%7Bregion%7D.example.com`.
/// ## Example
/// `servers: [{url: 'https://{region}.example.com'}]`
/// ## Instead
/// Add `variables: {region: {default: eu1}}`.
pub(super) static RULE: Rule = Rule {
    id: "undeclared-server-variable",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(server) = place.first_server() else { return };
    let Some(url) = server.get("url").filter(|url| url.as_str().is_some()) else {
        return;
    };
    for UrlVariable { name, .. } in url_variables(url.as_str().unwrap_or_default()) {
        let is_declared = server
            .get("variables")
            .is_some_and(|variables| variables.get(name).is_some());
        if !is_declared {
            out.add(
                url.span,
                format!("{}/0/url", place.pointer_of("servers")),
                format!("the server variable `{name}` is not declared"),
            )
            .help(format!("add `variables: {{{name}: {{default: …}}}}`"));
        }
    }
}
