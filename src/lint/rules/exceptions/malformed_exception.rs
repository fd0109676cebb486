use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// An entry of `.spgen-lint-ignore.yaml` that names no rule, or one that there is not.
/// ## Why it matters
/// It excepts nothing.
/// ## Example
/// `- {rule: shadowd-method, reason: …}`
/// ## Instead
/// `- {rule: shadowed-method, place: 'services/*.yaml', reason: …}`
pub(super) static RULE: Rule = Rule {
    id: "malformed-exception",
    severity: Severity::Error,
    check: Check::Elsewhere,
};
