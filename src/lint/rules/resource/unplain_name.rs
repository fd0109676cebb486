use crate::diagnostic::Severity;
use crate::lint::names::is_plain;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::mapping::SqlVerb;
use crate::source::Span;

/// ## What it finds
/// A resource, or a method for EXEC, whose name is no plain identifier: with hyphens, dots, blanks, or a digit first.
/// ## Why it matters
/// It must be quoted in every statement; unquoted, `dns-records` is read as a subtraction.
/// ## Example
/// A resource `dns-records`
/// ## Instead
/// `dns_records`
pub(super) static RULE: Rule = Rule {
    id: "unplain-name",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    say(resource.key, "resource", resource.key_span, &resource.pointer, out);
    for method in resource.methods.iter().filter(|method| method.verb == SqlVerb::Exec) {
        say(method.name, "method", method.key_span, &method.pointer, out);
    }
}

fn say(name: &str, what: &str, span: Span, pointer: &str, out: &mut Out<'_>) {
    if !is_plain(name) {
        out.add(span, pointer, format!("the {what} `{name}` must be quoted in SQL"))
            .help(format!("call it `{}`", plain(name)));
    }
}

fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { '_' })
        .collect();
    if plain.starts_with(char::is_numeric) {
        format!("_{plain}")
    } else {
        plain
    }
}
