//! Where each term of a statement goes, once the method is known.

use serde_json::{Map, Value};

use super::value::{Clause, body_value, set_field};
use super::{Destination, Failure, TermUse};
use crate::provider::{BodyNaming, InputPlace, Inputs, Method, Service, has_body_schema};
use crate::source::{Node, Text};
use crate::sql::parse::Literal;

/// The values of a call, by place.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) path: Vec<(Text, String)>,
    pub(super) query: Vec<(Text, String)>,
    pub(super) header: Vec<(Text, String)>,
    pub(super) server: Vec<(Text, String)>,
    pub(super) body: Option<Map<String, Value>>,
    pub(super) terms: Vec<TermUse>,
}

/// A term: its name, its value and the clause in which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) name: &'a Text,
    pub(super) value: &'a Literal,
    pub(super) clause: Clause,
}

/// Places the terms. `columns` are those of the rows: a comparison with one of them is left to the local query.
pub(super) fn bind(
    service: &Service,
    method: &Method,
    inputs: &Inputs,
    given: &[Given<'_>],
    columns: &[Text],
) -> Result<Bound, Failure> {
    let mut bound = Bound::default();
    // The base is merged only when something besides parameters is given.
    if given.iter().any(|term| !is_own_parameter(service, method, term.name))
        && let Some(base) = request_base(method)
    {
        bound.body.get_or_insert_default().extend(base);
    }
    for term in given {
        let goes_to = place(service, method, inputs, term, columns, &mut bound)?;
        bound.terms.push(TermUse {
            clause: term.clause.as_str(),
            name: term.name.clone(),
            value: term.value.as_text().map(str::to_owned),
            goes_to,
        });
    }
    Ok(bound)
}

fn place(
    service: &Service,
    method: &Method,
    inputs: &Inputs,
    term: &Given<'_>,
    columns: &[Text],
    bound: &mut Bound,
) -> Result<Destination, Failure> {
    let Some(input) = inputs.get(term.name) else {
        return Ok(if columns.contains(term.name) {
            Destination::LocalFilter
        } else {
            Destination::Nowhere
        });
    };
    let text = term.value.as_text().unwrap_or_default().to_owned();
    match input.place {
        InputPlace::Body => {
            if let Some(value) = body_value(term.value, term.clause)? {
                let wire = match BodyNaming::of(method) {
                    BodyNaming::Below(parent) => ecow::eco_format!("{parent}.{}", input.wire_name),
                    _ => input.wire_name.clone(),
                };
                set_field(bound.body.get_or_insert_default(), &wire, value);
            }
        }
        // Parameters of the path item are known, but sent nowhere.
        InputPlace::Path | InputPlace::Query | InputPlace::Header if !is_own_parameter(service, method, term.name) => {
            return Ok(Destination::Nowhere);
        }
        InputPlace::Path => bound.path.push((input.wire_name.clone(), text)),
        InputPlace::Query => bound.query.push((input.wire_name.clone(), text)),
        InputPlace::Header => bound.header.push((input.wire_name.clone(), text)),
        InputPlace::Server => bound.server.push((input.wire_name.clone(), text)),
    }
    Ok(Destination::Request(input.place))
}

/// Whether the operation itself declares a parameter, not only its path item.
pub(super) fn is_own_parameter(service: &Service, method: &Method, name: &str) -> bool {
    own_parameters(service, method)
        .any(|parameter| parameter.get("name").and_then(Node::scalar_text).as_deref() == Some(name))
}

/// The parameters of the operation itself, resolved.
pub(super) fn own_parameters<'a>(service: &'a Service, method: &Method) -> impl Iterator<Item = &'a Node> {
    let operation = method.operation.find(&service.spec);
    operation
        .and_then(|operation| operation.node.get("parameters"))
        .and_then(Node::as_list)
        .into_iter()
        .flatten()
        .filter_map(|parameter| service.spec.resolve(parameter))
}

/// The names that the runtime knows for a call: parameters, server variables, and body fields, optional ones only where
/// the operation has parameters at all.
pub(super) fn is_known(service: &Service, method: &Method, inputs: &Inputs, name: &str) -> bool {
    inputs.get(name).is_some_and(|input| {
        input.place != InputPlace::Body
            || input.required
            || own_parameters(service, method).next().is_some() && has_body_schema(service, method)
    })
}

fn request_base(method: &Method) -> Option<Map<String, Value>> {
    let base = method.request.as_ref()?.node.as_ref()?.get_str("base")?;
    serde_json::from_str(base).ok()
}
