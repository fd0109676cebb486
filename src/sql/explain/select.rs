//! SELECT: one call per table, views through their queries.

use super::bind::{Given, bind, is_known};
use super::dml::refusal;
use super::output::{check_output, check_table};
use super::pages::pages;
use super::pushdown::pushdown;
use super::request::request;
use super::value::Clause;
use super::{Call, Destination, Explanation, Failure, FailureKind, PassedOver, Pushed, TermUse, find, name_of};
use crate::mapping::SqlVerb;
use crate::provider::{self, Columns, Provider, Resource, Route, View, setting};
use crate::source::Text;
use crate::sql::parse::{Literal, OutputColumn, Predicate, Query, SelectQuery, TableRef, parse};

/// Views of views are followed this deep.
const MAX_VIEW_DEPTH: usize = 8;

pub(super) fn select(
    provider: &Provider,
    query: &SelectQuery,
    explanation: &mut Explanation,
    depth: usize,
) -> Result<(), Failure> {
    let mut late = Ok(());
    for table in &query.tables {
        let (service, resource) = find(provider, &table.target)?;
        if resource.methods.is_empty() && !resource.views.is_empty() {
            view(provider, resource, query, explanation, depth)?;
            continue;
        }
        let outcome = one_table(service, resource, query, table, explanation)?;
        late = late.and(outcome);
    }
    explanation.notes.extend(
        query
            .other_terms
            .iter()
            .map(|term| format!("`{term}` is applied to the rows that came back")),
    );
    late
}

/// One table. `Err` stops before the request, `Ok(Err)` after it.
fn one_table(
    service: &provider::Service,
    resource: &Resource,
    query: &SelectQuery,
    table: &TableRef,
    explanation: &mut Explanation,
) -> Result<Result<(), Failure>, Failure> {
    let predicates: Vec<&Predicate> = query
        .predicates
        .iter()
        .filter(|predicate| match (&predicate.table, &table.alias) {
            (Some(named), Some(alias)) => named == alias,
            (Some(named), None) => *named == table.target.resource,
            (None, _) => true,
        })
        .collect();
    let names: Vec<&str> = predicates.iter().map(|predicate| predicate.name.as_str()).collect();
    let route = provider::route(service, resource, SqlVerb::Select, &names);
    let (method, inputs) = chosen(&route, "select", &table.target, explanation)?;
    let rows = provider::columns(service, method);
    if let Columns::None(reason) = &rows {
        return Err(Failure::before(FailureKind::Unselectable, reason.clone()));
    }
    let columns: Vec<Text> = rows.list().iter().map(|column| column.name.clone()).collect();
    let is_single = query.tables.len() == 1;
    for name in &names {
        let exists = is_known(service, method, inputs, name) || columns.iter().any(|column| column == name);
        if !exists && is_single {
            return Err(Failure::before(
                FailureKind::UnknownName,
                format!(
                    "`{name}` is neither an input of the method `{}` nor a column",
                    method.name
                ),
            ));
        }
    }
    let hidden: Vec<Text> = inputs
        .all
        .iter()
        .filter(|input| input.required)
        .map(|input| input.name.clone())
        .collect();
    check_table(columns.iter().chain(&hidden))?;
    let given: Vec<Given<'_>> = predicates
        .iter()
        .filter_map(|predicate| {
            Some(Given {
                name: &predicate.name,
                value: predicate.values.first()?,
                clause: Clause::Where,
            })
        })
        .collect();
    note_odd_operators(&predicates, inputs, explanation);
    let mut bound = bind(service, method, inputs, &given, &columns)?;
    let pushed = if is_single {
        let block = setting(service, resource, method, "queryParamPushdown");
        block.map_or_else(Vec::new, |block| pushdown(block, query, &bound.terms, explanation))
    } else {
        Vec::new()
    };
    let parameters = pushed.iter();
    let parameters = parameters.map(|pushed| (pushed.parameter.clone(), pushed.value.clone()));
    bound.query.extend(parameters);
    let terms = std::mem::take(&mut bound.terms);
    let Some(operation) = method.operation.find(&service.spec) else {
        return Err(Failure::before(FailureKind::NoMethod, "the operation does not exist"));
    };
    let built = request(service, method, operation, bound)?;
    let refusal = refusal(service, method, operation, &built, inputs);
    explanation.calls.push(call(
        &route,
        name_of(&table.target),
        terms,
        Some(built),
        pages(service, resource, method),
        columns.clone(),
        pushed,
    ));
    if refusal.is_err() {
        return Ok(refusal);
    }
    if !is_single {
        return Ok(Ok(()));
    }
    let selects_only_all = query.columns.iter().all(|column| matches!(column, OutputColumn::All));
    if let (Columns::Anonymous(_), Some(_), true) = (&rows, &method.response.object_key, selects_only_all) {
        return Ok(Err(Failure::after(
            FailureKind::OnlyNulls,
            "texts behind an object key have no column of their own: every row is null",
        )));
    }
    Ok(check_output(&query.columns, &columns, &hidden))
}

