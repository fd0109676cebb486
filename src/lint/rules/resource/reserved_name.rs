use crate::diagnostic::Severity;
use crate::lint::names::{is_plain, needs_quotes};
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::sql::NamePlace;

/// ## What it finds
/// A resource, or a method for EXEC, whose name is a word that the grammar does not take bare.
/// ## Why it matters
/// `EXEC p.s.r.list` is a syntax error; users must know to write `EXEC p.s.r."list"`.
/// ## Example
/// A resource `columns` is fine, one called `column` is not.
/// ## Instead
/// Another name, such as `table_columns`, or `restore` for a method `release`.
pub(super) static RULE: Rule = Rule {
    id: "reserved-name",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    say(resource.key, "resource", resource.key_span, &resource.pointer, out);
    for method in resource
        .methods
        .iter()
        .filter(|method| method.verb == crate::mapping::SqlVerb::Exec)
    {
        say(method.name, "method", method.key_span, &method.pointer, out);
    }
}

fn say(name: &str, what: &str, span: crate::source::Span, pointer: &str, out: &mut Out<'_>) {
    if is_plain(name) && needs_quotes(name, NamePlace::Table) {
        out.add(span, pointer, format!("the {what} `{name}` must be quoted in SQL"))
            .help("give it another name");
    }
}
