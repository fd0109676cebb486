//! How the runtime goes from one page of results to the next (runtime contract 5.1).

use super::columns::{is_list, response_schema};
use super::shape::Shape;
use super::{Method, Resource, Service};
use crate::source::{Node, Text};

/// What the runtime follows without any configuration, and the parameter by which it does (runtime contract 5.1).
pub const UNASKED: (&str, &str) = ("nextPageToken", "pageToken");

/// How further pages are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// What the token becomes in the next request; empty where the address of the next page is given.
    pub request: Text,
    /// Where the token stands in the answer; empty where pages are counted.
    pub response: Text,
    /// Whether that is a header.
    pub in_header: bool,
}

/// The first setting of method, resource and service document, in that order.
#[must_use]
pub fn setting<'a>(service: &'a Service, resource: &'a Resource, method: &'a Method, key: &str) -> Option<&'a Node> {
    [&method.config, &resource.config, &service.config]
        .into_iter()
        .find_map(|config| config.get(key))
}

/// How the rows of a method are paged. `None` where there is no further page: nothing says how, the block names no token
/// so that none is asked for, the answer has no place for the token, or it is one row.
#[must_use]
pub fn paging(service: &Service, resource: &Resource, method: &Method) -> Option<Paging> {
    let operation = method.operation.find(&service.spec)?;
    let response = response_schema(service, method, operation)
        .ok()
        .map(|(schema, _)| Shape::of(schema));
    let Some(block) = setting(service, resource, method, "pagination") else {
        let (token, parameter) = UNASKED;
        response?.own_property(token)?;
        return Some(Paging {
            request: parameter.into(),
            response: token.into(),
            in_header: false,
        });
    };
    let token = |side: &str, key: &str| -> Text {
        let value = block.get(side).and_then(|token| token.get_str(key));
        value.unwrap_or_default().into()
    };
    let paging = Paging {
        request: token("requestToken", "key"),
        response: token("responseToken", "key"),
        in_header: token("responseToken", "location") == "header",
    };
    let is_counted = block.get_str("algorithm") == Some("page_number");
    if paging.response.is_empty() && !is_counted {
        return None;
    }
    let is_told_by_answer = !paging.in_header && !paging.response.is_empty();
    let has_pages = match &response {
        Some(response) if is_told_by_answer && response.has_own_properties() => {
            first_step(&paging.response).is_none_or(|step| response.own_property(step).is_some())
        }
        _ => is_list(service, method),
    };
    has_pages.then_some(paging)
}

/// The property of the answer in which the way to a token begins.
fn first_step(path: &str) -> Option<&str> {
    let path = path.strip_prefix('$').unwrap_or(path);
    if let Some(quoted) = path.strip_prefix("[\"").or_else(|| path.strip_prefix("['")) {
        return quoted.split(['"', '\'']).next();
    }
    let step = path.trim_start_matches('.').split(['.', '[']).next()?;
    (!step.is_empty()).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::first_step;

    #[test]
    fn the_way_to_a_token_begins_with_a_property() {
        for (path, step) in [
            ("next", Some("next")),
            ("meta.next", Some("meta")),
            ("$.meta.next", Some("meta")),
            ("$[\"@odata.nextLink\"]", Some("@odata.nextLink")),
            ("$", None),
            ("", None),
        ] {
            assert_eq!(first_step(path), step, "{path}");
        }
    }
}
