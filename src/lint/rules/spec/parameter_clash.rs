use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::openapi::{Operation, ParameterLocation};
use crate::source::{Node, Text, pointer};

/// ## What it finds
/// One name for two inputs of an operation: in the path and the body, or in the path and the query.
/// ## Why it matters
/// SQL knows inputs by name alone. The value goes to the path only; the body or query lacks it.
/// ## Example
/// `/widgets/{id}` with a body that has a property `id`
/// ## Instead
/// Rename the placeholder in the path (`/widgets/{widget_id}`): its name is not on the wire.
pub(super) static RULE: Rule = Rule {
    id: "parameter-clash",
    severity: Severity::Warning,
    check: Check::Document(On::Service, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for operation in &document.service.spec.operations {
        let fields = body_fields(document, operation);
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let is_cookie = parameter.location == ParameterLocation::Cookie;
            let elsewhere = operation.parameters[index + 1..]
                .iter()
                .filter(|other| ![parameter.location, ParameterLocation::Cookie].contains(&other.location))
                .any(|other| other.name == parameter.name);
            let clash = if elsewhere {
                "another parameter"
            } else if fields.contains(&parameter.name) {
                "a body field"
            } else {
                continue;
            };
            if !is_cookie {
                out.add(
                    operation.key_span,
                    format!("/paths/{}/{}", pointer::escape(&operation.path), operation.verb),
                    format!("`{}` is the name of a parameter and of {clash}", parameter.name),
                )
                .note("a value goes to the first of path, query, header, body, and the others lack it")
                .help("give one of them another name");
            }
        }
    }
}

/// Required fields only: optional ones that repeat a path parameter can be left out, read-only ones are not sent.
fn body_fields(document: &Document, operation: &Operation) -> Vec<Text> {
    let schema = operation
        .request_body
        .as_ref()
        .and_then(|body| body.content.iter().find(|media_type| media_type.is_json()))
        .and_then(|media_type| media_type.schema.as_ref());
    let Some(schema) = schema.map(|schema| document.service.spec.schema(schema)) else {
        return Vec::new();
    };
    let required = schema.node().get("required").and_then(Node::as_list);
    let names = required.into_iter().flatten().filter_map(Node::as_text);
    let is_sent = |name: &str| schema.property(name).is_some_and(|field| !field.flag("readOnly"));
    names.filter(|name| is_sent(name)).cloned().collect()
}
