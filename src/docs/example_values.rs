//! Plausible values for examples, from what the schema says.

use crate::provider::credentials::{holds_secret, is_secret_name, json_in};
use crate::provider::{Input, InputPlace};
use crate::source::{Node, Text, Value};
use crate::sql::Term;

/// Longest example that is worth showing in a statement.
const MAX_LENGTH: usize = 120;

/// A value that the description itself suggests: an example, the default, the first enum value, or one that fits the
/// format, written as the type wants it. None for what looks like a secret, by its name or by the value, and when
/// nothing is suggested.
pub(super) fn plausible(input: &Input) -> Option<Term> {
    if may_be_secret(&input.name, &input.data_type, &input.schema) {
        return None;
    }
    let of_parameter = input.example.iter();
    let of_schema = written(&input.schema);
    let is_time = matches!(input.schema.get_str("format"), Some("date" | "date-time"));
    let fits = |node: &&Node| !is_time || node.scalar_text().is_some_and(|text| begins_with_digit(&text));
    if let Some(term) = of_parameter
        .chain(of_schema)
        .filter(fits)
        .find_map(|node| term(node, &input.data_type))
    {
        return Some(term);
    }
    if let Some(value) = input.values.first() {
        // What the API takes is shown in whatever form it has.
        return is_presentable(value).then(|| typed(value.clone(), &input.data_type, true))?;
    }
    if input.place == InputPlace::Server {
        let default = input.default.clone().filter(is_presentable);
        return default.map(Term::Text);
    }
    let schema = &input.schema;
    if input.data_type == "array" {
        return of_items(schema.get("items")?);
    }
    by_format(schema.get_str("format")?).map(|text| Term::Text(text.into()))
}

/// A switch is no secret, whatever it is called.
fn may_be_secret(name: &str, data_type: &str, schema: &Node) -> bool {
    data_type != "boolean" && (is_secret_name(name) || schema.get_str("format") == Some("password"))
}

/// The values that a schema writes out, best first.
fn written(schema: &Node) -> impl Iterator<Item = &Node> {
    let single = ["example", "default", "const"]
        .into_iter()
        .filter_map(|key| schema.get(key));
    let first = schema
        .get("examples")
        .and_then(Node::as_list)
        .and_then(|list| list.first());
    single.chain(first)
}

/// A list of one of what the items may be.
fn of_items(items: &Node) -> Option<Term> {
    let data_type = items.get_str("type").unwrap_or("string");
    if matches!(data_type, "array" | "object") || may_be_secret("", data_type, items) {
        return None;
    }
    let values = items.get("enum").and_then(Node::as_list).and_then(|list| list.first());
    let written = written(items).chain(values).find_map(|node| term(node, data_type));
    let by_format = || {
        items
            .get_str("format")
            .and_then(by_format)
            .map(|text| Term::Text(text.into()))
    };
    let item = match written.or_else(by_format)? {
        Term::Bare(text) => text.to_string(),
        Term::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Term::Placeholder(_) => return None,
    };
    Some(Term::Text(ecow::eco_format!("[{item}]")))
}

/// A value as its type wants it: numbers and switches bare, also where the description has them as text; lists and
/// objects as JSON, and only where one is wanted.
fn term(node: &Node, data_type: &str) -> Option<Term> {
    let is_structured = matches!(data_type, "array" | "object");
    let text: Text = match &node.value {
        Value::Null => return None,
        Value::Bool(_) | Value::Number(_) if is_structured => return None,
        Value::Bool(_) | Value::Number(_) => node.scalar_text()?,
        Value::String(text) if is_structured && json_in(text).is_none() => return None,
        Value::String(text) => text.clone(),
        Value::List(_) | Value::Map(_) if holds_secret(node) || data_type == "string" => return None,
        Value::List(_) | Value::Map(_) => serde_json::to_string(node).ok()?.into(),
    };
    if text.is_empty() || !is_presentable(&text) {
        return None;
    }
    typed(
        text,
        data_type,
        !matches!(node.value, Value::Bool(_) | Value::Number(_)),
    )
}

/// `is_text`: whether it is one where the type does not say.
fn typed(text: Text, data_type: &str, is_text: bool) -> Option<Term> {
    match data_type {
        "boolean" => matches!(text.as_str(), "true" | "false").then_some(Term::Bare(text)),
        "integer" | "number" => is_number(&text).then_some(Term::Bare(text)),
        "string" => Some(Term::Text(text)),
        _ if is_text => Some(Term::Text(text)),
        _ => Some(Term::Bare(text)),
    }
}

/// Whether a text is short and plain enough for a statement, and nothing in it is secret.
fn is_presentable(text: &Text) -> bool {
    text.len() <= MAX_LENGTH && !text.contains(char::is_control) && !holds_secret(&Node::string(text.clone()))
}

