//! What a reader wants to know beyond the tables: pages of results, limits, deprecation.

use super::methods::ListedMethod;
use super::prose;
use crate::mapping::SqlVerb;
use crate::provider::{Paging, Resource, Service, paging, setting};
use crate::source::Node;

/// Sentences on paging, limits and deprecation of a resource.
pub(super) fn sentences(service: &Service, resource: &Resource, listed: &[ListedMethod<'_>]) -> Vec<String> {
    let mut sentences = Vec::new();
    let deprecated: Vec<&str> = listed
        .iter()
        .filter(|method| method.is_deprecated())
        .map(|method| method.method.name.as_str())
        .collect();
    if !deprecated.is_empty() {
        sentences.push(format!("Deprecated by the API: {}.", prose::codes(&deprecated)));
    }
    let selects: Vec<_> = listed.iter().filter(|method| method.verb == SqlVerb::Select).collect();
    let mut known: Vec<(Paging, Vec<&str>)> = Vec::new();
    for method in &selects {
        if let Some(paging) = paging(service, resource, method.method) {
            let name = method.method.name.as_str();
            match known.iter_mut().find(|(other, _)| *other == paging) {
                Some((_, names)) => names.push(name),
                None => known.push((paging, vec![name])),
            }
        }
    }
    let pushdown = selects
        .iter()
        .find_map(|method| setting(service, resource, method.method, "queryParamPushdown"));
    let top = pushdown.and_then(|block| block.get("top"));
    for (paging, names) in &known {
        let of = (names.len() < selects.len()).then_some(names.as_slice());
        sentences.push(paging_words(paging, of));
    }
    if let Some(top) = top {
        let parameter = top.get_str("paramName").unwrap_or("$top");
        let most = top.get("maxValue").and_then(Node::scalar_text);
        let most = most.map_or_else(String::new, |most| format!(", {most} at most"));
        sentences.push(format!(
            "`LIMIT` is sent to the API as `{parameter}`{most}, so a small limit means a small answer."
        ));
    } else if !known.is_empty() {
        sentences.push("`LIMIT` shortens the result only: the pages are read all the same.".to_owned());
    }
    sentences
}

/// `of`: the methods that it is true of, where it is not true of all.
fn paging_words(paging: &Paging, of: Option<&[&str]>) -> String {
    let Paging {
        request,
        response,
        in_header,
    } = paging;
    let place = if *in_header {
        "header of the answer"
    } else {
        "of the answer"
    };
    let how = match (request.as_str(), response.as_str()) {
        ("", "") => String::new(),
        ("", response) => format!(" (the next one is named by the `{response}` {place})"),
        (request, "") => format!(" (parameter `{request}`)"),
        (request, response) => format!(" (`{response}` {place} becomes `{request}` of the next request)"),
    };
    let results = of.map_or_else(
        || "Results".to_owned(),
        |methods| format!("Results of {}", prose::codes(methods)),
    );
    format!(
        "{results} come in pages, which StackQL follows by itself{how}, 20 pages at most unless \
         `--http.response.pageLimit` says otherwise."
    )
}
