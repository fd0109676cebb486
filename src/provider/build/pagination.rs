//! Paging: a block per method, only in forms that end by themselves (runtime contract 5.1).

use super::settings::PaginationSetting;
use crate::openapi::{Operation, ParameterLocation, Schema, Spec};
use crate::provider::UNASKED;
use crate::source::{Map, Node, Text};

/// Query parameters that carry a page token, with the response properties that give the next one.
const TOKENS: [(&str, &[&str]); 10] = [
    ("page_token", &["next_page_token"]),
    ("pageToken", &["nextPageToken"]),
    ("next_token", &["next_token"]),
    ("nextToken", &["nextToken"]),
    ("NextToken", &["NextToken"]),
    ("cursor", &["next_cursor", "nextCursor"]),
    ("continuation_token", &["next_continuation_token", "continuation_token"]),
    ("continuationToken", &["nextContinuationToken", "continuationToken"]),
    ("starting_after", &["next_starting_after"]),
    ("offset", &["next_offset", "nextOffset"]),
];

/// Query parameters that carry the number of a page.
const PAGES: [&str; 4] = ["page", "page_number", "pageNumber", "Page"];

/// Query parameters that skip rows.
const OFFSETS: [&str; 4] = ["offset", "skip", "start", "startIndex"];

/// Objects beside the rows in which paging fields may lie.
const ENVELOPES: [&str; 6] = [
    "meta",
    "pagination",
    "paging",
    "response_metadata",
    "page",
    "result_info",
];

/// Response properties that hold the absolute URL of the next page.
const NEXT_LINKS: [&str; 4] = ["nextLink", "next_link", "@odata.nextLink", "next_url"];

/// What becomes of the pages of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// It has none, as far as the description shows.
    None,
    /// The runtime asks for them by this block.
    Block(Node),
    /// It has some, and the runtime cannot ask for them safely; why.
    LeftOut(String),
}

/// The pages of a method that answers SELECT.
pub(super) fn of(spec: &Spec, operation: &Operation, response: Option<&Node>, setting: &PaginationSetting) -> Outcome {
    let schema = response.map(|node| spec.schema(node));
    match setting {
        PaginationSetting::Off => Outcome::None,
        PaginationSetting::Fixed(block) if applies(block, operation, schema.as_ref()) => Outcome::Block(block.clone()),
        PaginationSetting::Fixed(_) => Outcome::None,
        PaginationSetting::Inferred => {
            let by_schema = schema.as_ref().and_then(|schema| {
                token(operation, schema)
                    .or_else(|| next_link(operation, schema))
                    .or_else(|| numbered(operation, schema))
            });
            match declared(operation).or(by_schema).or_else(|| link_header(operation)) {
                Some(block) => Outcome::Block(block),
                None => match obstacle(operation, schema.as_ref()) {
                    Some(reason) => Outcome::LeftOut(reason),
                    None => Outcome::None,
                },
            }
        }
    }
}

/// A block that asks for no page, for an answer whose `nextPageToken` the runtime would follow by itself although the
/// operation takes no `pageToken`: the API would send the same page again and again (runtime contract 5.1).
pub(super) fn none_asked_for(spec: &Spec, response: Option<&Node>) -> Option<Node> {
    let schema = spec.schema(response?);
    let (token, parameter) = UNASKED;
    schema.property(token)?;
    Some(block(parameter, "query", "", "body"))
}

/// What is wrong with a block that an author wrote (runtime contract 5.1): forms that do not end, do not page, or end the
/// runtime's process.
#[must_use]
pub fn fault_of_pagination(block: &Node) -> Option<&'static str> {
    let part = |token: &str, key: &str| {
        block
            .get(token)
            .and_then(|token| token.get_str(key))
            .unwrap_or_default()
    };
    let is_numbered = block.get_str("algorithm") == Some("page_number");
    let in_header = part("responseToken", "location") == "header";
    let is_link = part("responseToken", "key").eq_ignore_ascii_case("link");
    if is_numbered && (block.get("responseTerminator").is_none() || block.get("responseToken").is_none()) {
        return Some(
            "page numbers need `responseToken` (the page of the answer) and `responseTerminator` (how many there are)",
        );
    }
    if block.get("requestToken").is_none() || block.get("responseToken").is_none() {
        return Some("`requestToken` and `responseToken` are both needed");
    }
    if in_header && !is_link {
        return Some("of headers, only `Link` is followed");
    }
    if in_header && part("requestToken", "location") != "request" {
        return Some("a `Link` header is followed by `requestToken: {key: '', location: request}` only");
    }
    None
}

