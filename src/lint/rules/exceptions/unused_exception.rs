use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// An exception that excepts nothing.
/// ## Why it matters
/// The fault was mended; left in place, the exception would hide the next one.
/// ## Example
/// `- {rule: dead-link, place: 'index.md', reason: …}` where `index.md` has no dead link
/// ## Instead
/// Remove the entry.
pub(super) static RULE: Rule = Rule {
    id: "unused-exception",
    severity: Severity::Warning,
    check: Check::Elsewhere,
};
