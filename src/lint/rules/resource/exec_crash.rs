use rustc_hash::FxHashSet;

use crate::diagnostic::Severity;
use crate::lint::out::Out;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::Method;
use crate::mapping::SqlVerb;
use crate::openapi::{ParameterLocation, Schema};
use crate::source::Node;

/// ## What it finds
/// A method for EXEC whose response schema makes the runtime crash: an object without any array, some path parameter
/// or server variable of which is no property; an object without properties; a scalar.
/// ## Why it matters
/// The process ends before anything is sent.
/// ## Example
/// `POST /widgets/{id}/restart`, which answers `{status: string}`
/// ## Instead
/// A `response.schema_override` with an array property, or an `openAPIDocKey` without a schema (`'204'`).
pub(super) static RULE: Rule = Rule {
    id: "exec-crash",
    severity: Severity::Error,
    check: Check::Method(check),
};

fn check(method: &Method<'_>, out: &mut Out<'_>) {
    if method.verb != SqlVerb::Exec || method.is_foreign() || method.reply.is_transformed {
        return;
    }
    let Some(schema) = method.reply.schema else { return };
    let properties = schema.properties();
    let is_scalar = matches!(schema.data_type(), Some("string" | "integer" | "number" | "boolean"));
    let reason = if is_scalar {
        "its response is a scalar".to_owned()
    } else if properties.is_empty() && !schema.is_array() {
        "its response is an object without properties".to_owned()
    } else if has_array(&schema, &mut FxHashSet::default()) {
        return;
    } else {
        let in_path = method
            .parameters
            .all
            .iter()
            .filter(|parameter| parameter.location == ParameterLocation::Path)
            .map(|parameter| &parameter.name);
        let of_server = method.parameters.server.iter().map(|variable| &variable.name);
        match in_path.chain(of_server).find(|name| !properties.contains_key(*name)) {
            Some(name) => format!("its response holds no array, and no property `{name}`"),
            None => return,
        }
    };
    out.add(
        method.key_span,
        method.pointer.as_str(),
        format!("EXEC of `{}` fails: {reason}", method.name),
    )
    .label(schema.node().span, "the response")
    .help("set `openAPIDocKey` to a status without a schema, or override the schema with one that has an array");
}

/// Whether an array stands anywhere in a schema. Each schema is looked into once.
fn has_array(schema: &Schema<'_>, seen: &mut FxHashSet<*const Node>) -> bool {
    schema.is_array()
        || (seen.insert(std::ptr::from_ref(schema.node()))
            && schema.properties().values().any(|property| has_array(property, seen)))
}
