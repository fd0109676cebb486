use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Service;
use crate::source::Node;

/// ## What it finds
/// A setting at a level where the runtime does not look: body translation anywhere but in a method, pagination under
/// `components`, authentication below the provider.
/// ## Why it matters
/// It is ignored in silence: bodies are sent as `null`, lists have one page, requests carry no credentials.
/// ## Example
/// `requestBodyTranslate` in the `config` of a resource
/// ## Instead
/// `requestBodyTranslate` in the `config` of each method
pub(super) static RULE: Rule = Rule {
    id: "misplaced-setting",
    severity: Severity::Warning,
    check: Check::Service(check),
};

fn check(service: &Service<'_>, out: &mut Out<'_>) {
    let root = &service.document.service.spec.root;
    of_config(
        root.get("x-stackQL-config"),
        "/x-stackQL-config",
        &["requestBodyTranslate", "auth"],
        out,
    );
    let components = root.get("components");
    let inert = components.and_then(|components| components.get("x-stackQL-config"));
    of_config(
        inert,
        "/components/x-stackQL-config",
        &["requestBodyTranslate", "auth", "pagination", "queryParamPushdown"],
        out,
    );
    for resource in &service.resources {
        of_config(
            resource.node.get("config"),
            &format!("{}/config", resource.pointer),
            &["requestBodyTranslate", "auth"],
            out,
        );
    }
    for method in service.resources.iter().flat_map(|resource| &resource.methods) {
        of_config(
            method.node.get("config"),
            &format!("{}/config", method.pointer),
            &["auth"],
            out,
        );
    }
}

fn of_config(config: Option<&Node>, pointer: &str, inert: &[&str], out: &mut Out<'_>) {
    for key in inert {
        if let Some(entry) = config.and_then(Node::as_map).and_then(|config| config.entry(key)) {
            let place = match *key {
                "requestBodyTranslate" => "the `config` of each method",
                "auth" => "the `config` of `provider.yaml`",
                _ => "`x-stackQL-config` of the document, or the `config` of a resource or method",
            };
            out.add(
                entry.key_span,
                format!("{pointer}/{key}"),
                format!("`{key}` has no effect here"),
            )
            .help(format!("write it in {place}"));
        }
    }
}
