//! INSERT, UPDATE, REPLACE and DELETE.

use serde_json::Value;

use super::bind::{Given, bind};
use super::output::check_output;
use super::pages::pages;
use super::request::request;
use super::select::{call, chosen, note_dropped};
use super::value::Clause;
use super::{Explanation, Failure, FailureKind, HttpRequest, find, name_of};
use crate::mapping::SqlVerb;
use crate::openapi::Operation;
use crate::provider::{self, Columns, Method, Provider, Service, request_content};
use crate::source::Text;
use crate::sql::Target;
use crate::sql::parse::{DeleteQuery, InsertQuery, OutputColumn, Predicate, UpdateQuery};

pub(super) fn insert(provider: &Provider, query: &InsertQuery, explanation: &mut Explanation) -> Result<(), Failure> {
    let clause = if query.is_values {
        Clause::InsertValues
    } else {
        Clause::InsertSelect
    };
    if query.rows.len() > 1 {
        explanation.notes.push(format!(
            "one request is sent for each of the {} rows; the first is shown",
            query.rows.len()
        ));
    }
    let row = query.rows.first().map(Vec::as_slice).unwrap_or_default();
    if row.len() != query.columns.len() {
        return Err(Failure::before(
            FailureKind::ValueType,
            format!("{} columns, but {} values", query.columns.len(), row.len()),
        ));
    }
    let given: Vec<Given<'_>> = query
        .columns
        .iter()
        .zip(row)
        .map(|(name, value)| Given { name, value, clause })
        .collect();
    change(
        provider,
        &query.target,
        SqlVerb::Insert,
        &given,
        &query.returning,
        explanation,
    )
}

pub(super) fn update(provider: &Provider, query: &UpdateQuery, explanation: &mut Explanation) -> Result<(), Failure> {
    let verb = if query.is_replace {
        SqlVerb::Replace
    } else {
        SqlVerb::Update
    };
    let mut given: Vec<Given<'_>> = query
        .assignments
        .iter()
        .map(|(name, value)| Given {
            name,
            value,
            clause: Clause::Set,
        })
        .collect();
    given.extend(where_terms(&query.predicates));
    change(provider, &query.target, verb, &given, &query.returning, explanation)
}

pub(super) fn delete(provider: &Provider, query: &DeleteQuery, explanation: &mut Explanation) -> Result<(), Failure> {
    let Some(predicates) = &query.predicates else {
        find(provider, &query.target)?;
        return Err(Failure::before(FailureKind::MissingWhere, "DELETE needs WHERE"));
    };
    let given: Vec<Given<'_>> = where_terms(predicates).collect();
    change(
        provider,
        &query.target,
        SqlVerb::Delete,
        &given,
        &query.returning,
        explanation,
    )
}

fn where_terms(predicates: &[Predicate]) -> impl Iterator<Item = Given<'_>> {
    predicates.iter().filter_map(|predicate| {
        Some(Given {
            name: &predicate.name,
            value: predicate.values.first()?,
            clause: Clause::Where,
        })
    })
}

fn change(
    provider: &Provider,
    target: &Target,
    verb: SqlVerb,
    given: &[Given<'_>],
    returning: &[OutputColumn],
    explanation: &mut Explanation,
) -> Result<(), Failure> {
    let (service, resource) = find(provider, target)?;
    let names: Vec<&str> = given.iter().map(|given| given.name.as_str()).collect();
    let route = provider::route(service, resource, verb, &names);
    let (method, inputs) = chosen(&route, verb.as_str(), target, explanation)?;
    let rows = provider::columns(service, method);
    let columns: Vec<Text> = rows.list().iter().map(|column| column.name.clone()).collect();
    check_returning(service, method, verb, returning, &rows, explanation)?;
    if verb == SqlVerb::Delete && has_scalar_response(service, method) {
        return Err(Failure::before(
            FailureKind::Crash,
            "the response is a single value: DELETE ends the runtime's process",
        ));
    }
    let mut bound = bind(service, method, inputs, given, &[])?;
    let terms = std::mem::take(&mut bound.terms);
    note_dropped(&terms, explanation);
    let Some(operation) = method.operation.find(&service.spec) else {
        return Err(Failure::before(FailureKind::NoMethod, "the operation does not exist"));
    };
    let built = request(service, method, operation, bound)?;
    let refusal = refusal(service, method, operation, &built, inputs);
    let pages = pages(service, resource, method);
    let call = call(
        &route,
        name_of(target),
        terms,
        Some(built),
        pages,
        columns.clone(),
        Vec::new(),
    );
    explanation.calls.push(call);
    refusal?;
    check_output(returning, &columns, &[])
}

/// Numbers and booleans: the runtime makes no table of them, and DELETE does not check.
fn has_scalar_response(service: &Service, method: &Method) -> bool {
    let declared = provider::response_type(service, method);
    matches!(declared.as_deref(), Some("integer" | "number" | "boolean"))
}

/// RETURNING ends the process where the response has no columns.
fn check_returning(
    service: &Service,
    method: &Method,
    verb: SqlVerb,
    returning: &[OutputColumn],
    rows: &Columns,
    explanation: &mut Explanation,
) -> Result<(), Failure> {
    if returning.is_empty() {
        return Ok(());
    }
    if verb == SqlVerb::Delete {
        explanation.notes.push("DELETE … RETURNING shows nothing".to_owned());
    }
    if let Columns::None(reason) = rows {
        return Err(Failure::before(
            FailureKind::Crash,
            format!("RETURNING ends the runtime's process: {reason}"),
        ));
    }
    let safe = provider::returning(service, method);
    for column in returning {
        if let OutputColumn::Column { name, .. } = column
            && provider::names::is_selectable(name)
            && rows.list().iter().any(|column| column.name == *name)
            && !safe.contains(name)
        {
            explanation.notes.push(format!(
                "RETURNING {name} ends the runtime's process at times: another property refers to the same schema"
            ));
        }
    }
    Ok(())
}

/// What an API that goes by its description refuses: unfilled places in the path and missing fields.
pub(super) fn refusal(
    service: &Service,
    method: &Method,
    operation: &Operation,
    request: &HttpRequest,
    inputs: &provider::Inputs,
) -> Result<(), Failure> {
    let refused = |message: String| Err(Failure::after(FailureKind::Refused, message));
    let path = request.target.split('?').next().unwrap_or_default();
    if path.contains("%7B") {
        return refused(format!("a place in the path is not filled: `{}`", request.target));
    }
    let Some(Value::Object(body)) = &request.body else {
        return Ok(());
    };
    let Some(schema) = request_content(operation, method).and_then(|content| content.schema.as_ref()) else {
        return Ok(());
    };
    let schema = service.spec.schema(schema);
    let mut required = schema.required();
    for keyword in ["oneOf", "anyOf"] {
        required.extend(schema.parts(keyword).flat_map(|part| part.required()));
    }
    let properties = schema.properties();
    let missing = required.iter().find(|name| {
        let is_elsewhere = inputs
            .all
            .iter()
            .any(|input| input.place != provider::InputPlace::Body && input.name == **name);
        let is_read_only = properties.get(*name).is_some_and(|property| property.flag("readOnly"));
        !body.contains_key(name.as_str()) && !is_elsewhere && !is_read_only
    });
    match missing {
        Some(name) => refused(format!("the body lacks the required field `{name}`")),
        None => Ok(()),
    }
}