/// Why a list that takes a page, token or offset is not paged.
fn obstacle(operation: &Operation, schema: Option<&Schema<'_>>) -> Option<String> {
    let token = TOKENS.iter().find(|(parameter, _)| has_query(operation, parameter));
    if let Some((parameter, properties)) = token {
        return Some(format!(
            "it takes `{parameter}`, but its answer declares no {}",
            properties
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(" or ")
        ));
    }
    let link = NEXT_LINKS
        .iter()
        .find(|name| schema.is_some_and(|schema| schema.property(name).is_some()));
    if let Some(link) = link.filter(|_| operation.request_body.is_some()) {
        return Some(format!(
            "the runtime does not ask for the URL in `{link}` when the request has a body"
        ));
    }
    let last = ["last_id", "lastId"]
        .iter()
        .find(|name| schema.is_some_and(|schema| schema.property(name).is_some()));
    if let Some(last) = last {
        return Some(format!(
            "`{last}` of the answer is set on the last page too, so asking would not end"
        ));
    }
    if let Some(name) = OFFSETS.iter().find(|name| has_query(operation, name)) {
        return Some(format!("the runtime cannot count up `{name}`"));
    }
    PAGES
        .iter()
        .find(|name| has_query(operation, name))
        .map(|name| format!("it takes `{name}`, but its answer does not tell the page and how many there are"))
}

/// Whether a fixed block fits: the operation takes the request token, and the response declares the next one.
pub(super) fn applies(block: &Node, operation: &Operation, schema: Option<&Schema<'_>>) -> bool {
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

/// Page numbers, where the answer tells its page and how many there are.
fn numbered(operation: &Operation, schema: &Schema<'_>) -> Option<Node> {
    let parameter = PAGES.iter().find(|name| has_query(operation, name))?;
    let envelopes = ENVELOPES
        .iter()
        .filter_map(|name| Some((Some(*name), schema.property(name)?)));
    let holders = std::iter::once((None, *schema)).chain(envelopes);
    for (envelope, holder) in holders {
        let is_number = |name: &&&str| {
            let property = holder.property(name);
            property.is_some_and(|property| matches!(property.data_type(), Some("integer" | "number")))
        };
        let current = ["page", "current_page", "currentPage", "page_number", "pageNumber"];
        let totals = [
            "total_pages",
            "totalPages",
            "page_count",
            "pageCount",
            "last_page",
            "lastPage",
        ];
        if let (Some(page), Some(total)) = (current.iter().find(is_number), totals.iter().find(is_number)) {
            let key = |name: &str| match envelope {
                Some(envelope) => ecow::eco_format!("$.{envelope}.{name}"),
                None => ecow::eco_format!("$.{name}"),
            };
            let mut numbered = block(parameter, "query", &key(page), "body");
            if let Some(map) = numbered.as_map_mut() {
                map.insert("algorithm", Node::string("page_number"));
                let terminator: Map = [("key", Node::string(key(total))), ("location", Node::string("body"))]
                    .into_iter()
                    .collect();
                map.insert("responseTerminator", Node::map(terminator));
            }
            return Some(numbered);
        }
    }
    None
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

/// The property with the URL of the next page. The runtime asks for a URL only where the request has no body.
fn next_link(operation: &Operation, schema: &Schema<'_>) -> Option<Node> {
    if operation.request_body.is_some() {
        return None;
    }
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
    if operation.request_body.is_some() {
        return None;
    }
    let successes = operation.successes();
    let mut headers = successes.iter().flat_map(|response| &response.headers);
    let has_link = headers.any(|header| header.name.eq_ignore_ascii_case("link"));
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
    use super::{Outcome, PaginationSetting, of};
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
        match of(&spec, &spec.operations[0], None, &PaginationSetting::Inferred) {
            Outcome::Block(node) => Some(to_json(&node).replace(['\n', ' '], "")),
            Outcome::None | Outcome::LeftOut(_) => None,
        }
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
