use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;
use crate::source::{Node, pointer};

/// ## What it finds
/// A path key with a `#fragment`, by which some descriptions keep equal paths apart.
/// ## Why it matters
/// The runtime never routes to it (`no matching operation was found`), whatever the verb.
/// ## Example
/// `/tags/{arn}#tagKeys`
/// ## Instead
/// `/tags/{arn}?tagKeys`: a query in the path key is sent as written.
pub(super) static RULE: Rule = Rule {
    id: "path-with-fragment",
    severity: Severity::Error,
    check: Check::Document(On::Any, check),
};

fn check(document: &Document, out: &mut Out<'_>) {
    for entry in document
        .service
        .spec
        .root
        .get("paths")
        .and_then(Node::as_map)
        .into_iter()
        .flatten()
    {
        if entry.key.contains('#') {
            out.add(
                entry.key_span,
                format!("/paths/{}", pointer::escape(&entry.key)),
                format!("the path `{}` holds a fragment", entry.key),
            )
            .help(format!("write it as a query: `{}`", entry.key.replace("#", "?")));
        }
    }
}
