use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// An exception that does not say why it is there.
/// ## Why it matters
/// Nobody dares to remove it, and nobody knows whether it still holds.
/// ## Example
/// `- {rule: large-service}`
/// ## Instead
/// `- {rule: large-service, reason: the vendor publishes one document, and users know this name}`
pub(super) static RULE: Rule = Rule {
    id: "exception-without-reason",
    severity: Severity::Error,
    check: Check::Elsewhere,
};
