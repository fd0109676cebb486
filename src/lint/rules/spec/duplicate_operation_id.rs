use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::{Node, pointer};

/// ## What it finds
/// An `operationId` that two operations share.
/// ## Why it matters
/// Mapping rows are found by it: the second operation gets another id, which changes when the order does.
/// ## Example
/// Two operations with `operationId: getWidget`
/// ## Instead
/// `getWidget` and `getWidgetHistory`
pub(super) static RULE: Rule = Rule {
    id: "duplicate-operation-id",
    severity: Severity::Warning,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
    for operation in &document.service.spec.operations {
        let Some(node) = operation.node.get("operationId") else {
            continue;
        };
        let Some(id) = node.as_str() else { continue };
        match seen.get(id) {
            Some(first) => {
                out.add(
                    node.span,
                    format!(
                        "/paths/{}/{}/operationId",
                        pointer::escape(&operation.path),
                        operation.verb
                    ),
                    format!("the operation id `{id}` is used twice"),
                )
                .label(first.span, "first here")
                .help("give each operation an id of its own");
            }
            None => {
                seen.insert(id, node);
            }
        }
    }
}
