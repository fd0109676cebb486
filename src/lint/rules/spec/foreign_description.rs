use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};
use crate::source::Node;

/// ## What it finds
/// Parameters of one operation that carry the same long description, word for word.
/// ## Why it matters
/// At most one of them can be right: a converter gave one parameter the text of another.
/// ## Example
/// `name` and `version`, both with "Name of the model to be looked up in the registry."
/// ## Instead
/// Each with its own text, or none.
pub(super) static RULE: Rule = Rule {
    id: "foreign-description",
    severity: Severity::Warning,
    check: Check::Object(On::Any, check),
};

/// Shorter texts may well fit two parameters.
const LONG: usize = 40;

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if place.position != Position::Object(Kind::Operation) {
        return;
    }
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let list = place.at.node.get("parameters").and_then(Node::as_list);
    for (index, written) in list.into_iter().flatten().enumerate() {
        let Some(parameter) = place.document.service.spec.resolve(written) else {
            continue;
        };
        let Some(name) = parameter.get_str("name") else {
            continue;
        };
        let Some(description) = parameter.get("description") else {
            continue;
        };
        let Some(text) = description.as_str().map(str::trim).filter(|text| text.len() >= LONG) else {
            continue;
        };
        match seen.iter().find(|(other, _)| *other == text) {
            Some((_, first)) if *first != name => {
                out.add(
                    description.span,
                    format!("{}/{index}/description", place.pointer_of("parameters")),
                    format!("`{name}` has the description of `{first}`"),
                )
                .help("give it its own text");
            }
            Some(_) => {}
            None => seen.push((text, name)),
        }
    }
}
