use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, On, Rule};
use crate::lint::view::Document;

/// ## What it finds
/// A service document above one megabyte.
/// ## Why it matters
/// Every statement parses the whole file of its service: about 0.15 seconds a megabyte, twice that for SHOW RESOURCES.
/// ## Example
/// `services/api.yaml` with 13 MB
/// ## Instead
/// Several services: by tag or by path (`split` in `spgen.yaml`).
pub(super) static RULE: Rule = Rule {
    id: "large-service",
    severity: Severity::Note,
    check: Check::Document(On::Service, check),
};

const LIMIT: usize = 1_000_000;

fn check(document: &Document, out: &mut Out<'_>) {
    let size = document.text.len();
    if size > LIMIT {
        let tenths = size / 100_000;
        out.add(
            document.start(),
            "",
            format!(
                "the document has {}.{} MB, which every statement parses",
                tenths / 10,
                tenths % 10
            ),
        )
        .help("divide the service");
    }
}
