//! What a statement of the documentation gives to which name: enough of the grammar for the forms that pages show.

/// A value as it stands in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    /// In single quotes, decoded.
    Text(String),
    /// Bare: a number, `true`, `false`.
    Bare(String),
}

impl Literal {
    /// The text, however it is written.
    pub(super) fn text(&self) -> &str {
        match self {
            Literal::Text(text) | Literal::Bare(text) => text,
        }
    }
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// Names with their values, in order.
    pub(super) given: Vec<(String, Literal)>,
    /// The columns of SELECT or RETURNING, in order.
    pub(super) columns: Vec<String>,
    /// The text behind `@@json=`.
    pub(super) json: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A bare word: keyword, name or number.
    Word(String),
    /// A name in double quotes.
    Name(String),
    /// Text in single quotes.
    Text(String),
    Sign(char),
}

/// Reads a statement.
///
/// # Errors
/// What could not be understood.
pub(super) fn read(sql: &str) -> Result<Said, String> {
    let tokens = tokens(sql)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    match reader.word().map(str::to_ascii_uppercase).as_deref() {
        Some("SELECT") => reader.select(),
        Some("INSERT") => reader.insert(),
        Some("UPDATE" | "REPLACE") => reader.update(),
        Some("DELETE") => reader.delete(),
        Some("EXEC") => reader.exec(),
        _ => Err("the statement does not begin with a verb".to_owned()),
    }
}

fn tokens(sql: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        rest = if first.is_whitespace() {
            rest.trim_start()
        } else if rest.starts_with("--") {
            rest.split_once('\n').map_or("", |(_, behind)| behind)
        } else if rest.starts_with("/*") {
            let comment_end = rest.find("*/").ok_or("a comment is not closed")?;
            &rest[comment_end + 2..]
        } else if first == '\'' {
            let (text, behind) = quoted(&rest[1..])?;
            tokens.push(Token::Text(text));
            behind
        } else if first == '"' {
            let (name, behind) = rest[1..].split_once('"').ok_or("a name is not closed")?;
            tokens.push(Token::Name(name.to_owned()));
            behind
        } else if is_word(first) {
            let end = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            &rest[end..]
        } else {
            tokens.push(Token::Sign(first));
            &rest[first.len_utf8()..]
        };
    }
    Ok(tokens)
}

