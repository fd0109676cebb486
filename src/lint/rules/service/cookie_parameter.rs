use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::Kind;

/// ## What it finds
/// A parameter with `in: cookie` in a service document.
/// ## Why it matters
/// One of them kills every SELECT on the resource, and `SHOW METHODS`.
/// ## Example
/// `{name: session, in: cookie}`
/// ## Instead
/// Remove it: the runtime cannot send cookies.
pub(super) static RULE: Rule = Rule {
    id: "cookie-parameter",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(parameter) = place.object(Kind::Parameter) else {
        return;
    };
    if parameter.get_str("in") == Some("cookie") {
        let name = parameter.get_str("name").unwrap_or_default();
        out.add(place.span(), place.pointer(), format!("`{name}` is sent as a cookie"))
            .help("remove the parameter");
    }
}
