use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::Kind;

/// ## What it finds
/// A parameter that says nothing of its values: neither `schema` nor `content`.
/// ## Why it matters
/// EXEC takes no value at all for a parameter without a type, and documentation cannot say what is wanted.
/// ## Example
/// `{name: id, in: path, required: true}`
/// ## Instead
/// `{name: id, in: path, required: true, schema: {type: string}}`
pub(super) static RULE: Rule = Rule {
    id: "parameter-without-schema",
    severity: Severity::Warning,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    let Some(parameter) = place.object(Kind::Parameter) else {
        return;
    };
    // Swagger 2.0 has the type in the parameter itself.
    if ["schema", "content", "type"]
        .iter()
        .all(|key| parameter.get(key).is_none())
        && parameter.as_map().is_some()
    {
        let name = parameter.get_str("name").unwrap_or_default();
        out.add(
            place.span(),
            place.pointer(),
            format!("the parameter `{name}` has neither `schema` nor `content`"),
        )
        .help("add `schema: {type: string}`");
    }
}
