use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// An optional input of an EXEC method whose schema type is `integer`, `number`, `boolean` or missing.
/// ## Why it matters
/// EXEC passes text only, and refuses every value for these types
/// (`SHOW key = '@n' does NOT match SQL type 'StrVal'`): the option cannot be used.
/// ## Example
/// `POST /widgets/{id}/resize` with an optional integer `size`
/// ## Instead
/// Declare it as `string`; a request transform gives body fields their real type again. `spgen build` does both.
pub(super) static RULE: Rule = Rule {
    id: "untyped-exec-option",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let refused = method.refused_by_exec(false);
    if !refused.is_empty() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!(
                "EXEC of `{}` takes no value for the optional `{}`",
                method.name,
                refused.join("`, `")
            ),
        )
        .help("declare them as `string`");
    }
}
