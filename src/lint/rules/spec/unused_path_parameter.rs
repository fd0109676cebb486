use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::openapi::ParameterLocation;
use crate::source::pointer;

/// ## What it finds
/// A parameter with `in: path` that the path does not hold.
/// ## Why it matters
/// It is required, so every statement must give it, and its value goes nowhere.
/// ## Example
/// `/widgets` with a path parameter `widget_id`
/// ## Instead
/// Put `{widget_id}` into the path, or remove the parameter.
pub(super) static RULE: Rule = Rule {
    id: "unused-path-parameter",
    severity: Severity::Warning,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for operation in &document.service.spec.operations {
        for parameter in &operation.parameters {
            if parameter.location == ParameterLocation::Path
                && !operation.path.contains(&format!("{{{}}}", parameter.name))
                && !operation.path.contains(&format!("{{{}:", parameter.name))
                && !operation.path.contains(&format!("{{+{}}}", parameter.name))
            {
                out.add(
                    parameter.node.span,
                    format!("/paths/{}/{}", pointer::escape(&operation.path), operation.verb),
                    format!("`{}` holds no `{{{}}}`", operation.path, parameter.name),
                )
                .help("correct the name, or remove the parameter");
            }
        }
    }
}
