use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;

/// ## What it finds
/// A method with a JSON body, and without `requestBodyTranslate` in its own `config`.
/// ## Why it matters
/// Body fields are then called `data__name` in SQL, which no documentation of the API says.
/// ## Example
/// A method for `POST /widgets` without `config`
/// ## Instead
/// `config: {requestBodyTranslate: {algorithm: naive}}`
pub(super) static RULE: Rule = Rule {
    id: "missing-body-translation",
    severity: Severity::Note,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let Some(body) = &method.body else { return };
    let (Some((field, _)), true, None) = (body.fields.first(), body.is_json, body.algorithm) else {
        return;
    };
    if !method.is_foreign() {
        out.add(
            method.key_span,
            method.pointer.as_str(),
            format!("body fields of `{}` are called `data__{field}` and so on", method.name),
        )
        .help("add `config: {requestBodyTranslate: {algorithm: naive}}`");
    }
}
