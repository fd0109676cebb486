use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;

/// ## What it finds
/// An unquoted key that YAML 1.1 takes for a boolean, null or number: `on`, `y`, `no`, `null`, `012`.
/// ## Why it matters
/// The runtime reads YAML 1.1. A property `on` becomes a column `true`, and `null` as a key makes the document
/// unreadable.
/// ## Example
/// `properties: {on: {type: string}}`
/// ## Instead
/// `properties: {'on': {type: string}}`
pub(super) static RULE: Rule = Rule {
    id: "unquoted-key",
    severity: Severity::Error,
    check: Check::Object(On::Service, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    for entry in place.at.node.as_map().into_iter().flatten() {
        if is_taken_for_something_else(&entry.key)
            && entry.key_span.is_known()
            && !place.document.is_quoted(entry.key_span)
        {
            out.add(
                entry.key_span,
                place.pointer_of(&entry.key),
                format!("the key `{}` is no text for YAML 1.1 readers", entry.key),
            )
            .help(format!("write `'{}':`", entry.key));
        }
    }
}

fn is_taken_for_something_else(key: &str) -> bool {
    if key.len() > 5 {
        return false;
    }
    matches!(
        key.to_ascii_lowercase().as_str(),
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null" | "~"
    ) || (key.len() > 1 && key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit()))
        || key
            .strip_prefix("0x")
            .is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
