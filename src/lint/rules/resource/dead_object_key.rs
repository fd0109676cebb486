use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// An `objectKey` that names a property which the response does not have.
/// ## Why it matters
/// `could not resolve json schema for key`: the method cannot be used.
/// ## Example
/// `objectKey: $.item` where the response has `items`
/// ## Instead
/// `objectKey: $.items[*]`
pub(super) static RULE: Rule = Rule {
    id: "dead-object-key",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Rows::DeadKey(step) = &method.rows else { return };
    if method.is_foreign() || method.verb == SqlVerb::Exec {
        return;
    }
    let finding = out.add(
        method.span_of(&["response", "objectKey"]),
        format!("{}/response/objectKey", method.pointer),
        format!(
            "the object key `{}` of `{}` leads nowhere: there is no property `{step}`",
            method.reply.object_key.unwrap_or_default(),
            method.name
        ),
    );
    if let Some(schema) = &method.reply.schema {
        finding.label(schema.node().span, "the response");
    }
}
