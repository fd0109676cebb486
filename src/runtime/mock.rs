//! An API made from a provider's own documents: it answers each operation with what its schema describes, checks each
//! request against the operation and writes down what arrived.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::api::{Api, json_body, method_of, percent_decode, split_target};
use super::registry::{HostVariable, host_variables};
use super::sample::sample;
use super::server::{Arrived, Reply, Server};
use crate::openapi::{HttpVerb, MediaType, Operation, ParameterLocation, Response};
use crate::provider::{Method, Provider, SentBody, Service, setting};
use crate::source::{Node, Text};

/// A request with what the mock made of it.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) arrived: Arrived,
    /// The service whose server it was sent to.
    pub(super) service: Text,
    /// Path and query behind the server's URL.
    pub(super) target: String,
    /// Server variables with their values.
    pub(super) server: Vec<(String, String)>,
    /// The operation that it is for.
    pub(super) operation: Option<(Text, HttpVerb)>,
    /// What is wrong with it.
    pub(super) problems: Vec<String>,
    /// Whether the answer told of a further page.
    pub(super) has_next_page: bool,
}

/// The answers of a provider's API.
#[derive(Debug)]
pub(super) struct Answers {
    provider: Arc<Provider>,
    apis: Vec<Api>,
}

/// The mock as a server: one for all workers, which are told apart by the first part of the path.
pub(super) struct Mock {
    server: Server,
    log: Arc<Mutex<Vec<Vec<Exchange>>>>,
}

impl Mock {
    /// Starts the server.
    ///
    /// # Errors
    /// No port is free.
    pub(super) fn start(answers: Arc<Answers>, workers: usize) -> std::io::Result<Self> {
        let log = Arc::new(Mutex::new(vec![Vec::new(); workers]));
        let shared = Arc::clone(&log);
        let server = Server::start(move |arrived| {
            let (worker, exchange, reply) = answers.serve(arrived);
            if let Some(entries) = lock(&shared).get_mut(worker) {
                entries.push(exchange);
            }
            reply
        })?;
        Ok(Mock { server, log })
    }

    /// The port on the loopback interface.
    pub(super) fn port(&self) -> u16 {
        self.server.port
    }

    /// What a worker's statement sent; forgotten afterwards.
    pub(super) fn take(&self, worker: usize) -> Vec<Exchange> {
        lock(&self.log).get_mut(worker).map(std::mem::take).unwrap_or_default()
    }
}

/// A panic in another thread leaves whole entries behind, never half of one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Answers {
    /// The answers for a provider.
    pub(super) fn new(provider: Arc<Provider>) -> Self {
        let apis = provider.services.iter().map(Api::new).collect();
        Answers { provider, apis }
    }

    /// Takes the mock's own part off the path and answers the rest.
    fn serve(&self, arrived: Arrived) -> (usize, Exchange, Reply) {
        let (head, rest) = arrived
            .target
            .split_once("/~~")
            .unwrap_or((arrived.target.as_str(), ""));
        let mut parts = head.trim_start_matches('/').split('/');
        let worker = parts.next().and_then(|part| part.parse().ok()).unwrap_or(usize::MAX);
        let service = parts.next().map(percent_decode).unwrap_or_default();
        let server: Vec<(String, String)> = parts
            .filter_map(|part| part.strip_prefix('~')?.split_once('='))
            .map(|(name, value)| (name.to_owned(), percent_decode(value)))
            .collect();
        let target = if rest.starts_with('/') {
            rest.to_owned()
        } else {
            format!("/{rest}")
        };
        let full_target = arrived.target.clone();
        let (exchange, reply) = self.answer(arrived, &service, target, server, &full_target);
        (worker, exchange, reply)
    }

    /// Answers a request for a service.
    pub(super) fn answer(
        &self,
        arrived: Arrived,
        service_name: &str,
        target: String,
        server: Vec<(String, String)>,
        full_target: &str,
    ) -> (Exchange, Reply) {
        let mut exchange = Exchange {
            service: service_name.into(),
            target,
            server,
            operation: None,
            problems: Vec::new(),
            has_next_page: false,
            arrived,
        };
        let found = self.provider.services.iter().zip(&self.apis);
        let Some((service, api)) = { found }.find(|(service, _)| service.name == service_name) else {
            exchange.problems.push(format!("there is no service `{service_name}`"));
            let reply = refusal(404, &exchange);
            return (exchange, reply);
        };
        let (path, query) = split_target(&exchange.target);
        if exchange.target.contains('{')
            || exchange.target.to_ascii_uppercase().contains("%7B")
                && path.contains('%')
                && percent_decode(path).contains('{')
        {
            exchange
                .problems
                .push(format!("a placeholder is not filled in: `{}`", percent_decode(path)));
        }
        let Some(operation) = api.find(service, &exchange.arrived.verb, path, &query) else {
            exchange
                .problems
                .push(format!("no operation is at {} {path}", exchange.arrived.verb));
            let reply = refusal(404, &exchange);
            return (exchange, reply);
        };
        exchange.operation = Some((operation.path.clone(), operation.verb));
        let problems = check(service, operation, &exchange, &query);
        exchange.problems.extend(problems);
        if !exchange.problems.is_empty() {
            let reply = refusal(400, &exchange);
            return (exchange, reply);
        }
        let reply = success(service, operation, &mut exchange, full_target);
        (exchange, reply)
    }
}

