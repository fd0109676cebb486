use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::{Kind, Position};
use crate::source::Node;

/// ## What it finds
/// A list where OpenAPI wants a map, a text where it wants a list, and the like.
/// ## Why it matters
/// The runtime refuses the document, or overlooks what is written there.
/// ## Example
/// `parameters: {name: id, in: path}`
/// ## Instead
/// `parameters: [{name: id, in: path}]`
pub(super) static RULE: Rule = Rule {
    id: "wrong-kind",
    severity: Severity::Error,
    check: Check::Object(On::Any, check),
};

/// What a key must hold.
#[derive(Clone, Copy)]
enum Wanted {
    List,
    Map,
}

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    use Wanted::{List, Map};

    let wanted: &[(&str, Wanted)] = match place.position {
        Position::Object(Kind::Document) => &[("paths", Map), ("components", Map), ("servers", List), ("tags", List)],
        Position::Object(Kind::PathItem) => &[("parameters", List), ("servers", List)],
        Position::Object(Kind::Operation) => &[
            ("parameters", List),
            ("responses", Map),
            ("requestBody", Map),
            ("tags", List),
            ("security", List),
        ],
        Position::Object(Kind::RequestBody | Kind::Response) => &[("content", Map)],
        Position::Object(Kind::Schema) => &[
            ("properties", Map),
            ("allOf", List),
            ("oneOf", List),
            ("anyOf", List),
            ("enum", List),
        ],
        _ => return,
    };
    for (key, wanted) in wanted {
        let Some((value, _)) = place.entry(key).filter(|(value, _)| !fits(value, *wanted)) else {
            continue;
        };
        let name = match wanted {
            List => "a list",
            Map => "a map",
        };
        out.add(
            value.span,
            place.pointer_of(key),
            format!("`{key}` must be {name}, and is {}", value.kind()),
        );
    }
}

fn fits(value: &Node, wanted: Wanted) -> bool {
    match wanted {
        Wanted::List => value.as_list().is_some(),
        Wanted::Map => value.as_map().is_some(),
    }
}
