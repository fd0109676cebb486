use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A method whose body is a form, multipart, or anything else that is no JSON.
/// ## Why it matters
/// The runtime sends JSON and XML only. Without `request.mediaType` the request goes out **without a body** and reports success.
/// ## Example
/// An `insert` that uploads a file as `multipart/form-data`
/// ## Instead
/// Leave the operation out of the mapping, with the reason.
pub(super) static RULE: Rule = Rule {
    id: "unsupported-body",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = &method.body else { return };
    let is_xml = body.media_type.ends_with("/xml") || body.media_type.ends_with("+xml");
    let is_any = body.media_type == "*/*";
    if body.is_json || is_xml || is_any || method.is_foreign() {
        return;
    }
    let is_required = method
        .operation
        .and_then(|operation| operation.request_body.as_ref())
        .is_some_and(|body| body.required);
    let has_fields = !body.fields.is_empty() || is_required;
    if has_fields {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "`{}` sends `{}`, which the runtime cannot",
                method.name, body.media_type
            ),
        )
        .help("leave the operation out of the mapping");
    }
}
