//! What the authors of a published provider decided.

use std::collections::BTreeMap;

use spgen::source::{Map, Node, Value, pointer};

/// One published method.
#[derive(Debug, Clone)]
pub struct Decision {
    pub file: String,
    pub path: String,
    pub http: String,
    pub operation_id: String,
    pub resource: String,
    pub method: String,
    pub sql_verb: String,
    pub object_key: String,
    /// The published provider wraps a bare list, so the key may as well be empty.
    pub wrapped: bool,
}

/// An operation: file, path, HTTP verb.
pub type Key = (String, String, String);

/// The decisions by operation. One operation may be used by several methods.
#[derive(Debug, Default)]
pub struct Truth {
    pub operations: BTreeMap<Key, Vec<Decision>>,
}

impl Truth {
    pub fn add(&mut self, file: &str, root: &Node) {
        let resources = resources(root);
        for resource in resources.into_iter().flatten() {
            let verbs = sql_verbs(&resource.value);
            for method in resource
                .value
                .get("methods")
                .and_then(Node::as_map)
                .into_iter()
                .flatten()
            {
                let Some((path, http)) = method.value.get("operation").and_then(operation_place) else {
                    continue;
                };
                let operation = root
                    .get("paths")
                    .and_then(|paths| paths.get(&path))
                    .and_then(|item| item.get(&http));
                let Some(operation) =
                    operation.filter(|operation| operation.as_map().is_some() && !is_synthetic(operation))
                else {
                    continue;
                };
                let of_method: Vec<&str> = verbs
                    .iter()
                    .filter(|(name, _)| *name == method.key)
                    .map(|(_, verb)| verb.as_str())
                    .collect();
                let wrapped = wrapped_list(root, &method.value).is_some();
                for sql_verb in if of_method.is_empty() { vec!["exec"] } else { of_method } {
                    let decision = Decision {
                        file: file.to_owned(),
                        path: path.clone(),
                        http: http.clone(),
                        operation_id: operation
                            .get("operationId")
                            .and_then(Node::scalar_text)
                            .unwrap_or_default()
                            .to_string(),
                        resource: resource.key.to_string(),
                        method: method.key.to_string(),
                        sql_verb: sql_verb.to_owned(),
                        object_key: method
                            .value
                            .get("response")
                            .and_then(|response| response.get_str("objectKey"))
                            .unwrap_or_default()
                            .to_owned(),
                        wrapped,
                    };
                    self.operations
                        .entry((file.to_owned(), path.clone(), http.clone()))
                        .or_default()
                        .push(decision);
                }
            }
        }
    }
}

fn resources(root: &Node) -> Option<&Map> {
    root.get("components")?.get("x-stackQL-resources")?.as_map()
}

/// Pairs of method name and SQL verb.
fn sql_verbs(resource: &Node) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for verb in resource.get("sqlVerbs").and_then(Node::as_map).into_iter().flatten() {
        for reference in verb.value.as_list().into_iter().flatten() {
            if let Some((_, method)) = reference.get_str("$ref").and_then(|text| text.rsplit_once("/methods/")) {
                pairs.push((pointer::unescape(method).into_owned(), verb.key.to_string()));
            }
        }
    }
    pairs
}

fn operation_place(operation: &Node) -> Option<(String, String)> {
    let (_, rest) = operation.get_str("$ref")?.split_once("#/paths/")?;
    let (path, verb) = rest.rsplit_once('/')?;
    Some((pointer::unescape(path).into_owned(), verb.to_lowercase()))
}

/// An operation that no vendor document has.
pub fn is_synthetic(operation: &Node) -> bool {
    operation
        .as_map()
        .into_iter()
        .flatten()
        .any(|entry| ["x-stackql-graphql", "x-stackql-protocol"].contains(&entry.key.to_lowercase().as_str()))
}

/// Places of response schemas that wrap a bare list only for StackQL, with the list to put back.
pub fn wrapped_lists(root: &Node) -> Vec<(String, Node)> {
    let methods = resources(root)
        .into_iter()
        .flatten()
        .filter_map(|resource| resource.value.get("methods")?.as_map())
        .flatten();
    methods.filter_map(|method| wrapped_list(root, &method.value)).collect()
}

/// A method that wraps: its transform writes `{"x": …}` and its schema override is the schema of the operation.
fn wrapped_list(root: &Node, method: &Node) -> Option<(String, Node)> {
    let response = method.get("response")?;
    let wrapper = wrapper_name(response.get("transform")?.get_str("body")?)?;
    let overriding = response
        .get("schema_override")
        .filter(|node| matches!(node.value, Value::Map(_)))?;
    let (path, http) = method.get("operation").and_then(operation_place)?;
    let status = response.get("openAPIDocKey").and_then(Node::scalar_text)?;
    let mut place = format!("/paths/{}/{http}/responses/{status}", pointer::escape(&path));
    let mut answer = pointer::follow(root, &place)?;
    if let Some(reference) = answer.get_str("$ref") {
        place = format!("/components/responses/{}", reference.rsplit('/').next()?);
        answer = pointer::follow(root, &place)?;
    }
    let media_type = response.get_str("mediaType")?;
    let schema = answer.get("content")?.get(media_type)?.get("schema")?;
    if schema != overriding {
        return None;
    }
    let place = format!("{place}/content/{}/schema", pointer::escape(media_type));
    let wrapping = match overriding.get_str("$ref") {
        Some(reference) => pointer::follow(root, reference.strip_prefix('#')?)?,
        None => overriding,
    };
    let properties = wrapping.get("properties")?.as_map()?;
    let only = properties.iter().next().filter(|_| properties.len() == 1)?;
    if only.value.get_str("type") != Some("array") {
        return None;
    }
    if only.key == wrapper {
        return Some((place, only.value.clone()));
    }
    // A bare list of scalars, each of which became an object with one property.
    let inner = only.value.get("items")?.get("properties")?.as_map()?;
    let item = inner.iter().next().filter(|_| inner.len() == 1 && wrapper == "items")?;
    matches!(
        item.value.get_str("type"),
        Some("string" | "integer" | "number" | "boolean")
    )
    .then(|| {
        let mut list = Map::new();
        list.insert("type", Node::string("array"));
        list.insert("items", item.value.clone());
        (place, Node::map(list))
    })
}

/// The name in a template such as `{"rows": %s}`.
fn wrapper_name(template: &str) -> Option<String> {
    let mut rest = template;
    while let Some(at) = rest.find("%s}") {
        let before = rest[..at]
            .trim_end()
            .strip_suffix(':')
            .map(|text| text.strip_suffix('"').unwrap_or(text).trim_end_matches('\\'));
        if let Some((start, name)) = before.and_then(|text| text.rsplit_once('"'))
            && start.trim_end_matches('\\').ends_with('{')
        {
            return Some(name.to_owned());
        }
        rest = &rest[at + 3..];
    }
    None
}
