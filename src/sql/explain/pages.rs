//! How the runtime asks for further pages.

use crate::provider::{Method, Resource, Service, setting};
use crate::source::Node;

/// The pagination of a method in words: the first `config.pagination` of method, resource and service document.
pub(super) fn pages(service: &Service, resource: &Resource, method: &Method) -> Option<String> {
    let pagination = setting(service, resource, method, "pagination")?;
    let of = |token: &str, key: &str| {
        let value = pagination.get(token).and_then(|token| token.get(key));
        value.and_then(Node::scalar_text).unwrap_or_default()
    };
    if of("responseToken", "key").is_empty() {
        return None;
    }
    let from = match of("responseToken", "location").as_str() {
        "header" => format!("the header `{}`", of("responseToken", "key")),
        _ => format!("`{}` of the answer", of("responseToken", "key")),
    };
    Some(match of("requestToken", "location").as_str() {
        "request" => format!("the next page is asked for by the URL in {from}"),
        place => format!(
            "{from} is sent as `{}` ({place}) for the next page",
            of("requestToken", "key")
        ),
    })
}
