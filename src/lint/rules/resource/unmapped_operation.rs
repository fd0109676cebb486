use rustc_hash::FxHashSet;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Service;
use crate::openapi::HttpVerb;
use crate::source::pointer;

/// ## What it finds
/// An operation of a service document that no method calls.
/// ## Why it matters
/// No statement reaches it, and every statement on the service parses it.
/// ## Example
/// `POST /widgets/{id}/restart` without a method
/// ## Instead
/// Map it, or take it out of the document.
pub(super) static RULE: Rule = Rule {
    id: "unmapped-operation",
    severity: Severity::Note,
    check: Check::Service(check),
};

fn check(service: &Service<'_>, out: &mut Out<'_>) {
    if service.resources.is_empty() {
        return;
    }
    let methods = service.resources.iter().flat_map(|resource| &resource.methods);
    let called: FxHashSet<(&str, HttpVerb)> = methods
        .filter_map(|method| method.operation)
        .map(|operation| (operation.path.as_str(), operation.verb))
        .collect();
    for operation in &service.document.service.spec.operations {
        if !called.contains(&(operation.path.as_str(), operation.verb)) {
            out.add(
                operation.key_span,
                format!("/paths/{}/{}", pointer::escape(&operation.path), operation.verb),
                format!("no method calls `{} {}`", operation.verb, operation.path),
            )
            .help("map it, or take it out");
        }
    }
}
