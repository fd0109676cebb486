use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// A key that stands twice in one map.
/// ## Why it matters
/// The last one wins in silence, so half of what somebody wrote has no effect.
/// ## Example
/// Two entries `get:` under one path.
/// ## Instead
/// One of them; for two operations, two paths.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Warning,
    check: Check::Elsewhere,
};
