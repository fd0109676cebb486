use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::openapi::ParameterLocation;
use crate::source::pointer;

/// ## What it finds
/// A placeholder in a path that neither the operation nor its path item declares.
/// ## Why it matters
/// No statement can fill it: it is sent as it stands (`/widgets/%7Bid%7D`).
/// ## Example
/// `/widgets/{id}` with `parameters: []`
/// ## Instead
/// Declare `{name: id, in: path, required: true, schema: {type: string}}`.
pub(super) static RULE: Rule = Rule {
    id: "undeclared-path-parameter",
    severity: Severity::Error,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for operation in &document.service.spec.operations {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        for part in path.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else {
                continue;
            };
            let is_declared = operation
                .parameters
                .iter()
                .any(|parameter| parameter.location == ParameterLocation::Path && parameter.name == name);
            if !is_declared {
                out.add(
                    operation.key_span,
                    format!("/paths/{}/{}", pointer::escape(&operation.path), operation.verb),
                    format!("the path parameter `{name}` of `{}` is not declared", operation.path),
                )
                .help(format!("add a parameter `{name}` with `in: path`"));
            }
        }
    }
}
