//! The HTTP request of a call.

use serde_json::{Map, Value};

use super::bind::{Bound, own_parameters};
use super::{Failure, FailureKind};
use crate::openapi::{HttpVerb, Operation};
use crate::provider::{Method, SentBody, Service, default_body};
use crate::source::{Node, Text};

/// A request as it is sent, without credentials.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Scheme and host, as far as they are known.
    pub server: String,
    /// Path and query, with the base path of the server.
    pub target: String,
    /// Headers that the statement or a default sets.
    pub headers: Vec<(Text, String)>,
    /// The body, where there is one.
    pub body: Option<Value>,
}

/// Builds the request of a call.
pub(super) fn request(
    service: &Service,
    method: &Method,
    operation: &Operation,
    bound: Bound,
) -> Result<HttpRequest, Failure> {
    let (server, base) = server_of(operation, &bound.server)?;
    let path = fill(&format!("{base}{}", operation.path), &bound.path);
    let mut target = target(&path, bound.query);
    if !finds_route(service, operation.verb, &base, &target) {
        return Err(Failure::before(
            FailureKind::Routing,
            format!("no operation of the document has the path `{target}`: a value holds `/`, `?` or nothing"),
        ));
    }
    if drops_marked_parameters(method) {
        target = without_marked_parameters(&target);
    }
    Ok(HttpRequest {
        method: operation.verb.as_str().to_uppercase(),
        server,
        target,
        headers: headers(service, method, bound.header),
        body: bound
            .body
            .map(|fields| written(method, fields))
            .or_else(|| body_without_fields(method, operation)),
    })
}

/// A method with a body and nothing to put into it sends its default, or the text `null`; nothing where a transform
/// would take that field out of its object.
fn body_without_fields(method: &Method, operation: &Operation) -> Option<Value> {
    let content = crate::provider::request_content(operation, method)?;
    let sends_null = content.is_json() && SentBody::of(method) != SentBody::Whole;
    default_body(method).or_else(|| sends_null.then_some(Value::Null))
}

/// The body as the request transform writes it; forms and parts as text.
fn written(method: &Method, fields: Map<String, Value>) -> Value {
    let text_of = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match SentBody::of(method) {
        SentBody::Json | SentBody::Unknown | SentBody::Multipart => Value::Object(fields),
        SentBody::Coerced(names) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let is_coerced = names.iter().any(|coerced| *coerced == name);
                let value = if is_coerced { bare(value) } else { value };
                (name, value)
            });
            Value::Object(fields.collect())
        }
        SentBody::Whole => fields
            .into_iter()
            .next()
            .map(|(_, value)| bare(value))
            .unwrap_or_default(),
        SentBody::Form => {
            let mut pairs: Vec<(String, String)> = fields
                .iter()
                .map(|(name, value)| (name.clone(), text_of(value)))
                .collect();
            pairs.sort();
            let pairs = pairs
                .iter()
                .map(|(name, value)| format!("{}={}", query_escape(name), query_escape(value)));
            Value::String(pairs.collect::<Vec<_>>().join("&"))
        }
    }
}

/// Text that reads as a number, boolean or null becomes one.
fn bare(value: Value) -> Value {
    let Value::String(text) = &value else { return value };
    match serde_json::from_str(text) {
        Ok(bare @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => bare,
        _ => value,
    }
}

/// `config.requestTranslate`: queries in path keys that only keep equal paths apart are not sent.
fn drops_marked_parameters(method: &Method) -> bool {
    let algorithm = method
        .config
        .get("requestTranslate")
        .and_then(|translate| translate.get_str("algorithm"));
    algorithm == Some("drop_double_underscore_params")
}

fn without_marked_parameters(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let mut kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("__")).collect();
    kept.sort_unstable();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    }
}

/// Scheme with host, and base path of the first server that has a value for each of its variables.
fn server_of(operation: &Operation, given: &[(Text, String)]) -> Result<(String, String), Failure> {
    for server in &operation.servers {
        let mut values: Vec<(Text, String)> = Vec::new();
        let mut is_complete = true;
        for variable in &server.variables {
            let given = given.iter().find(|(name, _)| *name == variable.name);
            let default = variable.default.as_deref().filter(|default| !default.is_empty());
            match given.map(|(_, value)| value.as_str()).or(default) {
                Some(value) => values.push((variable.name.clone(), value.to_owned())),
                None => is_complete = false,
            }
        }
        if is_complete {
            let url = fill(&without_patterns(&server.url), &values);
            let url = url.trim_end_matches('/');
            let host_start = url.find("://").map_or(0, |at| at + 3);
            let host_end = url[host_start..].find('/').map_or(url.len(), |at| at + host_start);
            return Ok((url[..host_end].to_owned(), url[host_end..].to_owned()));
        }
    }
    Err(Failure::before(
        FailureKind::Routing,
        "no server has a value for each of its variables",
    ))
}

