//! Names of response columns: which the runtime can select, and what the others are called instead.

use std::collections::BTreeSet;

use crate::source::Text;

/// Words that cannot be selected as response columns, quoted or not (runtime contract 6.2, found by trying each).
const UNSELECTABLE: [&str; 76] = [
    "add",
    "all",
    "alter",
    "and",
    "as",
    "autoincrement",
    "between",
    "case",
    "cast",
    "check",
    "collate",
    "constraint",
    "create",
    "current_date",
    "current_time",
    "current_timestamp",
    "default",
    "deferrable",
    "delete",
    "distinct",
    "drop",
    "else",
    "escape",
    "except",
    "exists",
    "foreign",
    "from",
    "group",
    "having",
    "in",
    "index",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "limit",
    "not",
    "nothing",
    "notnull",
    "null",
    "on",
    "or",
    "order",
    "primary",
    "raise",
    "references",
    "returning",
    "select",
    "set",
    "table",
    "then",
    "to",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "using",
    "values",
    "when",
    "where",
    "with",
    "distinctrow",
    "straight_join",
    "false",
    "if",
    "by",
    "end",
    "for",
    "full",
    "left",
    "like",
    "natural",
    "right",
];

/// Whether a response column of this name can be named in SELECT (perhaps in double quotes).
#[must_use]
pub fn is_selectable(name: &str) -> bool {
    is_plain(name) && !UNSELECTABLE.contains(&name.to_lowercase().as_str())
}

/// Whether a name is an identifier: a letter or underscore, then letters, digits and underscores. Letters of any
/// script count.
fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

/// The column names for wire names: the same where that works, else a safe one. Names that differ only in case are
/// kept apart, because SQL does not tell them apart.
#[must_use]
pub fn column_names(wire_names: &[Text]) -> Vec<Text> {
    column_names_beside(wire_names, &[])
}

/// Like [`column_names`], for rows to which the runtime adds columns of the given names (required inputs). A column
/// that differs from one of them in case only takes its spelling: equal names are one column, and that works.
#[must_use]
pub fn column_names_beside(wire_names: &[Text], inputs: &[Text]) -> Vec<Text> {
    let spelled: Vec<Text> = wire_names
        .iter()
        .map(|name| {
            let mut alike = inputs.iter().filter(|input| input.eq_ignore_ascii_case(name));
            alike.find(|input| is_selectable(input)).unwrap_or(name).clone()
        })
        .collect();
    distinct_names(&spelled)
}

fn distinct_names(wire_names: &[Text]) -> Vec<Text> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut columns: Vec<Option<Text>> = Vec::with_capacity(wire_names.len());
    // Names that can stay come first, so that adding a property never renames another.
    for name in wire_names {
        let stays = is_selectable(name) && taken.insert(name.as_str().to_lowercase());
        columns.push(stays.then(|| name.clone()));
    }
    let mut named = Vec::with_capacity(wire_names.len());
    for (name, column) in wire_names.iter().zip(columns) {
        named.push(column.unwrap_or_else(|| free_name(name, &mut taken)));
    }
    named
}

fn free_name(wire: &str, taken: &mut BTreeSet<String>) -> Text {
    let mut base: String = wire
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { '_' })
        .collect();
    let trimmed = base.trim_matches('_');
    if !trimmed.is_empty() {
        base = trimmed.to_owned();
    }
    if base.is_empty() || base.starts_with(|first: char| first.is_numeric()) {
        base.insert(0, '_');
    }
    if !is_selectable(&base) {
        base.push('_');
    }
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name.into()
}

#[cfg(test)]
mod tests {
    use super::{column_names, is_selectable};
    use crate::source::Text;

    fn named(wire: &[&str]) -> Vec<Text> {
        column_names(&wire.iter().map(|name| Text::from(*name)).collect::<Vec<_>>())
    }

    #[test]
    fn good_names_stay() {
        assert_eq!(named(&["id", "_links", "größe"]), ["id", "_links", "größe"]);
    }

    #[test]
    fn reserved_and_odd_names_get_safe_ones() {
        assert_eq!(
            named(&["default", "@odata.etag", "2fa", "a-b", "$"]),
            ["default_", "odata_etag", "_2fa", "a_b", "_"]
        );
        assert!(
            named(&["order", "ORDER", "x.y", "x y", "x_y"])
                .iter()
                .all(|name| is_selectable(name))
        );
    }

    #[test]
    fn names_that_differ_in_case_are_kept_apart() {
        assert_eq!(named(&["ID", "id"]), ["ID", "id_2"]);
    }

    #[test]
    fn columns_take_the_spelling_of_inputs() {
        let wire: [Text; 2] = ["sid".into(), "type".into()];
        let inputs: [Text; 2] = ["Sid".into(), "name".into()];
        assert_eq!(super::column_names_beside(&wire, &inputs), ["Sid", "type"]);
    }

    #[test]
    fn a_plain_name_is_never_renamed_for_an_odd_one() {
        assert_eq!(named(&["a-b", "a_b"]), ["a_b_2", "a_b"]);
    }
}
