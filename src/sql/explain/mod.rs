//! What a statement does in the runtime, without running it: the method that it reaches, where each term goes, the HTTP
//! request, and the error where there is one.
//!
//! Steps: read the statement ([`super::parse`]), choose the method ([`crate::provider::route`]), place the terms
//! ([`bind`]), build the request ([`request`]), look at what comes back ([`output`]).

mod bind;
mod dml;
mod exec;
mod output;
mod pages;
mod request;
mod select;
mod text;
mod value;

pub use request::HttpRequest;

use crate::provider::{InputPlace, Provider, Resource, Service};
use crate::source::Text;
use crate::sql::Target;
use crate::sql::parse::{Query, parse};

/// What a statement does.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// The methods that are called, in order; several for joins and views.
    pub calls: Vec<Call>,
    /// The error, where there is one.
    pub failure: Option<Failure>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

/// One method call.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Call {
    /// `provider.service.resource`
    pub resource: String,
    /// The method.
    pub method: Text,
    /// Methods that were tried before, and what was missing for each.
    pub passed_over: Vec<PassedOver>,
    /// Methods behind it in the list.
    pub not_tried: Vec<Text>,
    /// Where each term goes.
    pub terms: Vec<TermUse>,
    /// The request; the first one where there are pages.
    pub request: Option<HttpRequest>,
    /// How further pages are asked for.
    pub pages: Option<String>,
    /// The columns that the rows have.
    pub columns: Vec<Text>,
}

/// A method that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PassedOver {
    /// The method.
    pub method: Text,
    /// The required inputs that the statement does not give.
    pub missing: Vec<Text>,
}

/// A term of the statement and its use.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TermUse {
    /// The name in the statement.
    pub name: Text,
    /// Where it goes.
    pub goes_to: Destination,
}

/// Where a term goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// Into the request.
    Request(InputPlace),
    /// A comparison with the rows that came back.
    LocalFilter,
    /// Nowhere: the runtime drops it without a word.
    Nowhere,
}

/// An error of the runtime.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// Its kind.
    pub kind: FailureKind,
    /// In words.
    pub message: String,
    /// Whether the request was sent all the same.
    pub after_request: bool,
}

/// Kinds of errors, by the runtime's own messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// `syntax error at position …`
    Syntax,
    /// There is no such provider, service, resource or method.
    UnknownTable,
    /// `cannot find matching operation, …`, and `required param not supplied for exec: …`
    NoMethod,
    /// `could not locate symbol …`
    UnknownName,
    /// `… does NOT match SQL type …`, and values that a clause does not take.
    ValueType,
    /// `schema unsuitable for select query`, and responses without schema.
    Unselectable,
    /// The process ends with a stack trace.
    Crash,
    /// `no matching operation was found`, `cannot find any viable servers`
    Routing,
    /// `where parameters not found`
    MissingWhere,
    /// `no request body for operation …`
    NoBody,
    /// `aborting DDL run …`: the table of the rows cannot be made.
    Table,
    /// `sql packet preparation error: …`: the rows came, the local query fails.
    LocalQuery,
    /// The rows hold nothing but nulls.
    OnlyNulls,
    /// The API refuses the request: something required is not in it.
    Refused,
}

impl Failure {
    fn before(kind: FailureKind, message: impl Into<String>) -> Self {
        Failure {
            kind,
            message: message.into(),
            after_request: false,
        }
    }

    fn after(kind: FailureKind, message: impl Into<String>) -> Self {
        Failure {
            kind,
            message: message.into(),
            after_request: true,
        }
    }
}

/// Explains a statement on a provider.
#[must_use]
pub fn explain(provider: &Provider, sql: &str) -> Explanation {
    let mut explanation = Explanation::default();
    let outcome = match parse(sql) {
        Err(error) => Err(Failure::before(FailureKind::Syntax, error.to_string())),
        Ok(Query::Select(query)) => select::select(provider, &query, &mut explanation, 0),
        Ok(Query::Insert(query)) => dml::insert(provider, &query, &mut explanation),
        Ok(Query::Update(query)) => dml::update(provider, &query, &mut explanation),
        Ok(Query::Delete(query)) => dml::delete(provider, &query, &mut explanation),
        Ok(Query::Exec(query)) => exec::exec(provider, &query, &mut explanation),
    };
    explanation.failure = outcome.err();
    explanation
}

/// The resource that a table name means.
fn find<'a>(provider: &'a Provider, target: &Target) -> Result<(&'a Service, &'a Resource), Failure> {
    let unknown =
        |what: &str, name: &Text| Failure::before(FailureKind::UnknownTable, format!("there is no {what} `{name}`"));
    if target.provider != provider.name {
        return Err(unknown("provider", &target.provider));
    }
    let service = provider
        .services
        .iter()
        .find(|service| service.name == target.service)
        .ok_or_else(|| unknown("service", &target.service))?;
    let resource = service
        .resources
        .iter()
        .find(|resource| resource.key == target.resource)
        .ok_or_else(|| unknown("resource", &target.resource))?;
    Ok((service, resource))
}

fn name_of(target: &Target) -> String {
    format!("{}.{}.{}", target.provider, target.service, target.resource)
}
