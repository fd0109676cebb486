use crate::diagnostic::Severity;
use crate::lint::names::needs_quotes;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Tree;
use crate::source::pointer;
use crate::sql::NamePlace;

/// ## What it finds
/// A service whose name is no plain identifier, or a word that the grammar does not take bare.
/// ## Why it matters
/// It must be quoted in every statement on every table of the service.
/// ## Example
/// `providerServices: {analyze: …}`
/// ## Instead
/// `providerServices: {analysis: …}`
pub(super) static RULE: Rule = Rule {
    id: "unquotable-service-name",
    severity: Severity::Warning,
    check: Check::Tree(check),
};

fn check(tree: &Tree, out: &mut Out<'_>) {
    for service in tree.services() {
        if needs_quotes(&service.key, NamePlace::Table) {
            out.add(
                service.key_span,
                format!("/providerServices/{}", pointer::escape(&service.key)),
                format!("the service `{}` must be quoted in SQL", service.key),
            )
            .help("give it another name");
        }
    }
}
