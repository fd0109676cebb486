//! The outcome for people: a summary by kind of failure, and the failures themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::suite::Report;
use super::super::verdict::FailureClass;

/// The report as text. At most `shown` failures are told in full.
#[must_use]
pub fn to_text(report: &Report, shown: usize) -> String {
    let mut out = String::new();
    let failed = report.outcomes.iter().filter(|outcome| !outcome.failures.is_empty());
    for outcome in failed.clone().take(shown) {
        for failure in &outcome.failures {
            line(
                &mut out,
                &format!(
                    "{}: {}: {}",
                    failure.class.as_str(),
                    outcome.example.label(),
                    failure.message
                ),
            );
        }
        for request in &outcome.requests {
            line(&mut out, &format!("  request: {request}"));
        }
        for sql in outcome.sql.lines() {
            line(&mut out, &format!("  | {sql}"));
        }
    }
    let total = report.failed();
    if total > shown {
        line(&mut out, &format!("… and {} more", total - shown));
    }
    let mut classes: BTreeMap<FailureClass, usize> = BTreeMap::new();
    for outcome in failed {
        if let Some(failure) = outcome.failures.first() {
            *classes.entry(failure.class).or_default() += 1;
        }
    }
    for (class, count) in classes {
        line(&mut out, &format!("{count:>6}  {}", class.as_str()));
    }
    if let Some(reason) = report.outcomes.iter().find_map(|outcome| outcome.skipped.as_deref()) {
        let (skipped, checked) = (report.skipped(), report.checked());
        line(&mut out, &format!("{skipped} not run in the runtime: {reason}"));
        line(
            &mut out,
            &format!("{checked} of them read, routed and answered by the mock"),
        );
    }
    let passed = report.passed();
    match report.skipped() {
        0 => line(&mut out, &format!("{passed} passed, {total} failed")),
        skipped => line(&mut out, &format!("{passed} passed, {total} failed, {skipped} skipped")),
    }
    out
}

fn line(out: &mut String, text: &str) {
    // Writing into a `String` cannot fail.
    let _ = writeln!(out, "{text}");
}
