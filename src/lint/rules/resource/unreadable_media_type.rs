use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT on a response that the runtime does not read as rows: `text/plain`, `text/html`, `text/json`, `*/*`,
/// `application/octet-stream`.
/// ## Why it matters
/// The statement ends in an error or a row of nulls.
/// ## Example
/// `mediaType: text/plain`
/// ## Instead
/// `overrideMediaType: application/json` with a transform that makes JSON of it.
pub(super) static RULE: Rule = Rule {
    id: "unreadable-media-type",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Select || method.text_of(&["response", "overrideMediaType"]).is_some() {
        return;
    }
    let Some(media_type) = method.reply.media_type else {
        return;
    };
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let is_unreadable = matches!(essence.as_str(), "text/json" | "*/*" | "application/octet-stream")
        || (essence.starts_with("text/") && essence != "text/xml" && essence != "text/json")
        || essence.starts_with("image/")
        || essence.starts_with("multipart/");
    if is_unreadable {
        out.add(
            method.span_of(&["response", "mediaType"]),
            format!("{}/response/mediaType", method.pointer),
            format!("`{}` answers `{media_type}`, which is not read as rows", method.name),
        )
        .help("set `overrideMediaType: application/json` and a transform, or leave the method to EXEC");
    }
}