/// `{name:pattern}` as `{name}`.
fn without_patterns(url: &str) -> String {
    let mut plain = String::with_capacity(url.len());
    let mut depth = 0_usize;
    let mut in_pattern = false;
    for character in url.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 1 => in_pattern = true,
            _ => {}
        }
        in_pattern &= depth > 0;
        if !in_pattern {
            plain.push(character);
        }
    }
    plain
}

fn fill(template: &str, values: &[(Text, String)]) -> String {
    let mut filled = template.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}

fn target(path: &str, mut query: Vec<(Text, String)>) -> String {
    query.sort();
    let pairs: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{}={}", query_escape(name), query_escape(value)))
        .collect();
    let pairs = pairs.join("&");
    // A fragment is never sent.
    let path = path.split('#').next().unwrap_or_default();
    let (path, fixed) = path.split_once('?').unwrap_or((path, ""));
    let path = path_escape(path);
    match (fixed.is_empty(), pairs.is_empty()) {
        (true, true) => path,
        (true, false) => format!("{path}?{pairs}"),
        (false, true) => format!("{path}?{fixed}"),
        (false, false) => format!("{path}?{fixed}&{pairs}"),
    }
}

/// As HTML forms do: blanks become `+`.
fn query_escape(text: &str) -> String {
    escape(text, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
    })
    .replace("%20", "+")
}

/// A path that is valid as it stands stays; else it is decoded and escaped anew.
fn path_escape(path: &str) -> String {
    let is_valid = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:@[]%/".contains(&byte));
    if is_valid {
        return path.to_owned();
    }
    escape(path, |byte| {
        byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@%".contains(&byte)
    })
}

fn escape(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    escaped
}

/// The runtime looks the finished path up among the paths of the document again.
fn finds_route(service: &Service, verb: HttpVerb, base: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let Some(path) = path.strip_prefix(path_escape(base).as_str()) else {
        return false;
    };
    service
        .spec
        .operations
        .iter()
        .filter(|operation| operation.verb == verb)
        .any(|operation| matches(operation.path.split('?').next().unwrap_or_default(), path))
}

fn matches(template: &str, path: &str) -> bool {
    if template.contains('#') {
        return false;
    }
    let mut wanted = template.split('/');
    let mut found = path.split('/');
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) if segment_matches(wanted, found) => {}
            _ => return false,
        }
    }
}

/// A segment with placeholders matches any text that is long enough; the fixed parts have to be there.
fn segment_matches(wanted: &str, found: &str) -> bool {
    let Some((before, rest)) = wanted.split_once('{') else {
        return path_escape(wanted) == found || wanted == found;
    };
    let Some((_, after)) = rest.split_once('}') else {
        return false;
    };
    let Some(found) = found.strip_prefix(before) else {
        return false;
    };
    if after.is_empty() {
        return !found.is_empty();
    }
    (1..=found.len())
        .filter(|end| found.is_char_boundary(*end))
        .any(|end| segment_matches(after, &found[end..]))
}

/// Headers that the statement gives, and those with a default.
fn headers(service: &Service, method: &Method, given: Vec<(Text, String)>) -> Vec<(Text, String)> {
    let mut headers = given;
    for parameter in own_parameters(service, method) {
        let is_header = parameter.get_str("in") == Some("header");
        let default = parameter
            .get("schema")
            .and_then(|schema| service.spec.resolve(schema))
            .and_then(|schema| schema.get("default"))
            .and_then(Node::scalar_text);
        if let (true, Some(name), Some(default)) = (is_header, parameter.get_str("name"), default)
            && !headers.iter().any(|(set, _)| set == name)
        {
            headers.push((name.into(), default.to_string()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::{matches, path_escape, query_escape, target, without_patterns};

    #[test]
    fn paths_and_queries_are_escaped_as_on_the_wire() {
        assert_eq!(path_escape("/a b/{c}"), "/a%20b/%7Bc%7D");
        assert_eq!(path_escape("/v1/x:y(z)"), "/v1/x:y(z)");
        assert_eq!(query_escape("a b/[c]"), "a+b%2F%5Bc%5D");
        let query = vec![("b".into(), "2".to_owned()), ("a".into(), "1".to_owned())];
        assert_eq!(target("/x?beta=true", query), "/x?beta=true&a=1&b=2");
        assert_eq!(target("/x", Vec::new()), "/x");
    }

    #[test]
    fn routes_are_found_segment_by_segment() {
        assert!(matches("/a/{b}/c", "/a/1/c"));
        assert!(matches("/a/{b}.json", "/a/1.json"));
        assert!(matches("/a/{b}:{c}", "/a/1:2"));
        assert!(!matches("/a/{b}", "/a/1/2"));
        assert!(!matches("/a/{b}/c", "/a//c"));
        assert!(!matches("/a#b", "/a"));
    }

    #[test]
    fn patterns_of_server_variables_are_left_out() {
        assert_eq!(without_patterns("https://{a:^(?:[^/]{1,2})$}/x:1"), "https://{a}/x:1");
    }
}