/// What an API would refuse.
fn check(service: &Service, operation: &Operation, exchange: &Exchange, query: &[(String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    let host = operation
        .servers
        .first()
        .map(|server| host_variables(&server.url))
        .unwrap_or_default();
    for HostVariable(name) in host {
        let value = exchange.server.iter().find(|(known, _)| *known == name);
        if let Some((_, value)) = value
            && value.contains(['.', ':', '/'])
        {
            problems.push(format!(
                "the value `{value}` of the server variable `{name}` would not match in the host of the document"
            ));
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let name = parameter.name.as_str();
        let is_there = match parameter.location {
            ParameterLocation::Query => query.iter().any(|(known, _)| known == name),
            ParameterLocation::Header => exchange.arrived.header(name).is_some(),
            ParameterLocation::Path | ParameterLocation::Cookie => true,
        };
        if !is_there {
            let place = if parameter.location == ParameterLocation::Query {
                "query parameter"
            } else {
                "header"
            };
            problems.push(format!("the required {place} `{name}` is missing"));
        }
    }
    problems.extend(check_body(service, operation, exchange));
    problems
}

fn check_body(service: &Service, operation: &Operation, exchange: &Exchange) -> Vec<String> {
    let Some(body) = &operation.request_body else {
        return Vec::new();
    };
    let Some(media_type) = body.content.iter().find(|media_type| media_type.is_json()) else {
        let is_missing = body.required && exchange.arrived.body.is_empty() && !body.content.is_empty();
        return if is_missing {
            vec!["the required body is missing".to_owned()]
        } else {
            Vec::new()
        };
    };
    let sent = match json_body(&exchange.arrived) {
        None if body.required => return vec!["the required body is missing".to_owned()],
        None => return Vec::new(),
        Some(Err(error)) => return vec![format!("the body is no JSON: {error}")],
        Some(Ok(sent)) => sent,
    };
    let Some(schema) = media_type.schema.as_ref().map(|schema| service.spec.schema(schema)) else {
        return Vec::new();
    };
    let whole = schema.properties().len() == 1 && wraps_whole_body(service, operation);
    if whole {
        return Vec::new();
    }
    let Some(fields) = sent.as_object() else {
        return vec![format!("the body is `{sent}`, not an object")];
    };
    let elsewhere = |name: &str| operation.parameters.iter().any(|parameter| parameter.name == name);
    let mut problems = Vec::new();
    for name in schema.required() {
        let is_read_only = schema.property(&name).is_some_and(|property| property.flag("readOnly"));
        if !fields.contains_key(name.as_str()) && !is_read_only && !elsewhere(&name) {
            problems.push(format!("the required body field `{name}` is missing"));
        }
    }
    for (name, value) in fields {
        let Some(property) = schema.property(name) else {
            continue;
        };
        let wire_type = property.node().get_str("x-wire-type").or(property.data_type());
        if !fits_type(value, wire_type) {
            problems.push(format!(
                "the body field `{name}` is `{value}`, not {}",
                wire_type.unwrap_or("that")
            ));
        }
    }
    problems
}

fn wraps_whole_body(service: &Service, operation: &Operation) -> bool {
    method_of(service, operation).is_some_and(|(_, method)| SentBody::of(method) == SentBody::Whole)
}

fn fits_type(value: &Value, data_type: Option<&str>) -> bool {
    match data_type {
        _ if value.is_null() => true,
        Some("integer") => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

fn refusal(status: u16, exchange: &Exchange) -> Reply {
    let error = serde_json::json!({ "error": exchange.problems.join("; ") });
    Reply {
        status,
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: error.to_string().into_bytes(),
    }
}

fn success(service: &Service, operation: &Operation, exchange: &mut Exchange, full_target: &str) -> Reply {
    let method = method_of(service, operation).map(|(_, method)| method);
    let response = response_of(operation, method);
    let status = response
        .and_then(|response| response.status.parse().ok())
        .filter(|status| (200..300).contains(status))
        .unwrap_or(200);
    let media_type = response.and_then(|response| media_type_of(response, method));
    let schema = media_type.and_then(|media_type| media_type.schema.as_ref());
    let Some(media_type) = media_type.filter(|_| status != 204) else {
        return Reply {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        };
    };
    let mut value = match schema {
        Some(schema) => sample(&service.spec.schema(schema), "root"),
        None => Value::Object(serde_json::Map::new()),
    };
    if let Some(sent) = schema.and_then(|schema| before_transform(method?, schema, &value)) {
        value = sent;
    }
    let mut headers = Vec::new();
    if let Some(pagination) = pagination_of(service, operation) {
        exchange.has_next_page = turn_page(pagination, exchange, full_target, &mut value, &mut headers);
    }
    let (content_type, body) = match &value {
        _ if media_type.is_json() => (media_type.name.to_string(), value.to_string()),
        Value::String(text) => (media_type.name.to_string(), text.clone()),
        _ => (media_type.name.to_string(), value.to_string()),
    };
    let content_type = if content_type.contains('*') {
        "application/json".to_owned()
    } else {
        content_type
    };
    headers.push(("Content-Type".to_owned(), content_type));
    Reply {
        status,
        headers,
        body: body.into_bytes(),
    }
}

/// What the API sends where a document shows the outcome of the transform for the answer itself, as many published ones
/// do: a transform that puts a list under a key, an override that is the schema of the response, and that key alone in it.
fn before_transform(method: &Method, schema: &Node, value: &Value) -> Option<Value> {
    let response = &method.response;
    response.transform.as_ref()?;
    let shown = response.schema_override.as_ref()?.get_str("$ref")?;
    let key = response.object_key.as_ref()?.strip_prefix("$.")?;
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    (schema.get_str("$ref") == Some(shown))
        .then(|| fields.get(key).cloned())
        .flatten()
}

/// The response that the method names, else the first success that has a body, else the first success.
fn response_of<'o>(operation: &'o Operation, method: Option<&Method>) -> Option<&'o Response> {
    let named = method.and_then(|method| method.response.doc_key.as_ref());
    let named = operation
        .responses
        .iter()
        .find(|response| named == Some(&response.status));
    named.or_else(|| {
        let successes = operation.successes();
        let with_body = successes.iter().find(|response| !response.content.is_empty());
        with_body.or(successes.first()).copied()
    })
}

fn media_type_of<'r>(response: &'r Response, method: Option<&Method>) -> Option<&'r MediaType> {
    let named = method.and_then(|method| method.response.media_type.as_ref());
    let content = || response.content.iter();
    content()
        .find(|media_type| named == Some(&media_type.name))
        .or_else(|| content().find(|media_type| media_type.is_json()))
        .or_else(|| content().next())
}

fn pagination_of<'s>(service: &'s Service, operation: &Operation) -> Option<&'s Node> {
    let (resource, method) = method_of(service, operation)?;
    setting(service, resource, method, "pagination")
}

