use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};
use crate::source::Node;

/// ## What it finds
/// Two parameters of one list with the same name and place.
/// ## Why it matters
/// OpenAPI forbids it, and which of the two counts depends on the reader.
/// ## Example
/// Two parameters `{name: page, in: query}`, one with a default and one without.
/// ## Instead
/// One parameter.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-parameter",
    severity: Severity::Warning,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if !matches!(place.position, Position::Object(Kind::Operation | Kind::PathItem)) {
        return;
    }
    let mut seen: Vec<(&str, &str, &Node)> = Vec::new();
    let list = place.at.node.get("parameters").and_then(Node::as_list);
    for (index, written) in list.into_iter().flatten().enumerate() {
        let Some(parameter) = place.document.service.spec.resolve(written) else {
            continue;
        };
        let (Some(name), Some(location)) = (parameter.get_str("name"), parameter.get_str("in")) else {
            continue;
        };
        match seen.iter().find(|(other, at, _)| *other == name && *at == location) {
            Some((_, _, first)) => {
                out.add(
                    written.span,
                    format!("{}/{index}", place.pointer_of("parameters")),
                    format!("the {location} parameter `{name}` stands twice"),
                )
                .label(first.span, "first here")
                .help("remove one of them");
            }
            None => seen.push((name, location, written)),
        }
    }
}
