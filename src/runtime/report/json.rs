//! The outcome as JSON.

use serde_json::{Value, json};

use super::super::suite::{Outcome, Report};

/// The whole report.
#[must_use]
pub fn to_json(report: &Report) -> Value {
    json!({
        "provider": report.provider,
        "runtime": report.runtime,
        "passed": report.passed(),
        "failed": report.failed(),
        "skipped": report.skipped(),
        "checked_without_runtime": report.checked(),
        "seconds": report.duration.as_secs_f64(),
        "examples": report.outcomes.iter().map(example).collect::<Vec<_>>(),
    })
}

fn example(outcome: &Outcome) -> Value {
    json!({
        "id": outcome.example.label(),
        "service": outcome.example.service.as_str(),
        "resource": outcome.example.resource.as_str(),
        "method": outcome.example.method.as_str(),
        "sql": outcome.sql,
        "failures": outcome.failures,
        "skipped": outcome.skipped,
        "checked": outcome.checked,
        "requests": outcome.requests,
        "stderr": outcome.stderr,
        "seconds": outcome.duration.as_secs_f64(),
    })
}
