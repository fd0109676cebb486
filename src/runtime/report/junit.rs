//! The outcome as `JUnit` XML, which CI systems show.

use std::fmt::Write as _;

use super::super::suite::{Outcome, Report};

/// One test suite with a case for each example.
#[must_use]
pub fn to_junit(report: &Report) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    line(
        &mut out,
        &format!(
            "<testsuites>\n<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" time=\"{:.3}\">",
            escaped(&report.provider),
            report.outcomes.len(),
            report.failed(),
            report.skipped(),
            report.duration.as_secs_f64()
        ),
    );
    for outcome in &report.outcomes {
        case(&mut out, outcome);
    }
    line(&mut out, "</testsuite>\n</testsuites>");
    out
}

fn case(out: &mut String, outcome: &Outcome) {
    line(
        out,
        &format!(
            "<testcase classname=\"{}\" name=\"{}\" time=\"{:.3}\">",
            escaped(&outcome.example.service),
            escaped(&outcome.example.label()),
            outcome.duration.as_secs_f64()
        ),
    );
    for failure in &outcome.failures {
        line(
            out,
            &format!(
                "<failure type=\"{}\" message=\"{}\">{}</failure>",
                failure.class.as_str(),
                escaped(&failure.message),
                escaped(&outcome.sql)
            ),
        );
    }
    if let Some(reason) = &outcome.skipped {
        line(out, &format!("<skipped message=\"{}\"/>", escaped(reason)));
    }
    line(out, "</testcase>");
}

fn line(out: &mut String, text: &str) {
    // Writing into a `String` cannot fail.
    let _ = writeln!(out, "{text}");
}

/// Text for element content and attributes; characters that XML does not know are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
