use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// An unquoted text that readers of YAML 1.1 take for something else: `yes`, `014`, `1_000`, a date.
/// ## Why it matters
/// The runtime reads YAML 1.1: `014` becomes 12, `yes` becomes true.
/// ## Example
/// `example: 2024-01-01`
/// ## Instead
/// `example: '2024-01-01'`
pub(super) static RULE: Rule = Rule {
    id: "yaml-1-1-scalar",
    severity: Severity::Note,
    check: Check::Elsewhere,
};
