use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;

/// ## What it finds
/// A service document without `openapi`, or without `info` that has a title and a version.
/// ## Why it matters
/// The runtime refuses the whole document.
/// ## Example
/// A document that starts with `paths:`
/// ## Instead
/// `openapi: 3.0.3` and `info: {title: Shop, version: '1'}`
pub(super) static RULE: Rule = Rule {
    id: "missing-info",
    severity: Severity::Error,
    check: Check::Document(On::Service, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    let root = &document.service.spec.root;
    if root.get("openapi").is_none() {
        out.add(document.start(), "", "the document does not say which OpenAPI it is")
            .help("add `openapi: 3.0.3`");
    }
    for key in ["title", "version"] {
        if root.get("info").and_then(|info| info.get(key)).is_none() {
            let span = root.get("info").map_or(document.start(), |info| info.span);
            out.add(span, "/info", format!("`info` has no `{key}`"))
                .help(format!("add `{key}`, in quotes"));
        }
    }
}
