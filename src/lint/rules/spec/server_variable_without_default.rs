use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::source::Node;

/// ## What it finds
/// A server variable without `default`, or with an empty one.
/// ## Why it matters
/// The runtime refuses the server (`cannot find any viable servers`), even when the statement gives a value.
/// ## Example
/// `variables: {region: {description: Region of the account}}`
/// ## Instead
/// `variables: {region: {default: eu1, description: Region of the account}}`
pub(super) static RULE: Rule = Rule {
    id: "server-variable-without-default",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(server) = place.first_server() else { return };
    for variable in server.get("variables").and_then(Node::as_map).into_iter().flatten() {
        let default = variable.value.get("default").and_then(Node::scalar_text);
        if default.is_none_or(|default| default.is_empty()) {
            out.add(
                variable.key_span,
                format!("{}/0/variables/{}", place.pointer_of("servers"), variable.key),
                format!("the server variable `{}` has no default", variable.key),
            )
            .help("add `default`");
        }
    }
}