fn is_number(text: &str) -> bool {
    let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
    is_finite && text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
}

/// Whether a text may be a time: descriptions have words such as `now` in that place, which no API need take.
fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

fn by_format(format: &str) -> Option<&'static str> {
    let text = match format {
        "date-time" => "2025-01-31T12:00:00Z",
        "date" => "2025-01-31",
        "uuid" => "123e4567-e89b-12d3-a456-426614174000",
        "email" => "user@example.com",
        "uri" | "url" => "https://example.com",
        "hostname" => "host.example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::plausible;
    use crate::provider::{Input, InputPlace};
    use crate::source::{FileId, Node, read};
    use crate::sql::Term;

    fn input(name: &str, schema: &str) -> Input {
        let schema = read(FileId::NONE, schema).expect("YAML").root;
        let values = schema.get("enum").and_then(Node::as_list).into_iter().flatten();
        Input {
            name: name.into(),
            wire_name: name.into(),
            place: InputPlace::Query,
            required: false,
            data_type: schema.get_str("type").unwrap_or("any").into(),
            description: None,
            default: None,
            values: values.filter_map(Node::scalar_text).collect(),
            example: None,
            deprecated: false,
            read_only: false,
            schema,
        }
    }

    #[test]
    fn values_are_those_of_the_description_as_their_type_wants_them() {
        let text = |text: &str| Some(Term::Text(text.into()));
        let bare = |text: &str| Some(Term::Bare(text.into()));
        for (schema, expected) in [
            ("{type: string, example: blue, default: red}", text("blue")),
            ("{type: string, default: red, enum: [green, red]}", text("red")),
            ("{type: string, enum: [green, red]}", text("green")),
            (
                "{type: string, format: uuid}",
                text("123e4567-e89b-12d3-a456-426614174000"),
            ),
            (
                "{type: string, format: date, default: current time}",
                text("2025-01-31"),
            ),
            ("{type: string, format: date, default: 2024-02-01}", text("2024-02-01")),
            ("{type: string, example: 5}", text("5")),
            ("{type: integer, example: '5'}", bare("5")),
            ("{type: integer, enum: [3, 4]}", bare("3")),
            ("{type: integer, example: many}", None),
            ("{type: number, example: '-inf'}", None),
            ("{type: number, example: '-nan'}", None),
            ("{type: string, enum: [\"a\\nb\"]}", None),
            ("{type: boolean, default: 'true'}", bare("true")),
            ("{type: array, example: [a, b]}", text("[\"a\",\"b\"]")),
            ("{type: array, example: 'a,b'}", None),
            ("{type: array, example: '[1, 2]'}", text("[1, 2]")),
            ("{type: array, items: {type: string, enum: [x, y]}}", text("[\"x\"]")),
            ("{type: array, items: {type: integer, example: 7}}", text("[7]")),
            ("{type: object, example: {a: 1}}", text("{\"a\":1}")),
            ("{type: string, example: [a]}", None),
            ("{type: string}", None),
        ] {
            assert_eq!(plausible(&input("color", schema)), expected, "{schema}");
        }
    }

    #[test]
    fn the_example_of_a_parameter_and_the_default_of_a_server_count() {
        let mut parameter = input("owner", "{type: string, default: x}");
        parameter.example = Some(Node::string("octocat"));
        assert_eq!(plausible(&parameter), Some(Term::Text("octocat".into())));
        let mut variable = input("region", "{}");
        variable.place = InputPlace::Server;
        variable.default = Some("eu".into());
        assert_eq!(plausible(&variable), Some(Term::Text("eu".into())));
        variable.default = Some("ghp_abc".into());
        assert_eq!(plausible(&variable), None);
    }

    #[test]
    fn secrets_are_never_shown() {
        for (name, schema) in [
            ("api-key", "{type: string, example: abc}"),
            ("clientSecret", "{type: string, default: abc}"),
            ("value", "{type: string, format: password, example: abc}"),
            ("value", "{type: string, example: ghp_abc}"),
            ("value", "{type: string, enum: [ghp_abc]}"),
            ("value", "{type: string, example: '{\"password\": \"abc\"}'}"),
            ("config", "{type: object, example: {url: u, secret: abc}}"),
            ("config", "{type: object, example: '{\"secret\": \"abc\"}'}"),
            ("config", "{type: array, example: [{nested: {accessKey: abc}}]}"),
            ("urls", "{type: array, example: ['https://a:b@example.com']}"),
            (
                "keys",
                "{type: array, items: {type: string, format: password, example: abc}}",
            ),
        ] {
            assert_eq!(plausible(&input(name, schema)), None, "{name} {schema}");
        }
        let switch = input("private", "{type: boolean, default: false}");
        assert_eq!(plausible(&switch), Some(Term::Bare("false".into())));
    }
}
