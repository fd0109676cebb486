//! What `SHOW` and `DESCRIBE` print, compared with what the pages say.

use serde_json::Value;

use super::verdict::{Failure, FailureClass};
use crate::mapping::SqlVerb;
use crate::provider::{
    ANONYMOUS_COLUMN, Input, InputPlace, Method, Provider, Resource, Service, columns, inputs, returning,
};
use crate::source::Text;

use super::example::{Example, Kind};

/// What is wrong with the output of a walk statement.
pub(super) fn judge(provider: &Provider, example: &Example, stdout: &str) -> Vec<Failure> {
    let rows: Vec<Value> = match serde_json::from_str(stdout) {
        Ok(Value::Array(rows)) => rows,
        // The runtime prints nothing of a method without inputs that it lists, whose documented
        // answer has no named columns.
        _ if stdout.trim().is_empty()
            && example.kind == Kind::DescribeMethod
            && has_nothing_to_list(provider, example) =>
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

fn has_nothing_to_list(provider: &Provider, example: &Example) -> bool {
    let service = provider.services.iter().find(|service| service.name == example.service);
    let found = service.and_then(|service| {
        let mut resources = service.resources.iter();
        let resource = resources.find(|resource| resource.key == example.resource)?;
        Some((service, resource.methods.get(&example.method)?))
    });
    found.is_some_and(|(service, method)| {
        let is_reshaped = method.response.schema_override.is_some();
        let is_without_columns = || {
            let columns = columns(service, method);
            columns.list().iter().all(|column| column.name == ANONYMOUS_COLUMN)
        };
        // Optional fields of a body are not listed, nor are server variables, which all have a default.
        let is_listed = |input: &Input| match input.place {
            InputPlace::Server => false,
            InputPlace::Body => input.required,
            _ => true,
        };
        !inputs(service, method).all.iter().any(is_listed) && (is_reshaped || is_without_columns())
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

/// The inputs and outputs that the runtime tells of a method, against the parameters and fields of its page.
fn method(service: &Service, resource: &Resource, example: &Example, rows: &[Value]) -> Vec<Failure> {
    let Some(method) = resource.methods.get(&example.method) else {
        return Vec::new();
    };
    let mut failures = required_inputs(service, method, rows);
    failures.extend(outputs(service, resource, method, rows));
    failures
}

/// What the runtime calls required must be known to the page, and required there. The other direction is not checked:
/// the runtime lists neither optional body fields nor every server variable.
fn required_inputs(service: &Service, method: &Method, rows: &[Value]) -> Vec<Failure> {
    let inputs = inputs(service, method);
    let mut failures = Vec::new();
    for name in names_of(rows, "input_required") {
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

/// The fields of a SELECT method are those that the runtime lists, none more and none less; what `RETURNING` names is
/// among them. Nothing is said where the runtime lists none: of a reshaped answer it looks at the schema before.
fn outputs(service: &Service, resource: &Resource, method: &Method, rows: &[Value]) -> Vec<Failure> {
    let listed: Vec<&str> = names_of(rows, "output").collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let is_select = resource.verbs.listed(SqlVerb::Select).contains(&method.name);
    let fields: Vec<Text> = if is_select {
        let columns = columns(service, method);
        columns.list().iter().map(|column| column.name.clone()).collect()
    } else {
        returning(service, method)
    };
    let missing = fields
        .iter()
        .filter(|field| !listed.contains(&field.as_str()))
        .map(|field| {
            failure(format!(
                "the page has the field `{field}`, which the runtime does not list"
            ))
        });
    let unknown = listed
        .iter()
        .filter(|name| is_select && !fields.iter().any(|field| field == *name))
        .map(|name| {
            failure(format!(
                "the runtime lists the field `{name}`, which the page does not have"
            ))
        });
    missing.chain(unknown).collect()
}

/// The names in the rows of a kind: `input_required`, `input_optional` or `output`.
fn names_of<'a>(rows: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a str> {
    rows.iter()
        .filter(move |row| row.get("param_type").and_then(Value::as_str) == Some(kind))
        .filter_map(|row| row.get("name").and_then(Value::as_str))
}
