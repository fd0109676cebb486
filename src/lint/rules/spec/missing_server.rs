use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;

/// ## What it finds
/// A document without `servers`, or whose first server has no host.
/// ## Why it matters
/// The runtime does not know where to send requests (`cannot find any viable servers`).
/// ## Example
/// `servers: [{url: /v1}]`
/// ## Instead
/// `servers: [{url: 'https://api.example.com/v1'}]`
pub(super) static RULE: Rule = Rule {
    id: "missing-server",
    severity: Severity::Error,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    if document.service.spec.root.get("swagger").is_some() {
        return;
    }
    match document.service.spec.servers.first() {
        Some(server) if server.url.contains("://") || server.url.starts_with('{') => {}
        Some(server) => {
            out.add(
                server.node.get("url").map_or(server.node.span, |url| url.span),
                "/servers/0/url",
                format!("the server `{}` has no host", server.url),
            )
            .help("write an absolute URL");
        }
        // Each operation can have its own.
        None if document
            .service
            .spec
            .operations
            .iter()
            .all(|operation| !operation.servers.is_empty()) => {}
        None => {
            out.add(document.start(), "", "the document names no server")
                .help("add `servers: [{url: https://…}]`");
        }
    }
}
