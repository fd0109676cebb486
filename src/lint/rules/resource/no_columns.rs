use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT method whose response has no columns: no schema, a scalar, a free-form object, a map.
/// ## Why it matters
/// The statement is an error; DESCRIBE shows an empty table, or crashes.
/// ## Example
/// `select` on an operation that answers `{type: object}`
/// ## Instead
/// A schema with properties, a response transform with `schema_override`, or EXEC.
pub(super) static RULE: Rule = Rule {
    id: "no-columns",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select || method.is_foreign() || method.operation.is_none() || method.reply.is_dead {
        return;
    }
    let reason = match &method.rows {
        Rows::Nothing(reason) => reason,
        Rows::NoSchema => "its response has no schema",
        _ => return,
    };
    let finding = out.add(
        method.key_span,
        method.pointer.as_str(),
        format!("nothing can be selected from `{}`: {reason}", method.name),
    );
    let finding = match &method.reply.schema {
        Some(schema) => finding.label(schema.node().span, "the response"),
        None => finding,
    };
    finding.help("describe the rows, or leave the method to EXEC");
}
