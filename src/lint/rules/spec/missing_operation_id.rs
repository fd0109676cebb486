use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::pointer;

/// ## What it finds
/// An operation of a description without `operationId`.
/// ## Why it matters
/// It gets an id made from verb and path, so its mapping row is lost when the path changes.
/// ## Example
/// `get: {summary: Lists widgets}`
/// ## Instead
/// `get: {operationId: listWidgets, summary: Lists widgets}`
pub(super) static RULE: Rule = Rule {
    id: "missing-operation-id",
    severity: Severity::Note,
    check: Check::Document(On::Spec, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for operation in document
        .service
        .spec
        .operations
        .iter()
        .filter(|operation| !operation.id_is_declared)
    {
        out.add(
            operation.key_span,
            format!("/paths/{}/{}", pointer::escape(&operation.path), operation.verb),
            format!(
                "`{} {}` has no `operationId`; it is called `{}`",
                operation.verb, operation.path, operation.id
            ),
        )
        .help("add `operationId`, in an overlay when the description is not yours");
    }
}
