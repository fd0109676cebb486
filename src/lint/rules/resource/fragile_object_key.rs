use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// An `objectKey` of a SELECT that leads to a list without `[*]`.
/// ## Why it matters
/// When the API leaves the list out of an empty answer, `$.items` is an error (`unknown key items`) and plain `items`
/// yields a row of nulls. `$.items[*]` yields no rows.
/// ## Example
/// `objectKey: $.items`
/// ## Instead
/// `objectKey: $.items[*]`
pub(super) static RULE: Rule = Rule {
    id: "fragile-object-key",
    severity: Severity::Note,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(key) = method.reply.object_key else { return };
    if method.verb != SqlVerb::Select || !matches!(method.rows, Rows::Columns(_) | Rows::Scalars) {
        return;
    }
    // A list that the API must send is never left out.
    if key == "$" || key.ends_with("[*]") || !method.key_leads_to_optional_list() {
        return;
    }
    let path = key.trim_start_matches('$').trim_start_matches('.');
    out.add(
        method.span_of(&["response", "objectKey"]),
        format!("{}/response/objectKey", method.pointer),
        format!(
            "`{}` fails when the API leaves `{path}` out of an empty answer",
            method.name
        ),
    )
    .help(format!("write `$.{path}[*]`"));
}
