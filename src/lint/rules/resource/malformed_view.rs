use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Resource;
use crate::source::Node;

/// ## What it finds
/// A view without a query, without a predicate that names a dialect, with quotes that the runtime refuses
/// (`` ` ``), or with a placeholder that nothing fills.
/// ## Why it matters
/// The view fails, or sends its placeholder as it stands: unfilled, `'{{ region }}'` goes to the API literally unless the
/// predicate demands it (`requiredParams == [ "region" ]`).
/// ## Example
/// `views: {select: {ddl: "SELECT id FROM t WHERE region = '{{ region }}'"}}`
/// ## Instead
/// Add `predicate: sqlDialect == "sqlite3" && requiredParams == [ "region" ]`.
pub(super) static RULE: Rule = Rule {
    id: "malformed-view",
    severity: Severity::Warning,
    check: Check::Resource(check),
};

/// Longest chain of `fallback` that is followed.
const MAX_FALLBACKS: usize = 8;

fn check(resource: &Resource<'_>, out: &mut Out<'_>) {
    let Some(views) = resource.views() else { return };
    let Some(select) = views.get("select") else {
        out.add(
            views.span,
            format!("{}/config/views", resource.pointer),
            format!("the view `{}` has no `select`", resource.key),
        );
        return;
    };
    let mut view = Some(select);
    let mut pointer = format!("{}/config/views/select", resource.pointer);
    let mut said = Vec::new();
    for _ in 0..MAX_FALLBACKS {
        let Some(node) = view else { return };
        look(node, &pointer, resource.key, &mut said, out);
        pointer.push_str("/fallback");
        view = node.get("fallback");
    }
}

/// `said` holds the placeholders that were reported for another dialect.
fn look<'a>(view: &'a Node, pointer: &str, name: &str, said: &mut Vec<&'a str>, out: &mut Out<'_>) {
    let Some(ddl) = view
        .get("ddl")
        .filter(|ddl| ddl.as_str().is_some_and(|text| !text.trim().is_empty()))
    else {
        out.add(view.span, pointer, format!("the view `{name}` has no query"))
            .help("add `ddl`");
        return;
    };
    let text = ddl.as_str().unwrap_or_default();
    let predicate = view.get_str("predicate").unwrap_or_default();
    if !predicate.contains("sqlDialect") {
        out.add(
            view.span,
            pointer,
            format!("the view `{name}` does not say for which dialect it is"),
        )
        .help("add `predicate: sqlDialect == \"sqlite3\"`");
    }
    if text.contains('`') {
        out.add(
            ddl.span,
            format!("{pointer}/ddl"),
            format!("the view `{name}` holds backquotes, which are refused"),
        )
        .help("use double quotes");
    }
    for part in text.split("{{").skip(1) {
        let parameter = part.split("}}").next().unwrap_or_default().trim();
        if !predicate.contains(&format!("\"{parameter}\"")) && !said.contains(&parameter) {
            said.push(parameter);
            out.add(
                ddl.span,
                format!("{pointer}/ddl"),
                format!("`{parameter}` of the view `{name}` is sent as it stands when a query leaves it out"),
            )
            .help(format!("add `requiredParams == [ \"{parameter}\" ]` to the predicate"));
        }
    }
}
