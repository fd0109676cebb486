//! Names and texts as they stand in a statement.

use std::borrow::Cow;

use super::keywords::{FIELDS, NAMES, is_refused_as_provider};

/// Where a name stands; the grammar refuses different words in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePlace {
    /// The first part of a table name.
    Provider,
    /// A service, resource or method.
    Table,
    /// A parameter in WHERE, a body field, a name in SET, a column.
    Field,
    /// A parameter of EXEC, behind `@`. Every word may stand bare there.
    ExecParameter,
}

/// A name as it has to be written: bare where the grammar takes it, else in double quotes.
#[must_use]
pub fn quoted(name: &str, place: NamePlace) -> Cow<'_, str> {
    let lower = name.to_ascii_lowercase();
    let is_refused = match place {
        NamePlace::Provider => is_refused_as_provider(&lower),
        NamePlace::Table => NAMES.binary_search(&lower.as_str()).is_ok(),
        NamePlace::Field => FIELDS.binary_search(&lower.as_str()).is_ok(),
        NamePlace::ExecParameter => false,
    };
    if is_plain(name) && !is_refused {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// Whether every reader of identifiers takes this for one: ASCII letters, digits and underscores, no digit first.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A text in single quotes: quotes doubled, and backslashes too, because the grammar decodes them.
#[must_use]
pub fn text_literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// `'{{ name }}'`. Characters that would end the quotes, the braces or the line become underscores.
#[must_use]
pub fn placeholder(name: &str) -> String {
    let readable: String = name
        .chars()
        .map(|character| match character {
            '\'' | '\\' | '{' | '}' => '_',
            character if character.is_control() => '_',
            character => character,
        })
        .collect();
    format!("'{{{{ {} }}}}'", readable.trim())
}

/// Whether a text is a literal that may stand without quotes: a number, `true`, `false`, `null`, or a function of one
/// text such as `json('[1]')`.
#[must_use]
pub fn is_bare_literal(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || is_number(text) || is_call_of_text(text)
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

fn is_call_of_text(text: &str) -> bool {
    let Some((function, rest)) = text.split_once('(') else {
        return false;
    };
    let Some(argument) = rest
        .strip_suffix(')')
        .and_then(|rest| rest.strip_prefix('\''))
        .and_then(|rest| rest.strip_suffix('\''))
    else {
        return false;
    };
    let mut characters = argument.chars();
    let mut is_closed = true;
    while let Some(character) = characters.next() {
        is_closed &= match character {
            '\'' => characters.next() == Some('\''),
            '\\' => characters.next().is_some(),
            _ => true,
        };
    }
    is_closed && is_plain(function) && FIELDS.binary_search(&function.to_ascii_lowercase().as_str()).is_err()
}

#[cfg(test)]
mod tests {
    use super::{NamePlace, is_bare_literal, placeholder, quoted, text_literal};

    #[test]
    fn words_are_quoted_where_the_grammar_needs_it() {
        assert_eq!(quoted("list", NamePlace::Table), "\"list\"");
        assert_eq!(quoted("order", NamePlace::Table), "order");
        assert_eq!(quoted("Order", NamePlace::Field), "\"Order\"");
        assert_eq!(quoted("order", NamePlace::ExecParameter), "order");
        assert_eq!(quoted("distinctrow", NamePlace::Provider), "distinctrow");
        assert_eq!(
            quoted("databricks_workspace", NamePlace::Provider),
            "databricks_workspace"
        );
    }

    #[test]
    fn odd_names_are_quoted_everywhere() {
        for name in ["api-version", "a.b", "2fa", "größe", "a b", "$top", "a@b", "x[0]"] {
            for place in [
                NamePlace::Provider,
                NamePlace::Table,
                NamePlace::Field,
                NamePlace::ExecParameter,
            ] {
                assert_eq!(quoted(name, place), format!("\"{name}\""));
            }
        }
        assert_eq!(quoted("a\"b", NamePlace::Field), "\"a\"\"b\"");
    }

    #[test]
    fn texts_cannot_end_early() {
        assert_eq!(text_literal(r"it's \ here"), r"'it''s \\ here'");
        assert_eq!(placeholder("a'b\n}}c"), "'{{ a_b___c }}'");
    }

    #[test]
    fn only_literals_stand_bare() {
        for text in ["1", "-2.5", "true", "json('[\"a;b\", \"it''s\"]')"] {
            assert!(is_bare_literal(text), "{text}");
        }
        for text in [
            "",
            "1; DROP",
            "1.",
            "-",
            "json('a'b')",
            "json('a\\')",
            "select('a')",
            "a",
            "--",
        ] {
            assert!(!is_bare_literal(text), "{text}");
        }
    }
}
