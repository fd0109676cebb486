//! Values for the placeholders of a statement.

use serde_json::Value;

use super::sample::{plain, sample};
use crate::openapi::Spec;
use crate::provider::{Input, Inputs};

/// The statement with a value in each placeholder, taken from the schema of the input of that name.
pub(super) fn fill(sql: &str, spec: &Spec, inputs: &Inputs) -> String {
    let mut filled = String::with_capacity(sql.len());
    let mut in_text = false;
    let mut rest = sql;
    while let Some((before, behind)) = rest.split_once("{{") {
        let Some((name, after)) = behind.split_once("}}") else {
            break;
        };
        // Quotes inside a text are doubled, which turns this off and on again.
        in_text ^= before.matches('\'').count() % 2 == 1;
        filled.push_str(before);
        let value = value_of(name.trim(), spec, inputs);
        filled.push_str(&written(&value, Place::of(before, after, in_text)));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Where a placeholder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Bare in the statement.
    Bare,
    /// The content of a text in single quotes.
    Text,
    /// The content of a JSON string inside such a text.
    JsonString,
    /// A JSON value inside such a text.
    Json,
}

impl Place {
    fn of(before: &str, after: &str, in_text: bool) -> Self {
        let is_quoted_by = |quote: char| before.ends_with(quote) && after.starts_with(quote);
        match in_text {
            false => Place::Bare,
            true if is_quoted_by('"') => Place::JsonString,
            true if before.ends_with('\'') => Place::Text,
            true => Place::Json,
        }
    }
}

fn written(value: &Value, place: Place) -> String {
    let text = match (place, value) {
        (Place::Bare | Place::Text, Value::String(text)) => text.clone(),
        (Place::Json | Place::Bare | Place::Text, value) => value.to_string(),
        (Place::JsonString, Value::String(text)) => without_quotes(&Value::from(text.as_str()).to_string()).to_owned(),
        (Place::JsonString, value) => without_quotes(&Value::from(value.to_string()).to_string()).to_owned(),
    };
    match place {
        Place::Bare => text,
        // A backslash is an escape in SQL text, and `{{` would be taken for a template.
        _ => text
            .replace('\\', "\\\\")
            .replace('\'', "''")
            .replace("{{", "{ {")
            .replace("}}", "} }"),
    }
}

fn without_quotes(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

fn value_of(name: &str, spec: &Spec, inputs: &Inputs) -> Value {
    let bare = name.strip_prefix("data__").unwrap_or(name);
    let mut found = inputs
        .all
        .iter()
        .filter(|input| input.name == name || input.name == bare);
    match found.next() {
        Some(input) => input_value(spec, input),
        None => Value::String(format!("v_{}", plain(name))),
    }
}

fn input_value(spec: &Spec, input: &Input) -> Value {
    if input.schema.is_null() {
        let suggested = input.values.first().or(input.default.as_ref());
        let text = suggested.map_or_else(|| format!("s_{}", plain(&input.name)), ToString::to_string);
        return Value::String(text);
    }
    let schema = spec.schema(&input.schema);
    // Declared as text for EXEC, but a number or boolean on the wire.
    match input.schema.get_str("x-wire-type") {
        Some("boolean") => Value::String("true".to_owned()),
        Some("number") => Value::String("1.5".to_owned()),
        Some("integer") => Value::String("1".to_owned()),
        _ => sample(&schema, &input.name),
    }
}
