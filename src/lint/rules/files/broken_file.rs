use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// A YAML or JSON file whose syntax is broken.
/// ## Why it matters
/// Nothing in it can be used; the runtime refuses the whole service.
/// ## Example
/// `name: [a, b`
/// ## Instead
/// `name: [a, b]`
pub(super) static RULE: Rule = Rule {
    id: "broken-file",
    severity: Severity::Error,
    check: Check::Elsewhere,
};