/// Makes the answer the first of two pages, or the second. Returns whether a further page was told of.
fn turn_page(
    pagination: &Node,
    exchange: &Exchange,
    full_target: &str,
    value: &mut Value,
    headers: &mut Vec<(String, String)>,
) -> bool {
    let token = |side: &str, key: &str| {
        let token = pagination.get(side).and_then(|token| token.get_str(key));
        token.unwrap_or_default().to_owned()
    };
    let (request_key, request_place) = (token("requestToken", "key"), token("requestToken", "location"));
    let (response_key, response_place) = (token("responseToken", "key"), token("responseToken", "location"));
    let (_, query) = split_target(&exchange.target);
    let in_body = json_body(&exchange.arrived)
        .and_then(Result::ok)
        .is_some_and(|body| !request_key.is_empty() && body.get(&request_key).is_some());
    // A page token that the statement itself gave is as good as one of ours: the next page is the last.
    let is_second = in_body
        || query
            .iter()
            .any(|(name, _)| name == "__page" || (*name == request_key && !request_key.is_empty()));
    let separator = if full_target.contains('?') { '&' } else { '?' };
    let host = exchange.arrived.header("host").unwrap_or("127.0.0.1").to_owned();
    let next = format!("http://{host}{full_target}{separator}__page=2");
    if response_place == "header" {
        if !is_second && response_key.eq_ignore_ascii_case("link") {
            headers.push(("Link".to_owned(), format!("<{next}>; rel=\"next\"")));
        }
        return !is_second;
    }
    let wanted = match (is_second, request_place.as_str()) {
        (true, _) => Value::Null,
        (false, "request") => Value::String(next),
        (false, _) => Value::String("token2".to_owned()),
    };
    let Some(place) = place_of(value, &response_key) else {
        return false;
    };
    *place = match (wanted, &*place) {
        (Value::String(_), Value::Number(_)) => Value::from(2),
        (wanted, _) => wanted,
    };
    !is_second
}

