use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::source::Node;

/// ## What it finds
/// A schema with `properties` beside `allOf`, `oneOf` or `anyOf` whose parts declare further properties.
/// ## Why it matters
/// The runtime sees the schema's own properties only: the columns and body fields of the parts do not exist.
/// ## Example
/// `{properties: {id: …}, allOf: [{$ref: '#/components/schemas/Named'}]}`
/// ## Instead
/// Merge the parts into `properties`: `spgen build` does so.
pub(super) static RULE: Rule = Rule {
    id: "properties-beside-composition",
    severity: Severity::Warning,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(schema) = place.schema() else { return };
    let Some(own) = schema
        .get("properties")
        .and_then(Node::as_map)
        .filter(|own| !own.is_empty())
    else {
        return;
    };
    let keyword = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .find_map(|keyword| place.entry(keyword).map(|(_, span)| (keyword, span)));
    let Some((keyword, span)) = keyword else { return };
    let all = place.document.service.spec.schema(schema).properties();
    let unseen: Vec<&str> = all
        .keys()
        .filter(|name| !own.contains_key(name))
        .map(ecow::EcoString::as_str)
        .collect();
    if let Some(first) = unseen.first() {
        out.add(
            span,
            place.pointer_of(keyword),
            format!(
                "{} of the parts are not seen, such as `{first}`",
                properties(unseen.len())
            ),
        )
        .help(format!("merge the parts of `{keyword}` into `properties`"));
    }
}

fn properties(count: usize) -> String {
    match count {
        1 => "1 property".to_owned(),
        _ => format!("{count} properties"),
    }
}
