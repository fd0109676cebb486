//! API classes: which of their functions are operations, and why the others are none.

use super::facts::{Api, Helper, Method, Unknown};
use super::pyast::{Class, Expression, Function, Kind, Statement};
use super::{docs, methods};
use crate::source::{FileId, Text};

/// Whether a class sends requests. Only these have names that end so, and no data class has.
pub(super) fn is_api(class: &Class) -> bool {
    class.name.ends_with("API") && class.decorators.is_empty() && class.bases.is_empty()
}

/// Reads an API class. A method outside the grammar is left out and returned beside the class.
pub(super) fn read(class: &Class, file: FileId) -> (Api, Vec<(Text, Unknown)>) {
    let mut api = Api {
        class: class.name.clone(),
        text: None,
        below: Vec::new(),
        methods: Vec::new(),
        helpers: Vec::new(),
    };
    let mut unknown = Vec::new();
    for (index, statement) in class.body.iter().enumerate() {
        match &statement.kind {
            Kind::Expression(Expression::Text(text)) if index == 0 => api.text = docs::text(text),
            Kind::Function(function) if function.name == "__init__" => api.below = below(function),
            Kind::Function(function) => match method(function, statement, file) {
                Ok(Member::Operation(method)) => api.methods.push(*method),
                Ok(Member::Helper(helper)) => api.helpers.push((function.name.clone(), helper)),
                Err(error) => unknown.push((function.name.clone(), error)),
            },
            _ => unknown.push(("".into(), Unknown::new("statement of an API class", &statement.span))),
        }
    }
    (api, unknown)
}

enum Member {
    Operation(Box<Method>),
    Helper(Helper),
}

fn method(function: &Function, statement: &Statement, file: FileId) -> Result<Member, Unknown> {
    match helper(function) {
        Some(helper) => Ok(Member::Helper(helper)),
        None => methods::read(function, statement, file).map(|method| Member::Operation(Box::new(method))),
    }
}

/// The functions that send no request of their own are told by what they do, not by their names: a new kind of helper
/// must not pass for one of these.
fn helper(function: &Function) -> Option<Helper> {
    if function
        .decorators
        .iter()
        .any(|decorator| decorator.is_name("property"))
    {
        return Some(Helper::Accessor);
    }
    if function.name.starts_with('_') {
        return Some(Helper::Private);
    }
    let mut statements = function.body.iter().filter(|statement| statement.docstring().is_none());
    match &statements.next()?.kind {
        Kind::Return(Some(value)) if is_waited_for(value) => Some(Helper::CallsAndWaits),
        Kind::Assign { target, .. } if target.is_name("deadline") => Some(Helper::Waits),
        _ => function
            .body
            .iter()
            .any(asks_for_data_plane)
            .then_some(Helper::DataPlane),
    }
}

/// `self.create(…).result(timeout=timeout)`
fn is_waited_for(value: &Expression) -> bool {
    value.call().is_some_and(|call| match &call.function {
        Expression::Attribute(of, name) => {
            name == "result" && of.call().is_some_and(|inner| is_own_method(&inner.function))
        }
        _ => false,
    })
}

fn is_own_method(function: &Expression) -> bool {
    matches!(function, Expression::Attribute(of, _) if of.is_name("self"))
}

/// `data_plane_info = self._data_plane_info_query(…)`
fn asks_for_data_plane(statement: &Statement) -> bool {
    matches!(&statement.kind, Kind::Assign { target, .. } if target.is_name("data_plane_info"))
}

/// `self._x = YAPI(self._api)` in the constructor: attribute and class.
fn below(function: &Function) -> Vec<(Text, Text)> {
    let classes = function.body.iter().filter_map(|statement| match &statement.kind {
        Kind::Assign {
            target: Expression::Attribute(of, attribute),
            value,
        } if of.is_name("self") => {
            let call = value.call()?;
            let class = call.function.name()?;
            let passed_on = call.arguments.first()?.is_path(&["self", "_api"]);
            passed_on.then(|| (attribute.trim_start_matches('_').into(), class.clone()))
        }
        _ => None,
    });
    classes.collect()
}
