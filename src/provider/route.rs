//! Which method answers a statement: the runtime takes the first one of the verb's list whose required inputs are all
//! there, and nothing else counts.

use super::inputs::{InputPlace, Inputs, inputs, request_content};
use super::{Method, Resource, Service};
use crate::mapping::SqlVerb;
use crate::source::Text;

/// The outcome of looking for a method.
#[derive(Debug, Clone)]
pub struct Route<'a> {
    /// The method that is called, with its inputs.
    pub chosen: Option<(&'a Method, Inputs)>,
    /// The methods that were tried before it, each with the required inputs that are missing.
    pub passed_over: Vec<(&'a Method, Vec<Text>)>,
    /// The methods behind the chosen one, which the runtime does not look at, each with what would be missing.
    pub not_tried: Vec<(&'a Method, Vec<Text>)>,
}

/// Looks for the method of a verb that the given names reach.
#[must_use]
pub fn route<'a>(service: &Service, resource: &'a Resource, verb: SqlVerb, names: &[&str]) -> Route<'a> {
    let mut route = Route {
        chosen: None,
        passed_over: Vec::new(),
        not_tried: Vec::new(),
    };
    for method in resource.methods_for(verb) {
        let inputs = inputs(service, method);
        let missing: Vec<Text> = needed(service, method, &inputs)
            .into_iter()
            .filter(|name| !names.contains(&name.as_str()))
            .collect();
        if route.chosen.is_some() {
            route.not_tried.push((method, missing));
        } else if missing.is_empty() {
            route.chosen = Some((method, inputs));
        } else {
            route.passed_over.push((method, missing));
        }
    }
    route
}

/// The names without which the runtime does not take a method. Server variables count only where there is a body.
#[must_use]
pub fn needed(service: &Service, method: &Method, inputs: &Inputs) -> Vec<Text> {
    let has_body = has_body_schema(service, method);
    inputs
        .required()
        .filter(|input| has_body || input.place != InputPlace::Server)
        .map(|input| input.name.clone())
        .collect()
}

/// Whether the runtime knows a schema for the request body.
#[must_use]
pub fn has_body_schema(service: &Service, method: &Method) -> bool {
    method
        .operation
        .find(&service.spec)
        .and_then(|operation| request_content(operation, method))
        .is_some_and(|content| content.schema.is_some())
}
