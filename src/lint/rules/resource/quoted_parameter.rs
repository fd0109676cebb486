use crate::diagnostic::Severity;
use crate::lint::names::is_plain;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::openapi::ParameterLocation;

/// ## What it finds
/// A required parameter whose name is no plain identifier, such as `api-version`.
/// ## Why it matters
/// Unquoted it is read as a subtraction, and no method fits; every statement must write `"api-version"`.
/// ## Example
/// `/widgets/{widget-id}`
/// ## Instead
/// `/widgets/{widget_id}`: placeholders are not on the wire, so they can be renamed. Query names cannot.
pub(super) static RULE: Rule = Rule {
    id: "quoted-parameter",
    severity: Severity::Note,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    // EXEC takes parameters in quotes too, but documentation shows them so anyway.
    let required = method.parameters.all.iter().filter(|parameter| parameter.required);
    for parameter in required.filter(|parameter| !is_plain(&parameter.name)) {
        let help = if parameter.location == ParameterLocation::Path {
            "rename the placeholder: it is not on the wire"
        } else {
            "show it in double quotes in every example"
        };
        let verb = match method.verb {
            SqlVerb::Exec => "EXEC",
            _ => "statements",
        };
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "{verb} must quote the required parameter `{}` of `{}`",
                parameter.name, method.name
            ),
        )
        .help(help);
    }
}
