use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::Node;

/// ## What it finds
/// A `security` requirement of a description that names a scheme which is not declared.
/// ## Why it matters
/// Authentication cannot be inferred from it.
/// ## Example
/// `security: [{bearer: []}]` without `components.securitySchemes.bearer`
/// ## Instead
/// Declare the scheme.
pub(super) static RULE: Rule = Rule {
    id: "unknown-security-scheme",
    severity: Severity::Warning,
    check: Check::Document(On::Spec, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    let root = &document.service.spec.root;
    let declared = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"))
        .or_else(|| root.get("securityDefinitions"));
    let of_document = root.get("security").into_iter();
    let of_operations = document
        .service
        .spec
        .operations
        .iter()
        .filter_map(|operation| operation.security.as_ref());
    let mut said: Vec<&str> = Vec::new();
    for requirements in of_document.chain(of_operations) {
        for requirement in requirements.as_list().into_iter().flatten() {
            for entry in requirement.as_map().into_iter().flatten() {
                let is_declared = declared.is_some_and(|declared: &Node| declared.get(&entry.key).is_some());
                if !is_declared && !said.contains(&entry.key.as_str()) {
                    said.push(&entry.key);
                    out.add(
                        entry.key_span,
                        "/components/securitySchemes",
                        format!("the security scheme `{}` is not declared", entry.key),
                    )
                    .help("declare it under `components.securitySchemes`");
                }
            }
        }
    }
}
