use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Service;
use crate::source::Node;

/// ## What it finds
/// A `pagination` block that does not end or does not page: a token that is still set on the last page (`last_id`), a
/// `Link` header put into a query parameter, a token from another header, a page number without a terminator.
/// ## Why it matters
/// The runtime asks for page after page up to its limit, or stops after the first.
/// ## Example
/// `responseToken: {key: $.last_id, location: body}`
/// ## Instead
/// A token that the API leaves out at the end; otherwise no block.
pub(super) static RULE: Rule = Rule {
    id: "unsafe-pagination",
    severity: Severity::Warning,
    check: Check::Service(check),
};

fn check(service: &Service<'_>, out: &mut Out<'_>) {
    let root = service.document.service.spec.root.get("x-stackQL-config");
    look(root, "/x-stackQL-config", out);
    for resource in &service.resources {
        look(
            resource.node.get("config"),
            &format!("{}/config", resource.pointer),
            out,
        );
        for method in &resource.methods {
            look(method.node.get("config"), &format!("{}/config", method.pointer), out);
        }
    }
}

fn look(config: Option<&Node>, pointer: &str, out: &mut Out<'_>) {
    let Some(block) = config.and_then(|config| config.get("pagination")) else {
        return;
    };
    let part = |token: &str, key: &str| {
        block
            .get(token)
            .and_then(|token| token.get_str(key))
            .unwrap_or_default()
    };
    let (key, location) = (part("responseToken", "key"), part("responseToken", "location"));
    let (request_key, request_location) = (part("requestToken", "key"), part("requestToken", "location"));
    let name = key.rsplit(['.', '"']).find(|step| !step.is_empty()).unwrap_or_default();
    let is_numbered = block.get_str("algorithm") == Some("page_number");
    let is_link = key.eq_ignore_ascii_case("link");
    let (message, help) =
        if location == "header" && is_link && (request_location != "request" || !request_key.is_empty()) {
            (
                "the whole `Link` header is sent as the value of a parameter".to_owned(),
                "write `requestToken: {key: '', location: request}`",
            )
        } else if location == "header" && !is_link {
            (
                format!("a token from the header `{key}` is not followed"),
                "remove the block",
            )
        } else if is_numbered && block.get("responseToken").is_none() {
            (
                "page numbers without `responseToken` end the runtime's process".to_owned(),
                "add `responseToken`: the page of the answer",
            )
        } else if is_numbered && block.get("responseTerminator").is_none() {
            (
                "page numbers without `responseTerminator` do not end".to_owned(),
                "add `responseTerminator`",
            )
        } else if !is_numbered
            && location == "body"
            && matches!(name, "last_id" | "lastId" | "id" | "last" | "current_page" | "page")
        {
            (
                format!("`{key}` is still set on the last page, so paging goes on up to the limit"),
                "remove the block, unless the API leaves the token out at the end",
            )
        } else {
            return;
        };
    out.add(block.span, format!("{pointer}/pagination"), message).help(help);
}
