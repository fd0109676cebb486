use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{Method, Rows};
use crate::mapping::SqlVerb;

/// ## What it finds
/// A SELECT whose `objectKey` leads to a list of scalars.
/// ## Why it matters
/// The rows have one column, called like the key, and it is always null.
/// ## Example
/// `objectKey: $.names` where `names` is a list of texts
/// ## Instead
/// A response transform with `schema_override` that makes objects of the texts.
pub(super) static RULE: Rule = Rule {
    id: "scalar-rows",
    severity: Severity::Warning,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    let key = method.reply.object_key.filter(|key| *key != "$");
    if let (SqlVerb::Select, Some(key), Rows::Scalars) = (method.verb, key, &method.rows) {
        out.add(
            method.span_of(&["response", "objectKey"]),
            format!("{}/response/objectKey", method.pointer),
            format!(
                "the rows of `{}` are scalars: the only column `{key}` is null",
                method.name
            ),
        )
        .help("make objects of them with a response transform and `schema_override`");
    }
}
