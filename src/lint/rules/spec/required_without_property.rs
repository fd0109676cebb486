use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::source::Node;

/// ## What it finds
/// A name under `required` of an object schema that is none of its properties.
/// ## Why it matters
/// The runtime ignores it, so a statement without it is sent and refused by the API. Mostly it is a misspelling.
/// ## Example
/// `{properties: {name: {type: string}}, required: [nmae]}`
/// ## Instead
/// `required: [name]`
pub(super) static RULE: Rule = Rule {
    id: "required-without-property",
    severity: Severity::Note,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(node) = place.schema() else { return };
    let Some(required) = node.get("required").and_then(Node::as_list) else {
        return;
    };
    // Parts of a composition may require what another part declares.
    let is_part = matches!(place.parent, crate::openapi::Position::List(_));
    let is_open = ["allOf", "oneOf", "anyOf"].iter().any(|key| node.get(key).is_some());
    let Some(properties) = node.get("properties").filter(|_| !is_part && !is_open) else {
        return;
    };
    for name in required.iter().filter(|name| name.as_str().is_some()) {
        let text = name.as_str().unwrap_or_default();
        if properties.get(text).is_none() {
            out.add(
                name.span,
                place.pointer_of("required"),
                format!("`{text}` is required, but no property"),
            )
            .help("correct the name, or declare the property");
        }
    }
}
