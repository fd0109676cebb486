use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{HttpVerb, Kind};
use crate::source::Node;

/// ## What it finds
/// A path parameter of a service document that is declared on the path item, and not by the operation.
/// ## Why it matters
/// The runtime does not see it: the placeholder is sent as it stands (`/widgets/%7Bid%7D`).
/// ## Example
/// `/widgets/{id}: {parameters: [{name: id, in: path}], get: …}`
/// ## Instead
/// Declare it in each operation: `spgen build` does so.
pub(super) static RULE: Rule = Rule {
    id: "path-item-parameter",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(item) = place.object(Kind::PathItem) else {
        return;
    };
    let spec = &place.document.service.spec;
    for (index, written) in item
        .get("parameters")
        .and_then(Node::as_list)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let Some(parameter) = spec.resolve(written) else {
            continue;
        };
        let Some(name) = parameter.get_str("name") else {
            continue;
        };
        // Optional ones of the query or a header are merely out of reach.
        let location = "path";
        if parameter.get_str("in") != Some(location) {
            continue;
        }
        let has_own = |operation: &Node| {
            let own = operation
                .get("parameters")
                .and_then(Node::as_list)
                .into_iter()
                .flatten();
            own.filter_map(|own| spec.resolve(own))
                .any(|own| own.get_str("name") == Some(name) && own.get_str("in") == Some(location))
        };
        let lacking = item
            .as_map()
            .into_iter()
            .flatten()
            .filter(|entry| entry.key.parse::<HttpVerb>().is_ok())
            .find(|entry| !has_own(&entry.value));
        if let Some(operation) = lacking {
            out.add(
                written.span,
                format!("{}/{index}", place.pointer_of("parameters")),
                format!("`{name}` is declared for the path, not for `{}`", operation.key),
            )
            .label(operation.key_span, "this operation does not have it")
            .help("declare it in each operation");
        }
    }
}
