//! What `SHOW` and `DESCRIBE` print, compared with what the pages say.

use serde_json::Value;

use super::verdict::{Failure, FailureClass};
use crate::mapping::SqlVerb;
use crate::provider::{Provider, Resource, Service, columns, inputs};

use super::example::{Example, Kind};

/// What is wrong with the output of a walk statement.
pub(super) fn judge(provider: &Provider, example: &Example, stdout: &str) -> Vec<Failure> {
    let rows: Vec<Value> = match serde_json::from_str(stdout) {
        Ok(Value::Array(rows)) => rows,
        // The runtime lists the columns of the documented answer, and one that is reshaped may document none.
        _ if stdout.trim().is_empty()
            && example.kind == Kind::DescribeMethod
            && is_reshaped_without_inputs(provider, example) =>
        {
            Vec::new()
        }
        _ => return vec![failure("nothing was listed".to_owned())],
    };
    let service = provider.services.iter().find(|service| service.name == example.service);
    let resource = service.and_then(|service| {
        let mut resources = service.resources.iter();
        resources.find(|resource| resource.key == example.resource)
    });
    match (example.kind, service, resource) {
        (Kind::Services, ..) => lacking(
            &rows,
            "name",
            provider.services.iter().map(|service| service.name.as_str()),
        ),
        (Kind::Resources, Some(service), _) => lacking(
            &rows,
            "name",
            service.resources.iter().map(|resource| resource.key.as_str()),
        ),
        (Kind::Methods, _, Some(resource)) => lacking(
            &rows,
            "MethodName",
            resource.methods.keys().map(ecow::EcoString::as_str),
        ),
        (Kind::Describe, Some(service), Some(resource)) => described(service, resource, &rows),
        (Kind::DescribeMethod, Some(service), Some(resource)) => method(service, resource, example, &rows),
        _ => Vec::new(),
    }
}

fn is_reshaped_without_inputs(provider: &Provider, example: &Example) -> bool {
    let service = provider.services.iter().find(|service| service.name == example.service);
    let found = service.and_then(|service| {
        let mut resources = service.resources.iter();
        let resource = resources.find(|resource| resource.key == example.resource)?;
        Some((service, resource.methods.get(&example.method)?))
    });
    found.is_some_and(|(service, method)| {
        method.response.schema_override.is_some() && inputs(service, method).all.is_empty()
    })
}

fn failure(message: String) -> Failure {
    Failure::new(FailureClass::Description, message)
}

/// The names that no row has.
fn lacking<'a>(rows: &[Value], key: &str, names: impl Iterator<Item = &'a str>) -> Vec<Failure> {
    names
        .filter(|name| {
            !rows
                .iter()
                .any(|row| row.get(key).and_then(Value::as_str) == Some(name))
        })
        .map(|name| failure(format!("`{name}` is not listed")))
        .collect()
}

/// The columns of the first SELECT method: those are what the runtime describes.
fn described(service: &Service, resource: &Resource, rows: &[Value]) -> Vec<Failure> {
    let first = resource.verbs.listed(SqlVerb::Select).first();
    let Some(method) = first.and_then(|name| resource.methods.get(name)) else {
        return Vec::new();
    };
    let columns = columns(service, method);
    lacking(rows, "name", columns.list().iter().map(|column| column.name.as_str()))
}

/// What the runtime calls required must be known to the page, and required there. The other direction is not checked:
/// the runtime lists neither optional body fields nor every server variable.
fn method(service: &Service, resource: &Resource, example: &Example, rows: &[Value]) -> Vec<Failure> {
    let Some(method) = resource.methods.get(&example.method) else {
        return Vec::new();
    };
    let inputs = inputs(service, method);
    let mut failures = Vec::new();
    for row in rows.iter().filter(|row| kind_of(row) == Some("input_required")) {
        let name = row.get("name").and_then(Value::as_str).unwrap_or_default();
        match inputs.get(name) {
            None => failures.push(failure(format!("the page does not know the required input `{name}`"))),
            Some(input) if !input.required => {
                failures.push(failure(format!(
                    "the input `{name}` is required, the page calls it optional"
                )));
            }
            Some(_) => {}
        }
    }
    failures
}

fn kind_of(row: &Value) -> Option<&str> {
    row.as_object()?
        .values()
        .filter_map(Value::as_str)
        .find(|text| matches!(*text, "input_required" | "input_optional" | "output"))
}
