use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT without `objectKey` on a response that wraps one list of objects, beside nothing but paging fields.
/// ## Why it matters
/// The statement gives one row with the whole list as JSON text, instead of a row for each item.
/// ## Example
/// `{widgets: [...], next_page_token: …}` without `objectKey`
/// ## Instead
/// `objectKey: $.widgets[*]`
pub(super) static RULE: Rule = Rule {
    id: "unwrapped-list",
    severity: Severity::Warning,
    check: Check::Method(check),
};

/// Parts of names of fields that come with a list and say something about it.
const PAGING: [&str; 14] = [
    "next", "prev", "page", "token", "cursor", "total", "count", "more", "links", "meta", "offset", "limit", "size",
    "etag",
];

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select || method.reply.object_key.is_some() {
        return;
    }
    let Rows::Columns(columns) = &method.rows else { return };
    if method
        .reply
        .schema
        .is_none_or(|schema| schema.is_array() || schema.property("items").is_some())
    {
        return;
    }
    let mut lists = columns
        .iter()
        .filter(|(_, column)| column.is_array() && column.items().is_some_and(|items| !items.properties().is_empty()));
    let (Some((list, _)), None) = (lists.next(), lists.next()) else {
        return;
    };
    let is_paging = |name: &str| {
        let name = name.to_ascii_lowercase();
        PAGING.iter().any(|word| name.contains(word))
            || matches!(name.as_str(), "kind" | "object" | "success" | "self" | "status")
    };
    if columns.iter().all(|(name, _)| name == list || is_paging(name)) {
        out.add(
            method.key_span,
            format!("{}/response", method.pointer),
            format!(
                "`{}` gives one row with `{list}` as JSON, not a row for each of them",
                method.name
            ),
        )
        .help(format!("add `objectKey: $.{list}[*]`"));
    }
}
