use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::openapi::ParameterLocation;

/// ## What it finds
/// A header parameter that is required.
/// ## Why it matters
/// Every statement must give it, though headers are plumbing. A default does not help: only optional headers with a
/// default are sent by themselves.
/// ## Example
/// `{name: X-Api-Version, in: header, required: true, schema: {default: '2'}}`
/// ## Instead
/// The same with `required: false`: it is sent with its default.
pub(super) static RULE: Rule = Rule {
    id: "required-header",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let required = method.parameters.all.iter().filter(|parameter| parameter.required);
    for parameter in required.filter(|parameter| parameter.location == ParameterLocation::Header) {
        let schema = parameter
            .schema
            .as_ref()
            .map(|schema| method.document.service.spec.schema(schema));
        let has_default = schema.is_some_and(|schema| schema.node().get("default").is_some());
        let help = if has_default {
            "make it optional: its default is sent then"
        } else {
            "make it optional with a default, where one value fits all callers"
        };
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "every statement on `{}` must give the header `{}`",
                method.name, parameter.name
            ),
        )
        .label(parameter.node.span, "the parameter")
        .help(help);
    }
}
