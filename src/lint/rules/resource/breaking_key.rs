use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A key that the runtime accepts and that breaks the method: `response.projection_map`, `request.nativeCasing`.
/// ## Why it matters
/// `projection_map` makes the resource unusable. With `nativeCasing` optional parameters are found by their snake-case
/// names and required ones by their names on the wire, so no spelling fits both.
/// ## Example
/// `response: {projection_map: {name: $.metadata.name}}`
/// ## Instead
/// `xml: {name: …}` on response properties renames columns.
pub(super) static RULE: Rule = Rule {
    id: "breaking-key",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    for (block, key, effect) in [
        ("response", "projection_map", "makes the resource unusable"),
        (
            "request",
            "nativeCasing",
            "finds required and optional parameters by different names",
        ),
    ] {
        let entry = method
            .node
            .get(block)
            .and_then(|block| block.as_map())
            .and_then(|block| block.entry(key));
        if let Some(entry) = entry {
            out.add(
                entry.key_span,
                format!("{}/{block}/{key}", method.pointer),
                format!("`{key}` of `{}` {effect}", method.name),
            )
            .help("remove it");
        }
    }
}
