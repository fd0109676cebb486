use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::Kind;
use crate::source::Node;

/// ## What it finds
/// A required parameter with `allowEmptyValue: true`.
/// ## Why it matters
/// The runtime loses it: it is neither required nor usable.
/// ## Example
/// `{name: q, in: query, required: true, allowEmptyValue: true}`
/// ## Instead
/// Leave `allowEmptyValue` out.
pub(super) static RULE: Rule = Rule {
    id: "allow-empty-value",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(parameter) = place.object(Kind::Parameter) else {
        return;
    };
    let is_set = |key: &str| parameter.get(key).and_then(Node::as_bool) == Some(true);
    if is_set("required") && is_set("allowEmptyValue") {
        let name = parameter.get_str("name").unwrap_or_default();
        let span = place.entry("allowEmptyValue").map_or(place.span(), |(_, span)| span);
        out.add(
            span,
            place.pointer_of("allowEmptyValue"),
            format!("`allowEmptyValue` makes the required parameter `{name}` vanish"),
        )
        .help("remove `allowEmptyValue`");
    }
}
