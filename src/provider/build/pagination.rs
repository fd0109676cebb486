//! Paging: a block per method, only in forms that end by themselves (runtime contract 5.1).

use super::settings::{PaginationSetting, Settings};
use crate::openapi::{Operation, ParameterLocation, Schema, Spec};
use crate::source::{Map, Node, Text};

/// Query parameters that carry a page token, with the response properties that give the next one.
const TOKENS: [(&str, &[&str]); 9] = [
    ("page_token", &["next_page_token"]),
    ("pageToken", &["nextPageToken"]),
    ("next_token", &["next_token"]),
    ("nextToken", &["nextToken"]),
    ("NextToken", &["NextToken"]),
    ("cursor", &["next_cursor", "nextCursor"]),
    ("continuation_token", &["next_continuation_token", "continuation_token"]),
    ("continuationToken", &["nextContinuationToken", "continuationToken"]),
    ("starting_after", &["next_starting_after"]),
];

/// Objects beside the rows in which paging fields may lie.
const ENVELOPES: [&str; 5] = ["meta", "pagination", "paging", "response_metadata", "page"];

/// Response properties that hold the absolute URL of the next page.
const NEXT_LINKS: [&str; 4] = ["nextLink", "next_link", "@odata.nextLink", "next_url"];

/// The `pagination` block of a method that answers SELECT; `None` when the description shows no safe form.
pub(super) fn of(spec: &Spec, operation: &Operation, response: Option<&Node>, settings: &Settings) -> Option<Node> {
    let schema = response.map(|node| spec.schema(node));
    match &settings.pagination {
        PaginationSetting::Off => None,
        PaginationSetting::Fixed(block) => applies(block, operation, schema.as_ref()).then(|| block.clone()),
        PaginationSetting::Inferred => {
            let by_token = schema.as_ref().and_then(|schema| token(operation, schema));
            let by_url = || schema.as_ref().and_then(next_link);
            declared(operation)
                .or(by_token)
                .or_else(by_url)
                .or_else(|| link_header(operation))
        }
    }
}

/// Whether a fixed block fits: the operation takes the request token, and the response declares the next one.
fn applies(block: &Node, operation: &Operation, schema: Option<&Schema<'_>>) -> bool {
    let takes = match (
        block.get("requestToken"),
        block.get("requestToken").and_then(|token| token.get_str("key")),
    ) {
        (Some(token), Some(key)) if token.get_str("location") == Some("query") => has_query(operation, key),
        (token, _) => token.is_some(),
    };
    let gives = match (
        block.get("responseToken"),
        block.get("responseToken").and_then(|token| token.get_str("key")),
    ) {
        (Some(token), Some(key)) if token.get_str("location") != Some("header") => {
            schema.is_some_and(|schema| leads_somewhere(schema, key))
        }
        (token, _) => token.is_some(),
    };
    takes && gives
}

fn leads_somewhere(schema: &Schema<'_>, key: &str) -> bool {
    let mut current = *schema;
    for step in key.trim_start_matches('$').split('.').filter(|step| !step.is_empty()) {
        match current.property(step) {
            Some(next) => current = next,
            None => return false,
        }
    }
    true
}

fn has_query(operation: &Operation, name: &str) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|parameter| parameter.location == ParameterLocation::Query && parameter.name == name)
}

fn token(operation: &Operation, schema: &Schema<'_>) -> Option<Node> {
    TOKENS.iter().find_map(|(parameter, properties)| {
        if !has_query(operation, parameter) {
            return None;
        }
        properties.iter().find_map(|property| {
            let path = token_path(schema, property)?;
            Some(block(parameter, "query", &path, "body"))
        })
    })
}

