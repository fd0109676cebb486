//! Plausible values for examples, from what the schema says.

use crate::provider::Input;
use crate::source::{Node, Text, Value};
use crate::sql::Term;

/// Longest example that is worth showing in a statement.
const MAX_LENGTH: usize = 120;

/// A value that the schema itself suggests: its example, default, first enum value, or one that fits the format. None
/// for names that look like a secret's, and when the schema suggests nothing.
pub(super) fn plausible(input: &Input) -> Option<Term> {
    if looks_secret(&input.name) || input.schema.get_str("format") == Some("password") {
        return None;
    }
    let schema = &input.schema;
    let written = ["example", "default", "const"].iter().find_map(|key| schema.get(key));
    let first_example = schema
        .get("examples")
        .and_then(Node::as_list)
        .and_then(|list| list.first());
    if let Some(term) = written.or(first_example).and_then(term) {
        return Some(term);
    }
    if let Some(value) = input.values.first() {
        return Some(Term::Text(value.clone()));
    }
    by_format(schema.get_str("format")?)
}

fn term(node: &Node) -> Option<Term> {
    let text: Text = match &node.value {
        Value::Null => return None,
        Value::Bool(value) => return Some(Term::Bare(if *value { "true" } else { "false" }.into())),
        Value::Number(text) => return Some(Term::Bare(text.clone())),
        Value::String(text) => text.clone(),
        Value::List(_) | Value::Map(_) => serde_json::to_string(node).ok()?.into(),
    };
    let fits = !text.is_empty() && text.len() <= MAX_LENGTH && !text.contains(char::is_control);
    fits.then_some(Term::Text(text))
}

fn by_format(format: &str) -> Option<Term> {
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
    Some(Term::Text(text.into()))
}

fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "password",
        "secret",
        "token",
        "credential",
        "private",
        "api_key",
        "apikey",
        "auth",
        "passphrase",
    ]
    .iter()
    .any(|word| name.contains(word))
}
