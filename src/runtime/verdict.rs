//! What went wrong with an example, sorted into kinds.

use serde_json::Value;

use super::api::is_one_address;
use super::binary::Printed;
use super::expected::Expected;
use super::mock::Exchange;
use super::statement::Said;
use crate::mapping::SqlVerb;
use crate::openapi::HttpVerb;
use crate::source::Text;

/// The only texts on the error stream that mean success.
const NOTICES: [&str; 2] = ["The operation was despatched successfully", "DDL Execution Completed"];

/// Kinds of failure, the most basic first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureClass {
    /// The statement cannot be parsed.
    Syntax,
    /// The runtime ended with a crash.
    Crash,
    /// The runtime did not end in time.
    Timeout,
    /// No method of the resource takes the statement.
    NoMethod,
    /// EXEC refuses the type of a value.
    TypeRefused,
    /// The runtime says something else.
    RuntimeError,
    /// No request was sent.
    NoRequest,
    /// The request is for another operation than the page means.
    WrongOperation,
    /// The API would refuse the request.
    Refused,
    /// A value is not where it should be.
    Misplaced,
    /// The columns are not those that the page lists.
    Columns,
    /// A paginated answer was not read to its end, or read beyond it.
    Paging,
    /// What `SHOW` or `DESCRIBE` prints is not what the page says.
    Description,
}

impl FailureClass {
    /// The name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FailureClass::Syntax => "syntax",
            FailureClass::Crash => "crash",
            FailureClass::Timeout => "timeout",
            FailureClass::NoMethod => "no-method",
            FailureClass::TypeRefused => "type-refused",
            FailureClass::RuntimeError => "runtime-error",
            FailureClass::NoRequest => "no-request",
            FailureClass::WrongOperation => "wrong-operation",
            FailureClass::Refused => "refused",
            FailureClass::Misplaced => "misplaced",
            FailureClass::Columns => "columns",
            FailureClass::Paging => "paging",
            FailureClass::Description => "description",
        }
    }
}

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// Its kind.
    pub class: FailureClass,
    /// What happened.
    pub message: String,
}

impl Failure {
    pub(super) fn new(class: FailureClass, message: impl Into<String>) -> Self {
        Failure {
            class,
            message: message.into(),
        }
    }
}

/// What an example should do.
pub(super) struct Meant<'a> {
    pub(super) verb: SqlVerb,
    pub(super) operation: (Text, HttpVerb),
    pub(super) service: &'a str,
    pub(super) said: &'a Said,
    pub(super) expected: &'a Expected,
}

/// What the program said that it should not have said.
pub(super) fn program_failure(printed: &Printed) -> Option<Failure> {
    if printed.timed_out {
        return Some(Failure::new(FailureClass::Timeout, "no end in time"));
    }
    let complaint: Vec<&str> = printed
        .stderr
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !NOTICES.contains(line) && !line.ends_with("successfully installed"))
        .collect();
    if printed.status != Some(0) {
        let is_crash = printed.stderr.contains("panic:") || printed.stderr.contains("fatal error:");
        let first = complaint.first().copied().unwrap_or("no word");
        let class = if is_crash {
            FailureClass::Crash
        } else {
            FailureClass::RuntimeError
        };
        return Some(Failure::new(class, first));
    }
    if complaint.is_empty() {
        return None;
    }
    let text: String = complaint.join(" | ").chars().take(600).collect();
    let class = if text.contains("syntax error") {
        FailureClass::Syntax
    } else if text.contains("cannot find matching operation") || text.contains("could not find variable") {
        FailureClass::NoMethod
    } else if text.contains("does NOT match SQL type") || text.contains("expected to contain element") {
        FailureClass::TypeRefused
    } else {
        FailureClass::RuntimeError
    };
    Some(Failure::new(class, text))
}

/// What is wrong with the outcome of a documented statement; empty when it did what the page says.
pub(super) fn judge(meant: &Meant<'_>, printed: &Printed, exchanges: &[Exchange]) -> Vec<Failure> {
    let refused = refusals(exchanges);
    let wrong = wrong_operations(meant, exchanges);
    if !wrong.is_empty() {
        return wrong;
    }
    if !refused.is_empty() {
        return refused;
    }
    if let Some(failure) = program_failure(printed) {
        return vec![failure];
    }
    let Some(first) = exchanges.first() else {
        return vec![Failure::new(FailureClass::NoRequest, "no request was sent")];
    };
    let mut failures: Vec<Failure> = meant
        .expected
        .differences(&first.arrived, &first.target, &first.server)
        .into_iter()
        .map(|difference| Failure::new(FailureClass::Misplaced, difference))
        .collect();
    failures.extend(paging(meant, exchanges));
    failures.extend(columns(meant, printed));
    failures
}

/// What the API would refuse.
pub(super) fn refusals(exchanges: &[Exchange]) -> Vec<Failure> {
    exchanges
        .iter()
        .flat_map(|exchange| &exchange.problems)
        .map(|problem| Failure::new(FailureClass::Refused, problem.clone()))
        .collect()
}

fn wrong_operations(meant: &Meant<'_>, exchanges: &[Exchange]) -> Vec<Failure> {
    let (path, verb) = &meant.operation;
    exchanges
        .iter()
        .filter_map(|exchange| {
            let (sent_path, sent_verb) = exchange.operation.as_ref()?;
            let is_meant = is_one_address(sent_path, path) && sent_verb == verb && exchange.service == meant.service;
            (!is_meant).then(|| {
                Failure::new(
                    FailureClass::WrongOperation,
                    format!("{sent_verb} {sent_path} was called, not {verb} {path}"),
                )
            })
        })
        .take(1)
        .collect()
}

fn paging(meant: &Meant<'_>, exchanges: &[Exchange]) -> Option<Failure> {
    if meant.verb != SqlVerb::Select {
        return None;
    }
    let last = exchanges.last()?;
    if last.has_next_page {
        return Some(Failure::new(
            FailureClass::Paging,
            "the answer told of a next page, which was not asked for",
        ));
    }
    let told = exchanges.iter().filter(|exchange| exchange.has_next_page).count();
    (exchanges.len() > told + 1).then(|| {
        Failure::new(
            FailureClass::Paging,
            format!("{} requests for {} pages", exchanges.len(), told + 1),
        )
    })
}

fn columns(meant: &Meant<'_>, printed: &Printed) -> Option<Failure> {
    let fails = |message: String| Some(Failure::new(FailureClass::Columns, message));
    if meant.said.columns.is_empty() {
        return None;
    }
    let rows: Value = match serde_json::from_str(&printed.stdout) {
        Ok(rows) => rows,
        Err(error) => return fails(format!("the output is no JSON: {error}")),
    };
    let Some(row) = rows.as_array().and_then(|rows| rows.first()).and_then(Value::as_object) else {
        return fails("no row came back".to_owned());
    };
    for column in &meant.said.columns {
        if !row.keys().any(|key| key == column) {
            return fails(format!("the column `{column}` did not come back"));
        }
    }
    let is_null = |value: &Value| value.is_null() || value.as_str() == Some("null");
    row.values()
        .all(is_null)
        .then(|| Failure::new(FailureClass::Columns, "every column came back as null"))
}
