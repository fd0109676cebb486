//! From `config.views` of a resource to views.

use super::View;
use super::from_documents::text;
use crate::source::{Node, Text};

/// Longest chain of fallbacks that is followed.
const MAX_FALLBACKS: usize = 16;

/// The views of a resource: `config.views.select` and its chain of `fallback`s.
pub(super) fn read_views(resource: &Node) -> Vec<View> {
    let mut views = Vec::new();
    let mut next = resource
        .get("config")
        .and_then(|config| config.get("views"))
        .and_then(|views| views.get("select"));
    while let Some(node) = next
        && views.len() < MAX_FALLBACKS
    {
        if let Some(ddl) = text(node, "ddl") {
            let predicate = text(node, "predicate");
            let condition = predicate.as_deref().unwrap_or_default();
            views.push(View {
                dialect: quoted_after(condition, "sqlDialect"),
                required_parameters: listed_after(condition, "requiredParams"),
                predicate,
                ddl,
            });
        }
        next = node.get("fallback");
    }
    views
}

/// `sqlite3` of `sqlDialect == "sqlite3"`.
fn quoted_after(condition: &str, name: &str) -> Option<Text> {
    let rest = value_after(condition, name)?;
    let (value, _) = rest.strip_prefix('"')?.split_once('"')?;
    Some(value.into())
}

/// `a` and `b` of `requiredParams == [ "a", "b" ]`.
fn listed_after(condition: &str, name: &str) -> Vec<Text> {
    let list = value_after(condition, name)
        .and_then(|rest| rest.strip_prefix('['))
        .and_then(|rest| rest.split_once(']'))
        .map_or("", |(list, _)| list);
    list.split(',')
        .map(|item| item.trim().trim_matches(['"', '\'']))
        .filter(|item| !item.is_empty())
        .map(Text::from)
        .collect()
}

fn value_after<'a>(condition: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = condition.split_once(name)?;
    Some(rest.trim_start().strip_prefix("==")?.trim_start())
}

#[cfg(test)]
mod tests {
    use super::{listed_after, quoted_after};

    #[test]
    fn predicates_name_dialect_and_parameters() {
        let condition = r#"sqlDialect == "sqlite3" && requiredParams == [ "a", "b" ]"#;
        assert_eq!(quoted_after(condition, "sqlDialect").as_deref(), Some("sqlite3"));
        assert_eq!(listed_after(condition, "requiredParams"), ["a", "b"]);
        assert_eq!(quoted_after("true", "sqlDialect"), None);
        assert!(listed_after("requiredParams == [", "requiredParams").is_empty());
    }
}
