use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Rule};

/// ## What it finds
/// A file that was named on the command line, but is nothing that any rule knows.
/// ## Why it matters
/// "No findings" would be a lie: nothing was looked at.
/// ## Example
/// `spgen lint package.json`
/// ## Instead
/// Name OpenAPI descriptions, provider trees, mapping files, `spgen.yaml` or documentation pages.
pub(super) static RULE: Rule = Rule {
    id: "unknown-file",
    severity: Severity::Error,
    check: Check::Elsewhere,
};
