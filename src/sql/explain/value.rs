//! How a value of a statement arrives in a JSON body; it depends on the clause.

use serde_json::{Map, Number, Value};

use super::{Failure, FailureKind};
use crate::sql::parse::Literal;

/// Where a body value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// `INSERT … SELECT`
    InsertSelect,
    /// `INSERT … VALUES`
    InsertValues,
    /// `SET`
    Set,
    /// `WHERE`
    Where,
    /// `@x=`
    Exec,
}

impl Clause {
    /// For people.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Clause::InsertSelect => "SELECT",
            Clause::InsertValues => "VALUES",
            Clause::Set => "SET",
            Clause::Where => "WHERE",
            Clause::Exec => "EXEC",
        }
    }
}

/// The JSON value, or `None` where the runtime leaves the field out.
pub(super) fn body_value(literal: &Literal, clause: Clause) -> Result<Option<Value>, Failure> {
    let refused = |message: &str| Err(Failure::before(FailureKind::ValueType, message));
    match (literal, clause) {
        (Literal::Text(text), _) => Ok(Some(text_value(text))),
        (Literal::Call { function, argument }, _) if function == "string" => Ok(Some(argument.clone().into())),
        (Literal::Call { function, .. }, Clause::InsertSelect | Clause::InsertValues | Clause::Set) => refused(
            &format!("`{function}(…)` would be sent as a syntax tree; write the text alone"),
        ),
        (Literal::Call { argument, .. }, _) => Ok(Some(text_value(argument))),
        (Literal::Integer(text) | Literal::Decimal(text), Clause::InsertSelect | Clause::InsertValues)
        | (Literal::Integer(text), Clause::Where) => Ok(Some(number(text))),
        (Literal::Integer(text) | Literal::Decimal(text) | Literal::Expression(text), _) => {
            Ok(Some(text.clone().into()))
        }
        (Literal::Bool(value), Clause::InsertSelect) => Ok(Some((*value).into())),
        (Literal::Bool(value), Clause::Where | Clause::Exec) => Ok(Some(value.to_string().into())),
        (Literal::Bool(_), Clause::InsertValues) => {
            refused("VALUES takes neither `true` nor `false`; INSERT … SELECT does")
        }
        (Literal::Bool(_), Clause::Set) => refused("SET takes neither `true` nor `false`; write them in quotes"),
        (Literal::Null, Clause::Where) => Ok(None),
        (Literal::Null, _) => refused("NULL cannot be sent"),
    }
}

/// Objects and arrays are parsed, anything else stays text.
fn text_value(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => as_floats(value),
        // The runtime reads `null` into an empty object.
        Ok(Value::Null) => Value::Null,
        _ => text.into(),
    }
}

/// Whole numbers inside parsed JSON pass through floating point, which costs digits above 2^53.
fn as_floats(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(as_floats).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, as_floats(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Number(number) if !number.is_f64() => match number.as_f64() {
            Some(float) if float.abs() > 9e15 => number_of_shortest_digits(float),
            _ => Value::Number(number),
        },
        other => other,
    }
}

/// The shortest digits that mean this float, filled up with zeros.
fn number_of_shortest_digits(float: f64) -> Value {
    let scientific = format!("{float:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: usize = exponent.parse().unwrap_or(0);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction:0<exponent$}");
    self::number(&digits)
}

fn number(text: &str) -> Value {
    serde_json::from_str::<Number>(text).map_or_else(|_| text.into(), Value::Number)
}

/// Sets a field; dots in its name make objects.
pub(super) fn set_field(body: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        Some((first, rest)) if !first.is_empty() => {
            let inner = body.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                set_field(inner, rest, value);
            } else {
                *inner = value;
            }
        }
        _ => {
            body.insert(name.to_owned(), value);
        }
    }
}
