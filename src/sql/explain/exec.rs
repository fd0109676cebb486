//! EXEC: the method is named, the values are checked against declared types.

use serde_json::{Map, Value};

use super::bind::{Given, bind};
use super::dml::refusal;
use super::request::request;
use super::select::{call, note_dropped};
use super::value::Clause;
use super::{Explanation, Failure, FailureKind, find, name_of};
use crate::provider::{self, ExecRisk, Inputs, Method, Provider, Route, exec_risk, has_body_schema, needed};
use crate::source::{Node, Text};
use crate::sql::parse::{ExecQuery, Literal};

pub(super) fn exec(provider: &Provider, query: &ExecQuery, explanation: &mut Explanation) -> Result<(), Failure> {
    let (service, resource) = find(provider, &query.target)?;
    let Some(method) = resource.methods.get(&query.method) else {
        let known = resource.methods.keys().map(Text::as_str);
        let whose = format!("the methods of `{}` are", name_of(&query.target));
        return Err(Failure::unknown("method", &query.method, known, &whose));
    };
    let Some(operation) = method.operation.find(&service.spec) else {
        return Err(Failure::before(FailureKind::NoMethod, "the operation does not exist"));
    };
    let inputs = provider::inputs(service, method);
    check_types(&inputs, &query.parameters)?;
    let missing: Vec<Text> = needed(service, method, &inputs)
        .into_iter()
        .filter(|name| !query.parameters.iter().any(|(given, _)| given == name))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::before(
            FailureKind::NoMethod,
            format!("the method needs {}", missing.join(", ")),
        ));
    }
    if operation.request_body.is_some() && !has_body_schema(service, method) {
        return Err(Failure::before(
            FailureKind::NoBody,
            "the runtime finds no schema for the request body",
        ));
    }
    let payload = query.payload.as_deref().map(read_payload).transpose()?;
    match exec_risk(service, method) {
        ExecRisk::None => {}
        ExecRisk::Chance(reason) => explanation.notes.push(reason),
        ExecRisk::Refused(reason) => return Err(Failure::before(FailureKind::Unselectable, reason)),
        ExecRisk::Crash(reason) => return Err(Failure::before(FailureKind::Crash, reason)),
    }
    let given: Vec<Given<'_>> = query
        .parameters
        .iter()
        .map(|(name, value)| Given {
            name,
            value,
            clause: Clause::Exec,
        })
        .collect();
    let mut bound = bind(service, method, &inputs, &given, &[])?;
    if payload.is_some() {
        bound.body = payload;
    }
    let terms = std::mem::take(&mut bound.terms);
    note_dropped(&terms, explanation);
    let built = request(service, method, operation, bound)?;
    let refusal = refusal(service, method, operation, &built, &inputs);
    let columns = provider::columns(service, method);
    let columns = columns.list().iter().map(|column| column.name.clone()).collect();
    let route = named(method, inputs);
    explanation.calls.push(call(
        &route,
        name_of(&query.target),
        terms,
        Some(built),
        None,
        columns,
        Vec::new(),
    ));
    if !query.shows_results {
        explanation
            .notes
            .push("EXEC prints no rows; `EXEC /*+ SHOWRESULTS */ …` shows the response".to_owned());
    }
    refusal
}

fn named(method: &Method, inputs: Inputs) -> Route<'_> {
    Route {
        chosen: Some((method, inputs)),
        passed_over: Vec::new(),
        not_tried: Vec::new(),
    }
}

/// Texts pass for `string`, `object` and `array` only; whole numbers for types that OpenAPI does not have.
fn check_types(inputs: &Inputs, parameters: &[(Text, Literal)]) -> Result<(), Failure> {
    for (name, value) in parameters {
        let Some(input) = inputs.get(name) else {
            continue;
        };
        if input.place == provider::InputPlace::Server {
            continue;
        }
        let declared = input.schema.get("type").and_then(Node::as_str).unwrap_or_default();
        let fits = match value {
            Literal::Text(_) => matches!(declared, "string" | "object" | "array"),
            _ => matches!(declared, "int" | "int32" | "int64"),
        };
        if !fits {
            let declared = if declared.is_empty() { "no type" } else { declared };
            return Err(Failure::before(
                FailureKind::ValueType,
                format!("EXEC cannot pass `{name}`: its schema says {declared}"),
            ));
        }
    }
    Ok(())
}

fn read_payload(text: &str) -> Result<Map<String, Value>, Failure> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(Failure::before(
            FailureKind::ValueType,
            "the payload is not a JSON object",
        )),
    }
}
