use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::Position;

/// ## What it finds
/// A description that somebody wanted to write later: `TODO`, `FIXME`, `TBD`, or nothing but punctuation.
/// ## Why it matters
/// It is shown to users as it is.
/// ## Example
/// `description: 'TODO: add description'`
/// ## Instead
/// A sentence, or no description at all.
pub(super) static RULE: Rule = Rule {
    id: "unfinished-description",
    severity: Severity::Warning,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if !matches!(place.position, Position::Object(_)) {
        return;
    }
    for key in ["description", "summary"] {
        let Some((text, span)) = place.text(key) else { continue };
        if is_unfinished(text) {
            let start: String = text.chars().take(40).collect();
            out.add(span, place.pointer_of(key), format!("`{}` is no {key}", start.trim()))
                .help("write a sentence, or leave it out");
        }
    }
}

fn is_unfinished(text: &str) -> bool {
    let text = text.trim();
    let word = text
        .split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    matches!(word, "TODO" | "FIXME" | "TBD" | "XXX") || (!text.is_empty() && !text.chars().any(char::is_alphanumeric))
}