/// The chosen method, or the runtime's complaint.
pub(super) fn chosen<'r, 'a>(
    route: &'r Route<'a>,
    verb: &str,
    target: &crate::sql::Target,
    explanation: &mut Explanation,
) -> Result<(&'a provider::Method, &'r provider::Inputs), Failure> {
    if let Some((method, inputs)) = &route.chosen {
        return Ok((method, inputs));
    }
    let mut message = format!(
        "no method of `{}` answers this {}",
        name_of(target),
        verb.to_uppercase()
    );
    for (method, missing) in &route.passed_over {
        explanation
            .notes
            .push(format!("`{}` needs {}", method.name, missing.join(", ")));
    }
    if route.passed_over.is_empty() {
        message.push_str(": none is listed for it");
    }
    Err(Failure::before(FailureKind::NoMethod, message))
}

pub(super) fn call(
    route: &Route<'_>,
    resource: String,
    terms: Vec<TermUse>,
    request: Option<super::HttpRequest>,
    pages: Option<String>,
    columns: Vec<Text>,
    pushdown: Vec<Pushed>,
) -> Call {
    let listed = |methods: &[(&provider::Method, Vec<Text>)]| -> Vec<PassedOver> {
        let entries = methods.iter().map(|(method, missing)| PassedOver {
            method: method.name.clone(),
            missing: missing.clone(),
        });
        entries.collect()
    };
    Call {
        resource,
        method: route
            .chosen
            .as_ref()
            .map(|(method, _)| method.name.clone())
            .unwrap_or_default(),
        passed_over: listed(&route.passed_over),
        not_tried: listed(&route.not_tried),
        terms,
        request,
        pages,
        pushdown,
        columns,
    }
}

/// Inputs are sent whatever the operator is.
fn note_odd_operators(predicates: &[&Predicate], inputs: &provider::Inputs, explanation: &mut Explanation) {
    for predicate in predicates {
        if inputs.get(&predicate.name).is_none() {
            continue;
        }
        match predicate.operator.as_str() {
            "=" => {}
            "IN" => explanation.notes.push(format!(
                "one request is sent for each of the {} values of `{}`; the first is shown",
                predicate.values.len(),
                predicate.name
            )),
            operator => explanation.notes.push(format!(
                "`{}` is an input: `{operator}` is taken for `=`",
                predicate.name
            )),
        }
    }
}

/// A view: its query with the values of WHERE in place of its placeholders and parameters.
fn view(
    provider: &Provider,
    resource: &Resource,
    query: &SelectQuery,
    explanation: &mut Explanation,
    depth: usize,
) -> Result<(), Failure> {
    if depth >= MAX_VIEW_DEPTH {
        return Err(Failure::before(FailureKind::UnknownTable, "the view refers to itself"));
    }
    let local = resource
        .views
        .iter()
        .find(|view| view.dialect.as_deref().is_none_or(|dialect| dialect == "sqlite3"))
        .or(resource.views.first());
    let Some(local) = local else {
        return Ok(());
    };
    let missing: Vec<&str> = required_of(local)
        .filter(|name| !query.predicates.iter().any(|predicate| predicate.name == *name))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::before(
            FailureKind::NoMethod,
            format!("the view needs {}", missing.join(", ")),
        ));
    }
    let Ok(Query::Select(mut inner)) = parse(&filled(local, &query.predicates)) else {
        explanation
            .notes
            .push("the query of the view is not understood".to_owned());
        return Ok(());
    };
    for predicate in &query.predicates {
        for replaced in inner.predicates.iter_mut().filter(|inner| inner.name == predicate.name) {
            replaced.values.clone_from(&predicate.values);
        }
    }
    explanation.notes.push(format!("`{}` is a view", resource.key));
    select(provider, &inner, explanation, depth + 1)
}

fn required_of(view: &View) -> impl Iterator<Item = &str> {
    view.required_parameters.iter().map(Text::as_str)
}

/// The view's query with its placeholders filled.
fn filled(view: &View, predicates: &[Predicate]) -> String {
    let mut sql = view.ddl.to_string();
    for predicate in predicates {
        let value = predicate.values.first().and_then(Literal::as_text).unwrap_or_default();
        for form in [
            format!("{{{{ {} }}}}", predicate.name),
            format!("{{{{{}}}}}", predicate.name),
        ] {
            sql = sql.replace(&form, &value.replace('\'', "''"));
        }
    }
    sql
}

/// Terms that went nowhere, in words.
pub(super) fn note_dropped(terms: &[TermUse], explanation: &mut Explanation) {
    for term in terms.iter().filter(|term| term.goes_to == Destination::Nowhere) {
        explanation.notes.push(format!(
            "`{}` is dropped without a word: the method does not know it",
            term.name
        ));
    }
}
