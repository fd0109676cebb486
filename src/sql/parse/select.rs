//! SELECT: the parts that routing needs, and the rest as text.

use super::parser::Parser;
use super::query::{OutputColumn, SelectQuery, TableRef};
use super::token::{SyntaxError, TokenKind};
use crate::source::Text;

/// Words that end a term, an output column or a table.
const CLAUSES: [&str; 16] = [
    "from",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "offset",
    "union",
    "join",
    "inner",
    "left",
    "right",
    "cross",
    "on",
    "as",
    "returning",
];

impl Parser<'_> {
    /// What follows `SELECT`.
    pub(super) fn select(&mut self) -> Result<SelectQuery, SyntaxError> {
        self.takes("distinct");
        let mut query = SelectQuery {
            columns: self.output_columns()?,
            ..SelectQuery::default()
        };
        if self.takes("from") {
            self.tables(&mut query)?;
        }
        if self.takes("where") {
            self.terms(&mut query)?;
        }
        self.tail(&mut query)?;
        Ok(query)
    }

    /// Output columns, of SELECT and of RETURNING.
    pub(super) fn output_columns(&mut self) -> Result<Vec<OutputColumn>, SyntaxError> {
        let mut columns = vec![self.output_column()?];
        while self.takes_sign(",") {
            columns.push(self.output_column()?);
        }
        Ok(columns)
    }

    fn output_column(&mut self) -> Result<OutputColumn, SyntaxError> {
        if self.takes_sign("*") {
            return Ok(OutputColumn::All);
        }
        let place = self.place();
        let start = self.start();
        if let Some(column) = self.plain_column()? {
            return Ok(column);
        }
        self.return_to(place);
        self.skip_expression()?;
        let text = self.text_from(start);
        if text.is_empty() {
            return Err(self.unexpected("a column"));
        }
        self.alias()?;
        Ok(OutputColumn::Expression(text))
    }

    /// `[table.]name [[AS] alias]`, when nothing else follows.
    fn plain_column(&mut self) -> Result<Option<OutputColumn>, SyntaxError> {
        if !matches!(self.peek(), TokenKind::Word(_) | TokenKind::Quoted(_))
            || matches!(self.peek_after(1), TokenKind::Sign("("))
        {
            return Ok(None);
        }
        // `CASE …` and the like are expressions, not names.
        let Ok(mut name) = self.field() else {
            if self.is_word("case") || self.is_word("cast") || self.is_word("not") || self.is_word("null") {
                return Ok(None);
            }
            return self.field().map(|_| None);
        };
        let mut table = None;
        if self.takes_sign(".") {
            if self.takes_sign("*") {
                return Ok(Some(OutputColumn::All));
            }
            table = Some(std::mem::replace(&mut name, self.field()?));
        }
        let alias = self.alias()?;
        let is_done = match self.peek() {
            TokenKind::End | TokenKind::Sign("," | ";" | ")") => true,
            TokenKind::Word(word) => CLAUSES.contains(&word.to_ascii_lowercase().as_str()),
            _ => false,
        };
        Ok(is_done.then_some(OutputColumn::Column { table, name, alias }))
    }

    fn alias(&mut self) -> Result<Option<Text>, SyntaxError> {
        if self.takes("as") {
            return self.field().map(Some);
        }
        match self.peek() {
            TokenKind::Quoted(_) => self.field().map(Some),
            TokenKind::Word(word) if !CLAUSES.contains(&word.to_ascii_lowercase().as_str()) => self.field().map(Some),
            _ => Ok(None),
        }
    }

    /// Goes to the next comma, clause or closing bracket outside of brackets.
    fn skip_expression(&mut self) -> Result<(), SyntaxError> {
        let mut depth_of_case = 0_usize;
        loop {
            match self.peek() {
                TokenKind::End | TokenKind::Sign("," | ";" | ")") => return Ok(()),
                TokenKind::Sign("(") => {
                    self.advance();
                    self.skip_group()?;
                    continue;
                }
                TokenKind::Word(word) => {
                    let word = word.to_ascii_lowercase();
                    match word.as_str() {
                        "case" => depth_of_case += 1,
                        "end" => depth_of_case = depth_of_case.saturating_sub(1),
                        "and" | "or" => return Ok(()),
                        word if depth_of_case == 0 && CLAUSES.contains(&word) => return Ok(()),
                        _ => {}
                    }
                }
                _ => {}
            }
            self.advance();
        }
    }

    /// The tables behind FROM, with what joins them.
    fn tables(&mut self, query: &mut SelectQuery) -> Result<(), SyntaxError> {
        loop {
            self.source(query)?;
            if self.takes("on") {
                self.terms(query)?;
            }
            let mut is_join = self.takes_sign(",");
            for word in ["natural", "left", "right", "inner", "cross", "full", "outer"] {
                is_join |= self.takes(word);
            }
            is_join |= self.takes("join");
            if !is_join {
                return Ok(());
            }
        }
    }

    /// A table of a provider, a subquery or a function.
    fn source(&mut self, query: &mut SelectQuery) -> Result<(), SyntaxError> {
        if self.takes_sign("(") {
            if self.takes("select") {
                let inner = self.select()?;
                query.tables.extend(inner.tables);
                query.predicates.extend(inner.predicates);
                query.other_terms.extend(inner.other_terms);
                self.expect_sign(")")?;
            } else {
                self.skip_group()?;
            }
            self.alias()?;
            return Ok(());
        }
        if matches!(self.peek_after(1), TokenKind::Sign("(")) {
            self.advance();
            self.advance();
            self.skip_group()?;
            self.alias()?;
            return Ok(());
        }
        let place = self.place();
        match self.table() {
            Ok(target) => {
                let alias = self.alias()?;
                query.tables.push(TableRef { target, alias });
            }
            Err(error) => {
                // A name without provider: a common table expression or a local table.
                self.return_to(place);
                if matches!(self.peek_after(1), TokenKind::Sign(".")) {
                    return Err(error);
                }
                self.field()?;
                self.alias()?;
            }
        }
        Ok(())
    }

    /// Terms joined by AND. One that compares a name with values goes to `predicates`, any other to `other_terms`.
    fn terms(&mut self, query: &mut SelectQuery) -> Result<(), SyntaxError> {
        loop {
            let place = self.place();
            let start = self.start();
            match self.comparison() {
                Ok(predicate) if self.ends_term() => query.predicates.push(predicate),
                outcome => {
                    self.return_to(place);
                    self.skip_expression()?;
                    while self.takes("or")
                        || (self.text_from(start).to_lowercase().contains(" between ") && self.takes("and"))
                    {
                        self.skip_expression()?;
                    }
                    let text = self.text_from(start);
                    match outcome {
                        Err(error) if text.is_empty() => return Err(error),
                        _ => query.other_terms.push(text),
                    }
                }
            }
            if !self.takes("and") {
                return Ok(());
            }
        }
    }

    fn ends_term(&self) -> bool {
        match self.peek() {
            TokenKind::End | TokenKind::Sign("," | ";" | ")") => true,
            TokenKind::Word(word) => {
                let word = word.to_ascii_lowercase();
                word == "and" || CLAUSES.contains(&word.as_str())
            }
            _ => false,
        }
    }

    /// Grouping, ordering, LIMIT and OFFSET; UNION is read and its tables are added.
    fn tail(&mut self, query: &mut SelectQuery) -> Result<(), SyntaxError> {
        loop {
            if self.takes("limit") {
                query.limit = self.literal()?.as_text().map(Text::from);
            } else if self.takes("offset") {
                query.offset = self.literal()?.as_text().map(Text::from);
            } else if self.takes("union") {
                self.takes("all");
                self.takes("select");
                let inner = self.select()?;
                query.tables.extend(inner.tables);
                query.predicates.extend(inner.predicates);
                query.other_terms.extend(inner.other_terms);
            } else if self.takes("group") || self.takes("order") || self.takes("having") {
                self.skip_expression()?;
                while self.takes_sign(",") || self.takes("and") || self.takes("or") {
                    self.skip_expression()?;
                }
            } else {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sql::parse::{OutputColumn, Query, parse};

    #[test]
    fn views_and_joins_are_understood() {
        let sql = "SELECT u.id, p.value AS permission, CASE WHEN a = 1 THEN 'x' ELSE json_extract(b, '$.c') END AS k, count(*) n \
                   FROM acme.shop.users u, JSON_EACH(u.permissions) p LEFT JOIN acme.shop.groups AS g ON g.id = u.group_id \
                   WHERE u.region = 'eu' AND g.kind IN ('a','b') AND lower(u.name) = 'x' AND (a = 1 OR b = 2) \
                   ORDER BY id LIMIT 5;";
        let Ok(Query::Select(query)) = parse(sql) else {
            panic!("it can be read: {:?}", parse(sql));
        };
        assert_eq!(query.columns.len(), 4);
        assert!(matches!(&query.columns[2], OutputColumn::Expression(text) if text.starts_with("CASE")));
        let tables: Vec<&str> = query
            .tables
            .iter()
            .map(|table| table.target.resource.as_str())
            .collect();
        assert_eq!(tables, ["users", "groups"]);
        let names: Vec<&str> = query
            .predicates
            .iter()
            .map(|predicate| predicate.name.as_str())
            .collect();
        assert_eq!(names, ["region", "kind"]);
        assert_eq!(
            query.other_terms,
            ["g.id = u.group_id", "lower(u.name) = 'x'", "(a = 1 OR b = 2)"]
        );
        assert_eq!(query.limit.as_deref(), Some("5"));
    }
}
