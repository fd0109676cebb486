use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::pointer;

/// ## What it finds
/// An operation that documents no success: no 2xx response and no `default`.
/// ## Why it matters
/// Nothing can be selected from it, and nobody knows what it returns.
/// ## Example
/// `responses: {'404': {description: Not found}}`
/// ## Instead
/// Add the response that callers get when all is well.
pub(super) static RULE: Rule = Rule {
    id: "no-success-response",
    severity: Severity::Warning,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for operation in &document.service.spec.operations {
        if operation.successes().is_empty() {
            out.add(
                operation.key_span,
                format!(
                    "/paths/{}/{}/responses",
                    pointer::escape(&operation.path),
                    operation.verb
                ),
                format!("`{} {}` documents no success response", operation.verb, operation.path),
            )
            .help("add a 2xx response");
        }
    }
}
