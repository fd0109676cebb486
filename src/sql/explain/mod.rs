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
mod pushdown;
mod request;
mod select;
mod text;
mod value;

pub use request::HttpRequest;

use crate::diagnostic::similar;
use crate::provider::{InputPlace, Provider, Resource, Service};
use crate::source::Text;
use crate::sql::Target;
use crate::sql::parse::{Query, parse};

/// Names that are listed when none is like the one that was written.
const MAX_NAMED: usize = 20;

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
    /// Methods behind it in the list; those without anything missing would fit as well.
    pub not_tried: Vec<PassedOver>,
    /// Where each term goes.
    pub terms: Vec<TermUse>,
    /// The request; the first one where there are pages.
    pub request: Option<HttpRequest>,
    /// How further pages are asked for.
    pub pages: Option<String>,
    /// Clauses that the API takes over.
    pub pushdown: Vec<Pushed>,
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

/// A clause that becomes a query parameter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pushed {
    /// `LIMIT`, `OFFSET`, `WHERE`, …
    pub clause: &'static str,
    /// The query parameter.
    pub parameter: Text,
    /// Its value.
    pub value: String,
}

/// A term of the statement and its use.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TermUse {
    /// The clause that it stands in.
    pub clause: &'static str,
    /// The name in the statement.
    pub name: Text,
    /// The value, as far as it is one.
    pub value: Option<String>,
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
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
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
            help: None,
        }
    }

    fn after(kind: FailureKind, message: impl Into<String>) -> Self {
        Failure {
            kind,
            message: message.into(),
            after_request: true,
            help: None,
        }
    }

    /// The failure for a name that there is not, with the one that was perhaps meant.
    fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone, whose: &str) -> Self {
        let mut failure = Failure::before(FailureKind::UnknownTable, format!("there is no {what} `{name}`"));
        failure.help = match similar(name, known.clone()) {
            Some(meant) => Some(format!("did you mean `{meant}`?")),
            None => {
                let known: Vec<&str> = known.take(MAX_NAMED).collect();
                let more = if known.len() == MAX_NAMED { ", …" } else { "" };
                (!known.is_empty()).then(|| format!("{whose} {}{more}", known.join(", ")))
            }
        };
        failure
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
    if target.provider != provider.name {
        let known = std::iter::once(provider.name.as_str());
        return Err(Failure::unknown(
            "provider",
            &target.provider,
            known,
            "the provider here is",
        ));
    }
    let services = provider.services.iter();
    let service = services.clone().find(|service| service.name == target.service);
    let service = service.ok_or_else(|| {
        let known = services.map(|service| service.name.as_str());
        Failure::unknown("service", &target.service, known, "the services are")
    })?;
    let resources = service.resources.iter();
    let resource = resources.clone().find(|resource| resource.key == target.resource);
    let resource = resource.ok_or_else(|| {
        let known = resources.map(|resource| resource.key.as_str());
        let whose = format!("the resources of `{}` are", service.name);
        Failure::unknown("resource", &target.resource, known, &whose)
    })?;
    Ok((service, resource))
}

/// The provider that a statement names first; `None` when it names none, or cannot be read.
#[must_use]
pub fn provider_of(sql: &str) -> Option<Text> {
    let target = match parse(sql).ok()? {
        Query::Select(query) => query.tables.into_iter().next()?.target,
        Query::Insert(query) => query.target,
        Query::Update(query) => query.target,
        Query::Delete(query) => query.target,
        Query::Exec(query) => query.target,
    };
    Some(target.provider)
}

fn name_of(target: &Target) -> String {
    format!("{}.{}.{}", target.provider, target.service, target.resource)
}
