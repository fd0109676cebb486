use crate::diagnostic::Severity;
use crate::lint::names::MARKUP;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::walk::Place;
use crate::openapi::Position;

/// ## What it finds
/// A description with the markup of a programming language's doc comments: `:param x:`, `:returns:`, `:class:`,
/// `@param`, or the text that Python gives to every enumeration.
/// ## Why it matters
/// Readers see the markup of another tool, often the text of another parameter.
/// ## Example
/// `description: "Name of the model. :param version: Version of the model."`
/// ## Instead
/// `description: Name of the model.`
pub(super) static RULE: Rule = Rule {
    id: "docstring-residue",
    severity: Severity::Warning,
    check: Check::Object(On::Any, check),
};

fn check(place: &Place<'_>, out: &mut Out<'_>) {
    if !matches!(place.position, Position::Object(_)) {
        return;
    }
    for key in ["description", "summary"] {
        let Some((text, span)) = place.text(key) else { continue };
        if let Some(markup) = MARKUP.iter().find(|markup| text.contains(**markup)) {
            out.add(
                span,
                place.pointer_of(key),
                format!("`{}` in a {key} is markup of another tool", markup.trim()),
            )
            .help("keep the sentences that are about this very thing");
        }
    }
}
