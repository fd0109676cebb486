//! The columns that a query brings, as far as its text tells.

use crate::source::Text;

/// A column of a query's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultColumn {
    /// Its name.
    pub name: Text,
    /// Whether every row has the same value, which stands in the query.
    pub is_constant: bool,
}

/// The columns of a query, from its outermost select list; `None` when they cannot be told (`*`, an expression without
/// a name).
#[must_use]
pub fn result_columns(query: &str) -> Option<Vec<ResultColumn>> {
    let mut columns: Vec<ResultColumn> = Vec::new();
    for item in select_list(query)? {
        let name = item_name(&item)?;
        if !columns.iter().any(|column| column.name == name) {
            let is_constant = is_constant(&item);
            columns.push(ResultColumn { name, is_constant });
        }
    }
    (!columns.is_empty()).then_some(columns)
}

/// A piece of SQL: what matters to find the commas of a select list.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Word(String),
    Quoted(String),
    Literal,
    Sign(char),
}

fn pieces(sql: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' | '`' => {
                let end = quoted_end(rest, first);
                let inner = &rest[1..end];
                let inner = inner.strip_suffix(first).unwrap_or(inner);
                pieces.push(if first == '\'' {
                    Piece::Literal
                } else {
                    Piece::Quoted(inner.to_owned())
                });
                end
            }
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if first.is_alphanumeric() || first == '_' => {
                let is_word = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$');
                let end = rest.find(|next| !is_word(next)).unwrap_or(rest.len());
                pieces.push(Piece::Word(rest[..end].to_owned()));
                end
            }
            _ => {
                if !first.is_whitespace() {
                    pieces.push(Piece::Sign(first));
                }
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    pieces
}

/// Behind the closing quote; doubled quotes stay inside.
fn quoted_end(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(found) = text[at..].find(quote) {
        at += found + 1;
        if !text[at..].starts_with(quote) {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// The items between the outermost SELECT and its FROM.
fn select_list(sql: &str) -> Option<Vec<Vec<Piece>>> {
    let is = |piece: &Piece, word: &str| matches!(piece, Piece::Word(text) if text.eq_ignore_ascii_case(word));
    let mut depth = 0_usize;
    let mut items: Option<Vec<Vec<Piece>>> = None;
    for piece in pieces(sql) {
        match piece {
            Piece::Sign('(') => depth += 1,
            Piece::Sign(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        match &mut items {
            None if depth == 0 && is(&piece, "select") => items = Some(vec![Vec::new()]),
            None => {}
            Some(_) if depth == 0 && is(&piece, "from") => break,
            Some(list) if depth == 0 && piece == Piece::Sign(',') => list.push(Vec::new()),
            Some(list) if depth == 0 && list.len() == 1 && list[0].is_empty() && is(&piece, "distinct") => {}
            Some(list) => list.last_mut()?.push(piece),
        }
    }
    items
}

/// The name behind AS, else that of a plain column.
fn item_name(item: &[Piece]) -> Option<Text> {
    let word = |piece: &Piece| match piece {
        Piece::Word(text) | Piece::Quoted(text) => Some(Text::from(text.as_str())),
        Piece::Literal | Piece::Sign(_) => None,
    };
    match item {
        [.., Piece::Word(as_word), name] if as_word.eq_ignore_ascii_case("as") => word(name),
        [name] | [.., Piece::Sign('.' | ')'), name] => word(name),
        _ => None,
    }
}

/// A literal with a name.
fn is_constant(item: &[Piece]) -> bool {
    match item {
        [Piece::Literal, ..] => item.len() <= 3,
        [Piece::Word(word), Piece::Word(as_word), _] => {
            as_word.eq_ignore_ascii_case("as")
                && (word.eq_ignore_ascii_case("null") || word.starts_with(|first: char| first.is_ascii_digit()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::result_columns;

    #[test]
    fn columns_come_from_the_outermost_select_list() {
        for (ddl, expected) in [
            ("SELECT a.id, b.name AS owner FROM x a", Some(vec!["id", "owner"])),
            (
                "WITH c AS (SELECT q, w FROM z) SELECT json_extract(a, '$.x, y') as \"odd one\", id from c",
                Some(vec!["odd one", "id"]),
            ),
            (
                "SELECT CASE WHEN a = 'from' THEN 1 ELSE 2 END AS kind FROM t -- , b\n",
                Some(vec!["kind"]),
            ),
            ("SELECT DISTINCT id FROM t", Some(vec!["id"])),
            ("SELECT * FROM t", None),
            ("SELECT a || b FROM t", None),
            ("no query", None),
        ] {
            let columns = result_columns(ddl);
            let names = columns
                .as_ref()
                .map(|columns| columns.iter().map(|column| column.name.as_str()).collect());
            assert_eq!(names, expected, "{ddl}");
        }
    }

    #[test]
    fn literals_are_the_same_in_every_row() {
        let columns =
            result_columns("SELECT 'x' AS a, NULL AS b, 12 AS c, d AS e, 'x' || d AS f FROM t").expect("named");
        let constant: Vec<&str> = columns
            .iter()
            .filter(|column| column.is_constant)
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(constant, ["a", "b", "c"]);
    }
}
