use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::provider::UNASKED;

/// ## What it finds
/// A SELECT without `pagination` whose response has `nextPageToken`, on an operation that takes no `pageToken`.
/// ## Why it matters
/// With no configuration at all the runtime follows a `nextPageToken` by sending `pageToken`. An API that ignores that
/// parameter sends the first page again and again, up to the limit.
/// ## Example
/// `{items: [...], nextPageToken: …}` on an operation whose parameter is called `cursor`
/// ## Instead
/// A `pagination` block that names the real parameter.
pub(super) static RULE: Rule = Rule {
    id: "implicit-pagination",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let (token, wanted) = UNASKED;
    let mut parameters = method.parameters.all.iter();
    let takes_token = parameters.any(|parameter| parameter.name == wanted);
    if method.verb != SqlVerb::Select || takes_token || method.setting("pagination").is_some() {
        return;
    }
    let Some(schema) = method.reply.schema else { return };
    let in_body = method
        .body
        .as_ref()
        .is_some_and(|body| body.fields.iter().any(|(name, _)| name == wanted));
    if !in_body && schema.property(token).is_some() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "the runtime follows `{token}` of `{}` with a parameter that it does not have",
                method.name
            ),
        )
        .help("add a `pagination` block");
    }
}
