use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Service;
use crate::source::Node;

/// ## What it finds
/// A key in a resource or method that the runtime does not know, or knows and does not heed.
/// ## Why it matters
/// Whoever wrote it believes that it works.
/// ## Example
/// `x-stackQL-alias: widget_name` on a parameter, or `objectkey` for `objectKey`
/// ## Instead
/// The key that does what is meant (`xml: {name: …}` renames a column), or none.
pub(super) static RULE: Rule = Rule {
    id: "inert-key",
    severity: Severity::Warning,
    check: Check::Service(check),
};

const RESOURCE: [&str; 9] = [
    "id",
    "name",
    "title",
    "description",
    "methods",
    "sqlVerbs",
    "config",
    "selectItemsKey",
    "baseUrl",
];
const METHOD: [&str; 7] = [
    "operation",
    "request",
    "response",
    "config",
    "servers",
    "inverse",
    "serviceName",
];
const REQUEST: [&str; 6] = ["mediaType", "base", "transform", "required", "nativeCasing", "default"];
const RESPONSE: [&str; 12] = [
    "mediaType",
    "openAPIDocKey",
    "objectKey",
    "overrideMediaType",
    "schema_override",
    "transform",
    "async_schema_override",
    "asyncOverrideMediaType",
    "async_transform",
    "projection_map",
    "errorKey",
    "default",
];
const VERBS: [&str; 5] = ["select", "insert", "update", "replace", "delete"];

fn check(service: &Service<'_>, out: &mut Out<'_>) {
    for resource in &service.resources {
        let pointer = &resource.pointer;
        unknown(Some(resource.node), pointer, &RESOURCE, "a resource", out);
        let verbs = resource.node.get("sqlVerbs");
        unknown(verbs, &format!("{pointer}/sqlVerbs"), &VERBS, "`sqlVerbs`", out);
        for method in &resource.methods {
            let pointer = &method.pointer;
            unknown(Some(method.node), pointer, &METHOD, "a method", out);
            let request = method.node.get("request");
            unknown(request, &format!("{pointer}/request"), &REQUEST, "`request`", out);
            let response = method.node.get("response");
            unknown(response, &format!("{pointer}/response"), &RESPONSE, "`response`", out);
            for parameter in &method.parameters.all {
                let alias = parameter.node.as_map().and_then(|node| node.entry("x-stackQL-alias"));
                if let Some(alias) = alias {
                    out.add(
                        alias.key_span,
                        pointer.as_str(),
                        format!("`x-stackQL-alias` of `{}` has no effect", parameter.name),
                    )
                    .help("remove it");
                }
            }
        }
    }
}

fn unknown(node: Option<&Node>, pointer: &str, known: &[&str], what: &str, out: &mut Out<'_>) {
    for entry in node.and_then(Node::as_map).into_iter().flatten() {
        let key = entry.key.as_str();
        let is_extension = key.starts_with("x-") && key != "x-stackQL-alias";
        if !known.contains(&key) && !is_extension {
            let finding = out.add(
                entry.key_span,
                format!("{pointer}/{}", crate::source::pointer::escape(key)),
                format!("{what} has no key `{key}`; it has no effect"),
            );
            if let Some(meant) = known.iter().find(|known| known.eq_ignore_ascii_case(key)) {
                finding.help(format!("write `{meant}`"));
            }
        }
    }
}
