use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::{Entry, pointer};

/// ## What it finds
/// A service whose document is not there, also when only the case of its name differs.
/// ## Why it matters
/// The service is listed, and every use of it fails.
/// ## Example
/// `$ref: acme/v00.00.00000/services/shop.yaml` where the file is `Shop.yaml`
/// ## Instead
/// The name as the file has it
pub(super) static RULE: Rule = Rule {
    id: "dead-service",
    severity: Severity::Error,
    check: Check::Tree(check),
};

/// The file below the version folder that a service's reference means.
pub(in crate::lint::rules) fn file_of(service: &Entry) -> Option<&str> {
    let reference = service.value.get("service")?.get_str("$ref")?;
    reference.split('#').next()?.splitn(3, '/').nth(2)
}

fn check(tree: &Tree, out: &mut Out<'_>) {
    for service in tree.services() {
        let place = format!("/providerServices/{}/service", pointer::escape(&service.key));
        let reference = service.value.get("service").and_then(|node| node.get("$ref"));
        let Some(file) = file_of(service) else {
            if reference.is_none() {
                out.add(
                    service.key_span,
                    place,
                    format!("the service `{}` names no document", service.key),
                )
                .help("add `service: {$ref: NAME/VERSION/services/FILE}`");
            }
            continue;
        };
        if tree.files.iter().any(|name| name == file) {
            continue;
        }
        let span = reference.map_or(service.key_span, |reference| reference.span);
        let finding = out.add(
            span,
            place,
            format!("the document of the service `{}` is not there: `{file}`", service.key),
        );
        if let Some(similar) = tree
            .files
            .iter()
            .find(|name| name.to_lowercase() == file.to_lowercase())
        {
            finding.help(format!("the file is `{similar}`: case matters on most systems"));
        }
    }
}
