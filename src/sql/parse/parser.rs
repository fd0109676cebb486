//! The parser: tokens to statements.

use super::query::{DeleteQuery, ExecQuery, InsertQuery, Literal, OutputColumn, Predicate, Query, UpdateQuery};
use super::token::{SyntaxError, Token, TokenKind, tokens};
use crate::source::Text;
use crate::sql::Target;
use crate::sql::quote::{NamePlace, quoted};

pub(super) struct Parser<'a> {
    pub(super) sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(sql: &'a str) -> Result<Self, SyntaxError> {
        Ok(Parser {
            sql,
            tokens: tokens(sql)?,
            at: 0,
        })
    }

    /// One statement, with at most a `;` behind it.
    pub(super) fn statement(&mut self) -> Result<Query, SyntaxError> {
        let query = if self.takes("select") {
            Query::Select(self.select()?)
        } else if self.takes("insert") {
            Query::Insert(self.insert()?)
        } else if self.takes("update") {
            Query::Update(self.update(false)?)
        } else if self.takes("replace") {
            Query::Update(self.update(true)?)
        } else if self.takes("delete") {
            Query::Delete(self.delete()?)
        } else if self.takes("exec") {
            Query::Exec(self.exec()?)
        } else {
            return Err(self.unexpected("SELECT, INSERT, UPDATE, REPLACE, DELETE or EXEC"));
        };
        self.takes_sign(";");
        match self.peek() {
            TokenKind::End => Ok(query),
            _ => Err(self.unexpected("the end of the statement")),
        }
    }

    fn insert(&mut self) -> Result<InsertQuery, SyntaxError> {
        self.expect("into")?;
        let target = self.table()?;
        self.expect_sign("(")?;
        let mut columns = vec![self.field()?];
        while self.takes_sign(",") {
            columns.push(self.field()?);
        }
        self.expect_sign(")")?;
        let is_values = self.takes("values");
        let mut rows = Vec::new();
        if is_values {
            loop {
                self.expect_sign("(")?;
                rows.push(self.literals()?);
                self.expect_sign(")")?;
                if !self.takes_sign(",") {
                    break;
                }
            }
        } else {
            self.expect("select")?;
            rows.push(self.literals()?);
        }
        Ok(InsertQuery {
            target,
            columns,
            rows,
            is_values,
            returning: self.returning()?,
        })
    }

    fn update(&mut self, is_replace: bool) -> Result<UpdateQuery, SyntaxError> {
        let target = self.table()?;
        self.expect("set")?;
        let mut assignments = Vec::new();
        loop {
            let name = self.field()?;
            self.expect_sign("=")?;
            assignments.push((name, self.literal()?));
            if !self.takes_sign(",") {
                break;
            }
        }
        let predicates = if self.takes("where") {
            self.comparisons()?
        } else {
            Vec::new()
        };
        Ok(UpdateQuery {
            is_replace,
            target,
            assignments,
            predicates,
            returning: self.returning()?,
        })
    }

    fn delete(&mut self) -> Result<DeleteQuery, SyntaxError> {
        self.expect("from")?;
        let target = self.table()?;
        let predicates = self.takes("where").then(|| self.comparisons()).transpose()?;
        Ok(DeleteQuery {
            target,
            predicates,
            returning: self.returning()?,
        })
    }

    fn exec(&mut self) -> Result<ExecQuery, SyntaxError> {
        let mut shows_results = false;
        while let TokenKind::Hint(hint) = self.peek() {
            shows_results |= hint.eq_ignore_ascii_case("showresults");
            self.at += 1;
        }
        let target = self.table()?;
        self.expect_sign(".")?;
        let method = self.name(NamePlace::Table)?;
        let mut parameters = Vec::new();
        while let TokenKind::Parameter(name) = self.peek() {
            let name = Text::from(name.as_str());
            self.at += 1;
            self.expect_sign("=")?;
            let value = self.literal()?;
            let is_taken = match &value {
                Literal::Text(_) => true,
                Literal::Integer(number) => !number.starts_with('-'),
                _ => false,
            };
            if !is_taken {
                return Err(self.error("EXEC takes texts and whole numbers only"));
            }
            parameters.push((name, value));
            if !self.takes_sign(",") {
                break;
            }
            if !matches!(self.peek(), TokenKind::Parameter(_)) {
                return Err(self.unexpected("a parameter behind the comma"));
            }
        }
        let payload = match self.peek() {
            TokenKind::Payload(_) => {
                self.at += 1;
                self.expect_sign("=")?;
                match self.literal()? {
                    Literal::Text(text) => Some(text),
                    _ => return Err(self.error("the payload is a text in single quotes")),
                }
            }
            TokenKind::Parameter(_) => {
                return Err(self.unexpected("a comma between the parameters (a `--` comment swallows one behind it)"));
            }
            _ => None,
        };
        Ok(ExecQuery {
            target,
            method,
            parameters,
            payload,
            shows_results,
        })
    }

    /// `p.s.r`
    pub(super) fn table(&mut self) -> Result<Target, SyntaxError> {
        let provider = self.name(NamePlace::Provider)?;
        self.expect_sign(".")?;
        let service = self.name(NamePlace::Table)?;
        self.expect_sign(".")?;
        let resource = self.name(NamePlace::Table)?;
        Ok(Target {
            provider,
            service,
            resource,
        })
    }

    /// A name, refused when it is a word that needs quotes here.
    pub(super) fn name(&mut self, place: NamePlace) -> Result<Text, SyntaxError> {
        let name = match self.peek() {
            TokenKind::Quoted(name) => Text::from(name.as_str()),
            TokenKind::Word(word) if quoted(word, place).starts_with('"') && !word.contains(['$', '@']) => {
                return Err(self.error(&format!("`{word}` needs double quotes here")));
            }
            TokenKind::Word(word) => Text::from(word.as_str()),
            _ => return Err(self.unexpected("a name")),
        };
        self.at += 1;
        Ok(name)
    }

    pub(super) fn field(&mut self) -> Result<Text, SyntaxError> {
        self.name(NamePlace::Field)
    }

    fn literals(&mut self) -> Result<Vec<Literal>, SyntaxError> {
        let mut values = vec![self.literal()?];
        while self.takes_sign(",") {
            values.push(self.literal()?);
        }
        Ok(values)
    }

    pub(super) fn literal(&mut self) -> Result<Literal, SyntaxError> {
        let is_negative = self.takes_sign("-");
        let literal = match self.peek().clone() {
            TokenKind::Number(number) => {
                let number = if is_negative { format!("-{number}") } else { number };
                if number.contains('.') {
                    Literal::Decimal(number)
                } else {
                    Literal::Integer(number)
                }
            }
            TokenKind::Text(text) if !is_negative => Literal::Text(text),
            TokenKind::Word(word) if !is_negative => match word.to_ascii_lowercase().as_str() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                "null" => Literal::Null,
                _ => return self.call(),
            },
            _ => return Err(self.unexpected("a value")),
        };
        self.at += 1;
        Ok(literal)
    }

    /// `json('…')`
    fn call(&mut self) -> Result<Literal, SyntaxError> {
        let start = self.tokens[self.at].start;
        let function = self.field()?.to_lowercase().to_string();
        self.expect_sign("(")?;
        let argument = match self.peek() {
            TokenKind::Text(text) => Some(text.clone()),
            _ => None,
        };
        self.skip_group()?;
        let is_of_one_text = argument.is_some() && matches!(&self.tokens[self.at - 2].kind, TokenKind::Text(_));
        let text = self.text_from(start);
        Ok(match argument {
            Some(argument) if is_of_one_text => Literal::Call { function, argument },
            _ => Literal::Expression(text),
        })
    }

    /// Goes behind the `)` that closes the group just opened.
    pub(super) fn skip_group(&mut self) -> Result<(), SyntaxError> {
        let mut depth = 1_usize;
        loop {
            match self.peek() {
                TokenKind::Sign("(") => depth += 1,
                TokenKind::Sign(")") => depth -= 1,
                TokenKind::End => return Err(self.unexpected("`)`")),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Comparisons joined by AND.
    fn comparisons(&mut self) -> Result<Vec<Predicate>, SyntaxError> {
        let mut predicates = vec![self.comparison()?];
        while self.takes("and") {
            predicates.push(self.comparison()?);
        }
        Ok(predicates)
    }

    /// `[table.]name op value`
    pub(super) fn comparison(&mut self) -> Result<Predicate, SyntaxError> {
        let mut name = self.field()?;
        let mut table = None;
        if self.takes_sign(".") {
            table = Some(std::mem::replace(&mut name, self.field()?));
        }
        let operator = self.operator()?;
        let values = if operator.ends_with("IN") {
            self.expect_sign("(")?;
            let values = self.literals()?;
            self.expect_sign(")")?;
            values
        } else {
            vec![self.literal()?]
        };
        Ok(Predicate {
            table,
            name,
            operator,
            values,
        })
    }

    fn operator(&mut self) -> Result<Text, SyntaxError> {
        if let TokenKind::Sign(sign @ ("=" | "!=" | "<>" | "<" | ">" | "<=" | ">=")) = self.peek() {
            let sign = *sign;
            self.at += 1;
            return Ok(sign.into());
        }
        let negation = if self.takes("not") { "NOT " } else { "" };
        for word in ["in", "like"] {
            if self.takes(word) {
                return Ok(ecow::eco_format!("{negation}{}", word.to_uppercase()));
            }
        }
        Err(self.unexpected("a comparison (names with signs such as `-` need double quotes)"))
    }

    fn returning(&mut self) -> Result<Vec<OutputColumn>, SyntaxError> {
        if self.takes("returning") {
            self.output_columns()
        } else {
            Ok(Vec::new())
        }
    }

    pub(super) fn peek(&self) -> &TokenKind {
        &self.tokens[self.at].kind
    }

    pub(super) fn peek_after(&self, steps: usize) -> &TokenKind {
        let last = self.tokens.len() - 1;
        &self.tokens[(self.at + steps).min(last)].kind
    }

    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn return_to(&mut self, place: usize) {
        self.at = place;
    }

    pub(super) fn start(&self) -> usize {
        self.tokens[self.at].start
    }

    /// The text from a byte to the end of the last token.
    pub(super) fn text_from(&self, start: usize) -> String {
        let end = self.at.checked_sub(1).map_or(start, |last| self.tokens[last].end);
        self.sql[start..end.max(start)].to_owned()
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), TokenKind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    pub(super) fn takes(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Sign(found) if *found == sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.takes(word) {
            Ok(())
        } else {
            Err(self.unexpected(&word.to_uppercase()))
        }
    }

    pub(super) fn expect_sign(&mut self, sign: &str) -> Result<(), SyntaxError> {
        if self.takes_sign(sign) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{sign}`")))
        }
    }

    pub(super) fn unexpected(&self, wanted: &str) -> SyntaxError {
        let token = &self.tokens[self.at];
        let found = match &token.kind {
            TokenKind::End => "the end".to_owned(),
            _ => format!("`{}`", &self.sql[token.start..token.end]),
        };
        self.error(&format!("expected {wanted}, found {found}"))
    }

    pub(super) fn error(&self, message: &str) -> SyntaxError {
        SyntaxError {
            position: self.start(),
            message: message.to_owned(),
        }
    }
}
