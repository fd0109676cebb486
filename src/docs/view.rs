//! The page of a view: a query with a name.

use super::page::{Definition, FieldRow, Imports, ParameterRow, ViewPage};
use super::prose;
use super::resource::Place;
use super::settings::Style;
use crate::provider::{Resource, names};
use crate::source::Text;
use crate::sql::{Assignment, Statement, Term};

/// The page of a view.
pub(super) fn page(place: Place<'_>, resource: &Resource, folder: String) -> ViewPage {
    let fields: Vec<FieldRow> = resource
        .views
        .first()
        .and_then(|view| result_columns(&view.ddl))
        .unwrap_or_default()
        .into_iter()
        .map(|name| FieldRow {
            name,
            data_type: "text".into(),
            description: String::new(),
            children: Vec::new(),
        })
        .collect();
    let parameters = parameters(resource);
    ViewPage {
        folder,
        header: place.header(resource),
        imports: Imports {
            tabs: true,
            schema_table: place.settings.style == Style::SchemaTable && !fields.is_empty(),
        },
        article: prose::article(&resource.key),
        written: place.written(resource),
        overview: place.overview(resource, "View"),
        sql: example(place, resource, &fields, &parameters),
        fields,
        parameters,
        definitions: definitions(resource),
    }
}

/// The queries behind a resource, a tab per dialect.
pub(super) fn definitions(resource: &Resource) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::with_capacity(resource.views.len());
    for (index, view) in resource.views.iter().enumerate() {
        let dialect = view.dialect.as_deref().unwrap_or("sqlite3");
        let known = |value: &str| definitions.iter().any(|definition| definition.value == value);
        let value = if known(dialect) {
            format!("{dialect}-{}", index + 1)
        } else {
            dialect.to_owned()
        };
        definitions.push(Definition {
            label: capitalized(&value),
            value,
            sql: view.ddl.to_string(),
        });
    }
    definitions
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn parameters(resource: &Resource) -> Vec<ParameterRow> {
    let mut names: Vec<&Text> = Vec::new();
    for view in &resource.views {
        for name in &view.required_parameters {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
        .into_iter()
        .map(|name| ParameterRow {
            name: name.clone(),
            anchor: format!("parameter-{name}"),
            data_type: "string".into(),
            description: String::new(),
        })
        .collect()
}

fn example(place: Place<'_>, resource: &Resource, fields: &[FieldRow], parameters: &[ParameterRow]) -> Option<String> {
    let columns: Vec<Text> = fields
        .iter()
        .map(|field| field.name.clone())
        .filter(|name| names::is_selectable(name))
        .collect();
    if columns.is_empty() {
        return None;
    }
    let conditions = parameters.iter().map(|parameter| Assignment {
        name: parameter.name.clone(),
        term: Term::Placeholder(parameter.name.clone()),
        required: true,
    });
    let statement = Statement::Select {
        columns,
        target: place.target(resource),
        conditions: conditions.collect(),
    };
    statement.to_sql().ok()
}

/// The names of the columns of a query, from its outermost select list; `None` when they cannot be told (`*`, an
/// expression without a name).
fn result_columns(ddl: &str) -> Option<Vec<Text>> {
    let list = select_list(ddl)?;
    let mut names: Vec<Text> = Vec::new();
    for item in list {
        let name = item_name(&item)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
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
            let names = result_columns(ddl);
            let names = names
                .as_ref()
                .map(|names| names.iter().map(ecow::EcoString::as_str).collect());
            assert_eq!(names, expected, "{ddl}");
        }
    }
}
