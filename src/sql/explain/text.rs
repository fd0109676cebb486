//! An explanation for people.

use std::fmt;

use super::{Call, Destination, Explanation, PassedOver};
use crate::provider::InputPlace;

impl fmt::Display for Explanation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for call in &self.calls {
            write_call(out, call)?;
        }
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        if let Some(failure) = &self.failure {
            let when = if failure.after_request {
                "after the request"
            } else {
                "nothing is sent"
            };
            writeln!(out, "error ({when}): {}", failure.message)?;
            if let Some(help) = &failure.help {
                writeln!(out, "help: {help}")?;
            }
        }
        Ok(())
    }
}

fn write_call(out: &mut fmt::Formatter<'_>, call: &Call) -> fmt::Result {
    writeln!(out, "{} answers by its method `{}`", call.resource, call.method)?;
    for PassedOver { method, missing } in &call.passed_over {
        writeln!(out, "  not `{method}`: it needs {}", missing.join(", "))?;
    }
    for PassedOver { method, missing } in &call.not_tried {
        if missing.is_empty() {
            writeln!(out, "  not `{method}`: it would fit, but stands behind in the list")?;
        } else {
            writeln!(
                out,
                "  not `{method}`: it stands behind in the list, and needs {}",
                missing.join(", ")
            )?;
        }
    }
    if !call.terms.is_empty() {
        writeln!(out, "terms")?;
        let term = |term: &super::TermUse| format!("{} {}", term.clause, term.name);
        let width = call.terms.iter().map(|used| term(used).chars().count()).max();
        let width = width.unwrap_or_default();
        for used in &call.terms {
            writeln!(out, "  {:width$}  → {}", term(used), destination(used.goes_to))?;
        }
    }
    if let Some(request) = &call.request {
        writeln!(out, "request")?;
        writeln!(out, "  {} {}{}", request.method, request.server, request.target)?;
        for (name, value) in &request.headers {
            writeln!(out, "  {name}: {value}")?;
        }
        match &request.body {
            Some(serde_json::Value::String(text)) => writeln!(out, "  {text}")?,
            Some(body) => writeln!(out, "  {body}")?,
            None => {}
        }
    }
    for pushed in &call.pushdown {
        writeln!(
            out,
            "pushdown\n  {} is sent as `{}={}`",
            pushed.clause, pushed.parameter, pushed.value
        )?;
    }
    if let Some(pages) = &call.pages {
        writeln!(out, "pages\n  {pages}")?;
    }
    if !call.columns.is_empty() {
        writeln!(out, "columns\n  {}", call.columns.join(", "))?;
    }
    Ok(())
}

fn destination(destination: Destination) -> &'static str {
    match destination {
        Destination::Request(InputPlace::Path) => "path",
        Destination::Request(InputPlace::Query) => "query",
        Destination::Request(InputPlace::Header) => "header",
        Destination::Request(InputPlace::Server) => "server",
        Destination::Request(InputPlace::Body) => "body",
        Destination::LocalFilter => "local filter on the rows",
        Destination::Nowhere => "nowhere: the runtime drops it",
    }
}