/// Numbers may hold a dot and a sign in front; the sign is part of the word only before a digit.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// Text up to the closing quote, decoded, and what follows.
fn quoted(text: &str) -> Result<(String, &str), String> {
    let mut decoded = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '\'' if characters.peek().is_some_and(|(_, next)| *next == '\'') => {
                characters.next();
                decoded.push('\'');
            }
            '\'' => return Ok((decoded, &text[at + 1..])),
            '\\' => match characters.next() {
                Some((_, 'n')) => decoded.push('\n'),
                Some((_, 't')) => decoded.push('\t'),
                Some((_, other)) => decoded.push(other),
                None => break,
            },
            _ => decoded.push(character),
        }
    }
    Err("a text is not closed".to_owned())
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn word(&mut self) -> Option<&str> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(keyword);
        self.at += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn is_end(&self) -> bool {
        matches!(self.peek(), None | Some(Token::Sign(';')))
    }

    fn name(&mut self) -> Result<String, String> {
        match self.peek() {
            Some(Token::Word(name) | Token::Name(name)) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            other => Err(format!("a name was expected, found {other:?}")),
        }
    }

    fn literal(&mut self) -> Result<Literal, String> {
        let mut bare = String::new();
        if self.take_sign('-') {
            bare.push('-');
        }
        match self.peek().cloned() {
            Some(Token::Text(text)) => {
                self.at += 1;
                Ok(Literal::Text(text))
            }
            Some(Token::Word(word)) => {
                self.at += 1;
                bare.push_str(&word);
                if self.take_sign('.') {
                    bare.push('.');
                    bare.push_str(self.word().unwrap_or_default());
                }
                Ok(Literal::Bare(bare))
            }
            other => Err(format!("a value was expected, found {other:?}")),
        }
    }

    fn target(&mut self) -> Result<(), String> {
        self.name()?;
        while self.take_sign('.') {
            self.name()?;
        }
        Ok(())
    }

    fn list(&mut self, item: impl Fn(&mut Self) -> Result<String, String>) -> Result<Vec<String>, String> {
        let mut items = vec![item(self)?];
        while self.take_sign(',') {
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn select(&mut self) -> Result<Said, String> {
        let columns = if self.take_sign('*') {
            Vec::new()
        } else {
            self.list(Self::name)?
        };
        if !self.take_keyword("FROM") {
            return Err("FROM was expected".to_owned());
        }
        self.target()?;
        let given = self.conditions()?;
        self.end(Said {
            given,
            columns,
            json: None,
        })
    }

    fn conditions(&mut self) -> Result<Vec<(String, Literal)>, String> {
        if !self.take_keyword("WHERE") {
            return Ok(Vec::new());
        }
        let mut given = vec![self.assignment()?];
        while self.take_keyword("AND") {
            given.push(self.assignment()?);
        }
        Ok(given)
    }

    fn assignment(&mut self) -> Result<(String, Literal), String> {
        let name = self.name()?;
        if !self.take_sign('=') {
            return Err(format!("`=` was expected behind `{name}`"));
        }
        Ok((name, self.literal()?))
    }

    fn insert(&mut self) -> Result<Said, String> {
        self.take_keyword("INTO");
        self.target()?;
        if !self.take_sign('(') {
            return Err("a list of columns was expected".to_owned());
        }
        let names = self.list(Self::name)?;
        self.take_sign(')');
        if !self.take_keyword("SELECT") {
            return Err("SELECT was expected behind the columns".to_owned());
        }
        let mut values = vec![self.literal()?];
        while self.take_sign(',') {
            values.push(self.literal()?);
        }
        if names.len() != values.len() {
            return Err(format!("{} columns, but {} values", names.len(), values.len()));
        }
        let columns = self.returning()?;
        self.end(Said {
            given: names.into_iter().zip(values).collect(),
            columns,
            json: None,
        })
    }

    fn returning(&mut self) -> Result<Vec<String>, String> {
        if self.take_keyword("RETURNING") {
            return self.list(Self::name);
        }
        Ok(Vec::new())
    }

    fn update(&mut self) -> Result<Said, String> {
        self.target()?;
        if !self.take_keyword("SET") {
            return Err("SET was expected".to_owned());
        }
        let mut given = vec![self.assignment()?];
        while self.take_sign(',') {
            given.push(self.assignment()?);
        }
        given.extend(self.conditions()?);
        let columns = self.returning()?;
        self.end(Said {
            given,
            columns,
            json: None,
        })
    }

    fn delete(&mut self) -> Result<Said, String> {
        self.take_keyword("FROM");
        self.target()?;
        let given = self.conditions()?;
        self.end(Said {
            given,
            ..Said::default()
        })
    }

    fn exec(&mut self) -> Result<Said, String> {
        self.target()?;
        let mut said = Said::default();
        while self.take_sign('@') {
            if self.take_sign('@') {
                self.name()?;
                self.take_sign('=');
                said.json = Some(self.literal()?.text().to_owned());
                break;
            }
            said.given.push(self.assignment()?);
            self.take_sign(',');
        }
        self.end(said)
    }

    fn end(&self, said: Said) -> Result<Said, String> {
        if self.is_end() {
            return Ok(said);
        }
        Err(format!("the statement should end before {:?}", self.peek()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Literal, read};

    fn given(sql: &str) -> Vec<(String, String)> {
        let said = read(sql).expect("readable");
        said.given
            .into_iter()
            .map(|(name, value)| (name, value.text().to_owned()))
            .collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn select_gives_columns_and_conditions() {
        let sql = "SELECT\na,\n\"b-c\"\nFROM p.s.\"list\"\nWHERE x = 'it''s' -- required\nAND \"y z\" = -1.5\n;";
        assert_eq!(given(sql), pairs(&[("x", "it's"), ("y z", "-1.5")]));
        assert_eq!(read(sql).map(|said| said.columns), Ok(vec!["a".into(), "b-c".into()]));
    }

    #[test]
    fn insert_pairs_columns_with_values() {
        let sql = "INSERT INTO p.s.r (\na,\nb\n)\nSELECT\n'1' /* required */,\ntrue\nRETURNING\nc\n;";
        assert_eq!(given(sql), pairs(&[("a", "1"), ("b", "true")]));
        assert_eq!(read(sql).map(|said| said.columns), Ok(vec!["c".into()]));
    }

    #[test]
    fn exec_takes_parameters_and_json() {
        let sql = "EXEC p.s.r.m\n@a='1', --required\n@\"b-c\"='2' --required\n@@json=\n'{\n\"x\": \"y\"\n}'\n;";
        let said = read(sql).expect("readable");
        assert_eq!(given(sql), pairs(&[("a", "1"), ("b-c", "2")]));
        assert_eq!(said.json.as_deref(), Some("{\n\"x\": \"y\"\n}"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(read("INSERT INTO p.s.r (a) SELECT 1, 2;").is_err());
        assert!(read("UPDATE p.s.r SET WHERE a = 1;").is_err());
        assert!(read("SELECT a FROM p.s.r WHERE a = 'x").is_err());
        assert_eq!(
            read("DELETE FROM p.s.r WHERE a = 3;").map(|said| said.given),
            Ok(vec![("a".to_owned(), Literal::Bare("3".to_owned()))])
        );
    }
}
