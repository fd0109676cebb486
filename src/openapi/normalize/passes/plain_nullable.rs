//! Ways to say that a value may be null.

use crate::openapi::normalize::draft::{Draft, with, without};
use crate::source::{List, Node, Value};

pass! {
    /// Writes `nullable: true` for `x-nullable: true` and for a `null` among the values of `enum`.
    ///
    /// One way to say it is enough, and `null` is no value that a user could choose.
    "plain-nullable", apply
}

fn apply(draft: &mut Draft) {
    draft.rewrite_schemas(|schema, place, log| {
        let mut plain: Option<Node> = None;
        if let Some(extension) = schema.get("x-nullable") {
            let rest = without(schema, &["x-nullable"])?;
            let is_nullable = extension.as_bool() == Some(true);
            let place = place.key("x-nullable");
            if is_nullable {
                log.told(&place, extension.span, "x-nullable: true", "nullable: true");
                plain = Some(with(&rest, "nullable", Node::bool(true)));
            } else {
                log.removed(&place, extension);
                plain = Some(rest);
            }
        }
        let values = schema.get("enum").and_then(Node::as_list);
        if let (Some(values), Some(written)) = (values, schema.get("enum"))
            && values.iter().any(Node::is_null)
        {
            let kept: List = values.iter().filter(|value| !value.is_null()).cloned().collect();
            let current = plain.unwrap_or_else(|| schema.clone());
            let current = with(&current, "nullable", Node::bool(true));
            let kept = Node::new(Value::List(kept)).at(written.span);
            log.replaced(&place.key("enum"), written, &kept);
            plain = if kept.as_list().is_some_and(List::is_empty) {
                without(&current, &["enum"])
            } else {
                Some(with(&current, "enum", kept))
            };
        }
        plain
    });
}
