//! What the fields of a response are called when they are no fields of a thing: the rows, what holds them, pages, the answer.

use super::reply::{Field, FieldKind};
use crate::mapping::words;

/// Names that envelopes use for their rows, most usual first.
pub(super) const ROWS: &[&str] = &[
    "items",
    "data",
    "value",
    "values",
    "results",
    "result",
    "records",
    "resources",
    "entries",
    "elements",
    "rows",
    "content",
];

/// Names for an envelope inside the envelope, beside those of [`ROWS`].
const WRAPPERS: &[&str] = &["response", "payload", "body", "_embedded"];

/// Fields that tell of a page or of the answer, not of the thing.
const ABOUT: &[&str] = &[
    "links",
    "link",
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page",
    "pages",
    "next",
    "previous",
    "prev",
    "first",
    "last",
    "total",
    "sum",
    "num",
    "count",
    "kind",
    "etag",
    "errors",
    "error",
    "warnings",
    "messages",
    "success",
    "status",
    "included",
    "cursor",
    "limit",
    "offset",
    "unreachable",
    "object",
    "has",
    "response",
    "code",
    "message",
    "self",
    "size",
    "incomplete",
    "incomplete_results",
    "ok",
    "first_id",
    "last_id",
    "request_id",
    "trace_id",
    "correlation_id",
    "schemas",
    "start",
];

/// Whether envelopes use such a name for their rows.
pub(super) fn is_rows(name: &str) -> bool {
    ROWS.iter().any(|usual| name.eq_ignore_ascii_case(usual))
}

/// Whether envelopes use such a name for what holds their rows and the words about them.
pub(super) fn is_wrapper(name: &str) -> bool {
    is_rows(name) || WRAPPERS.iter().any(|usual| name.eq_ignore_ascii_case(usual))
}

/// What the objects among [`ABOUT`] are called, beside those of [`HOLDS_PAGING`].
const ABOUT_OBJECTS: &[&str] = &["cursors", "error", "errors", "status", "self"];

/// Whether a field tells of the page or of the answer, not of the thing.
pub(super) fn is_about(field: &Field) -> bool {
    let words = words::split(&field.name);
    let Some(first) = words.first() else { return true };
    let name = words.join("_");
    // A `count` or an `object` that has fields of its own is a thing of that name.
    if matches!(&field.kind, FieldKind::Object { fields, .. } if fields.len() >= 3)
        && !words
            .iter()
            .map(String::as_str)
            .any(|word| HOLDS_PAGING.contains(&word) || ABOUT_OBJECTS.contains(&word))
        && !tells_of_next_page(field)
    {
        return false;
    }
    // `error_code` is about the answer as `error` is; a list of `code_signing_configs` is not.
    let is_whole = words.len() == 1 || !holds_things(field);
    is_whole && ABOUT.contains(&first.as_str())
        || ABOUT.contains(&name.as_str())
        || words.last().is_some_and(|last| {
            matches!(
                last.as_str(),
                "token"
                    | "count"
                    | "found"
                    | "total"
                    | "cursor"
                    | "more"
                    | "page"
                    | "link"
                    | "links"
                    | "offset"
                    | "etag"
                    | "pages"
                    | "results"
                    | "size"
            )
        }) && !matches!(field.kind, FieldKind::List { .. })
        || (words.iter().any(|word| word == "page" || word == "next") && !holds_things(field))
}

/// What the next page is named by: `next` alone, or `next` with such words. A `next_invoice_at` is a field of a thing.
const NEXT: &[&str] = &[
    "page", "token", "cursor", "link", "url", "uri", "href", "marker", "offset", "key", "id", "position", "start",
    "results",
];

/// Objects of an answer in which the next page may be told.
const HOLDS_PAGING: &[&str] = &[
    "links",
    "meta",
    "metadata",
    "paging",
    "pagination",
    "page",
    "pages",
    "page_info",
];

/// `next_page_token`, `nextLink`, `cursor`, `pageToken`, also one or two levels down (`links.pages.next`).
pub(super) fn tells_of_next_page(field: &Field) -> bool {
    let words = words::split(&field.name);
    let inside = match &field.kind {
        FieldKind::List { .. } => return false,
        FieldKind::Object { fields, .. } => fields.as_slice(),
        FieldKind::Value => &[],
    };
    let is_cursor = (words == ["page", "token"] || words == ["cursor"]) && inside.is_empty();
    let at = words.iter().position(|word| word == "next");
    let is_next = at.is_some_and(|at| words[at + 1..].iter().all(|word| NEXT.contains(&word.as_str())));
    is_cursor || is_next || HOLDS_PAGING.contains(&words.join("_").as_str()) && inside.iter().any(tells_of_next_page)
}

/// Whether a field is a list.
pub(super) fn is_list(field: &Field) -> bool {
    matches!(field.kind, FieldKind::List { .. })
}

/// Whether a field is a list of objects.
pub(super) fn holds_things(field: &Field) -> bool {
    matches!(field.kind, FieldKind::List { of_objects: true, .. })
}