/// What an import whose source asks for the next page itself writes down, where the runtime can do the same.
fn declared(operation: &Operation) -> Option<Node> {
    let stated = operation.node.get("x-pagination")?;
    if stated.get_str("style") != Some("token") {
        return None;
    }
    let (request, response) = (stated.get("requestToken")?, stated.get("responseToken")?);
    let key = ecow::eco_format!("$.{}", response.get_str("key")?);
    Some(block(
        request.get_str("key")?,
        request.get_str("location")?,
        &key,
        "body",
    ))
}

/// Where a token property lies: at the root, or one level down in a paging object.
fn token_path(schema: &Schema<'_>, property: &str) -> Option<Text> {
    let is_token = |holder: &Schema<'_>| {
        let found = holder.property(property);
        found.is_some_and(|found| matches!(found.data_type(), Some("string" | "integer") | None))
    };
    if is_token(schema) {
        return Some(ecow::eco_format!("$.{property}"));
    }
    ENVELOPES.iter().find_map(|envelope| {
        let inner = schema.property(envelope)?;
        is_token(&inner).then(|| ecow::eco_format!("$.{envelope}.{property}"))
    })
}

fn next_link(schema: &Schema<'_>) -> Option<Node> {
    NEXT_LINKS.iter().find_map(|name| {
        let property = schema.property(name)?;
        if property.data_type() != Some("string") {
            return None;
        }
        let key = if name.contains('.') {
            ecow::eco_format!("$[\"{name}\"]")
        } else {
            ecow::eco_format!("$.{name}")
        };
        Some(block("", "request", &key, "body"))
    })
}

fn link_header(operation: &Operation) -> Option<Node> {
    let headers = operation
        .responses
        .iter()
        .filter(|response| response.status.starts_with('2'));
    let has_link = headers
        .flat_map(|response| &response.headers)
        .any(|header| header.name.eq_ignore_ascii_case("link"));
    let is_paged = operation.parameters.iter().any(|parameter| {
        parameter.location == ParameterLocation::Query
            && matches!(
                parameter.name.as_str(),
                "page" | "per_page" | "limit" | "after" | "cursor"
            )
    });
    (has_link && is_paged).then(|| block("", "request", "Link", "header"))
}

fn block(request_key: &str, request_location: &str, response_key: &str, response_location: &str) -> Node {
    let token = |key: &str, location: &str| {
        let map: Map = [("key", Node::string(key)), ("location", Node::string(location))]
            .into_iter()
            .collect();
        Node::map(map)
    };
    let map: Map = [
        ("requestToken", token(request_key, request_location)),
        ("responseToken", token(response_key, response_location)),
    ]
    .into_iter()
    .collect();
    Node::map(map)
}

#[cfg(test)]
mod tests {
    use super::{PaginationSetting, Settings, of};
    use crate::openapi;
    use crate::source::{FileId, to_json};

    /// The block of the only operation of a document with this `x-pagination`.
    fn block(stated: &str) -> Option<String> {
        let text = format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"paths\": {{\"/books\": {{\"post\": \
             {{\"responses\": {{\"200\": {{\"description\": \"d\"}}}}, \"x-pagination\": {stated}}}}}}}}}"
        );
        let document = crate::source::read(FileId(0), &text).expect("a readable document");
        let (spec, _) = openapi::read(document.root);
        let settings = Settings {
            pagination: PaginationSetting::Inferred,
            ..Settings::inferred("shop")
        };
        of(&spec, &spec.operations[0], None, &settings).map(|node| to_json(&node).replace(['\n', ' '], ""))
    }

    #[test]
    fn what_the_source_states_is_taken_where_the_runtime_can_do_it() {
        let token = r#"{"style": "token", "requestToken": {"key": "t", "location": "body"}, "responseToken": {"key": "n", "location": "body"}}"#;
        let expected =
            r#"{"requestToken":{"key":"t","location":"body"},"responseToken":{"key":"$.n","location":"body"}}"#;
        assert_eq!(block(token).as_deref(), Some(expected));
        assert_eq!(
            block(r#"{"style": "offset", "requestToken": {"key": "startIndex", "location": "query"}}"#),
            None
        );
    }
}
