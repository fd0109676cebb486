//! An explanation for people.

use std::fmt;

use super::{Call, Destination, Explanation};
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
        }
        Ok(())
    }
}

fn write_call(out: &mut fmt::Formatter<'_>, call: &Call) -> fmt::Result {
    writeln!(out, "{} answers by its method `{}`", call.resource, call.method)?;
    for method in &call.passed_over {
        writeln!(out, "  not `{}`: it needs {}", method.method, method.missing.join(", "))?;
    }
    for method in &call.not_tried {
        writeln!(out, "  not `{method}`: it stands behind in the list")?;
    }
    for term in &call.terms {
        writeln!(out, "  {} → {}", term.name, destination(term.goes_to))?;
    }
    if let Some(request) = &call.request {
        writeln!(out, "  {} {}{}", request.method, request.server, request.target)?;
        for (name, value) in &request.headers {
            writeln!(out, "  {name}: {value}")?;
        }
        if let Some(body) = &request.body {
            writeln!(out, "  {body}")?;
        }
    }
    if let Some(pages) = &call.pages {
        writeln!(out, "  pages: {pages}")?;
    }
    if !call.columns.is_empty() {
        writeln!(out, "  columns: {}", call.columns.join(", "))?;
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