/// The value at a path such as `$.meta.next` or `$["@odata.nextLink"]`.
fn place_of<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let bare = key.trim_start_matches('$');
    if let Some(name) = bare.strip_prefix("[\"").and_then(|name| name.strip_suffix("\"]")) {
        return value.get_mut(name);
    }
    let mut steps = bare.split('.').filter(|step| !step.is_empty()).peekable();
    // Without a key there is no place, and no further page.
    steps.peek()?;
    steps.try_fold(value, |value, step| value.get_mut(step))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Answers;
    use crate::provider;
    use crate::runtime::server::Arrived;

    const PROVIDER: &str = "id: acme\nname: acme\nversion: v1\nproviderServices:\n  shop:\n    id: shop:v1\n    name: shop\n    \
                            preferred: true\n    service: {$ref: acme/v1/services/shop.yaml}\n    title: Shop\n    version: v1\n";

    const SERVICE: &str = r#"
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: https://shop.example}]
paths:
  /items:
    get:
      operationId: listItems
      responses:
        '200':
          description: Items
          content: {application/json: {schema: {$ref: '#/components/schemas/Wrapped'}}}
components:
  schemas:
    Wrapped:
      type: object
      properties:
        items: {type: array, items: {type: object, properties: {id: {type: string}}}}
  x-stackQL-resources:
    items:
      id: acme.shop.items
      name: items
      methods:
        list:
          operation: {$ref: '#/paths/~1items/get'}
          response:
            mediaType: application/json
            openAPIDocKey: '200'
            objectKey: $.items
            schema_override: {$ref: '#/components/schemas/Wrapped'}
            transform: {type: golang_template_text_v0.3.0, body: '{"items":{{ . }}}'}
      sqlVerbs: {select: [{$ref: '#/components/x-stackQL-resources/items/methods/list'}], insert: [], update: [], delete: [], replace: []}
"#;

    fn answer(service: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let version = folder.path().join("acme/v1");
        std::fs::create_dir_all(version.join("services")).expect("writable");
        std::fs::write(version.join("provider.yaml"), PROVIDER).expect("writable");
        std::fs::write(version.join("services/shop.yaml"), service).expect("writable");
        let loaded = provider::load(&version).expect("a provider");
        let answers = Answers::new(Arc::new(loaded.provider));
        let arrived = Arrived {
            verb: "GET".to_owned(),
            target: "/items".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let (exchange, reply) = answers.answer(arrived, "shop", "/items".to_owned(), Vec::new(), "/items");
        assert_eq!(exchange.problems, Vec::<String>::new());
        String::from_utf8(reply.body).expect("text")
    }

    #[test]
    fn an_api_does_not_send_what_a_transform_adds() {
        assert_eq!(answer(SERVICE), r#"[{"id":"s_id"}]"#);
        let plain: String = SERVICE
            .lines()
            .filter(|line| !line.contains("transform:"))
            .flat_map(|line| [line, "\n"])
            .collect();
        assert_eq!(answer(&plain), r#"{"items":[{"id":"s_id"}]}"#);
    }
}
