use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::source::Node;

/// ## What it finds
/// A server variable in the host whose default holds a dot, colon or slash, without a pattern in the URL.
/// ## Why it matters
/// In the host `{name}` matches none of these characters, so no request is routed
/// (`no matching operation was found`).
/// ## Example
/// `url: 'https://{cluster}/'` with `default: a.example.com`
/// ## Instead
/// `url: 'https://{cluster:^(?:[^/]+)$}/'`
pub(super) static RULE: Rule = Rule {
    id: "dotted-host-variable",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(server) = place.first_server() else { return };
    let Some(url) = server.get("url").filter(|url| url.as_str().is_some()) else {
        return;
    };
    let text = url.as_str().unwrap_or_default();
    let host = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    for variable in server.get("variables").and_then(Node::as_map).into_iter().flatten() {
        let default = variable.value.get_str("default").unwrap_or_default();
        if host.contains(&format!("{{{}}}", variable.key)) && default.contains(['.', ':', '/']) {
            out.add(
                url.span,
                format!("{}/0/url", place.pointer_of("servers")),
                format!("`{{{}}}` in the host cannot take its default `{default}`", variable.key),
            )
            .help(format!("write `{{{}:^(?:[^/]+)$}}`", variable.key));
        }
    }
}
