//! Tokens of the runtime's SQL dialect. Comments vanish; a hint of EXEC stays.

/// A token and where it starts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A bare name or keyword.
    Word(String),
    /// A name in double quotes.
    Quoted(String),
    /// `@name`: a parameter of EXEC.
    Parameter(String),
    /// `@@name`: the payload of EXEC.
    Payload(String),
    /// A text in single quotes, decoded.
    Text(String),
    /// A number as written.
    Number(String),
    /// Anything else: one or two signs.
    Sign(&'static str),
    /// `/*+ … */`
    Hint(String),
    /// The end.
    End,
}

/// A place that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("syntax error at byte {position}: {message}")]
pub struct SyntaxError {
    /// Byte offset in the statement.
    pub position: usize,
    /// What is wrong.
    pub message: String,
}

const SIGNS: [&str; 28] = [
    "->>", "<=>", "->", "<>", "<=", ">=", "!=", "<<", ">>", "||", "&&", "::", "=", ",", "(", ")", "+", "-", "*", "/",
    "%", "^", "~", "<", ">", ".", ";", ":",
];

/// Takes a statement apart. The last token is always [`TokenKind::End`].
pub(super) fn tokens(sql: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut scanner = Scanner { sql, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next()? {
        tokens.push(token);
    }
    tokens.push(Token {
        kind: TokenKind::End,
        start: sql.len(),
        end: sql.len(),
    });
    Ok(tokens)
}

/// What stands at a place where a comment may stand.
enum Comment {
    None,
    Skipped,
    Hint(String),
}

struct Scanner<'a> {
    sql: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.sql[self.at..]
    }

    fn next(&mut self) -> Result<Option<Token>, SyntaxError> {
        loop {
            let trimmed = self.rest().trim_start();
            self.at = self.sql.len() - trimmed.len();
            if trimmed.is_empty() {
                return Ok(None);
            }
            let start = self.at;
            let kind = match self.comment()? {
                Comment::None => self.kind()?,
                Comment::Hint(hint) => TokenKind::Hint(hint),
                Comment::Skipped => continue,
            };
            return Ok(Some(self.token(start, kind)));
        }
    }

    fn token(&self, start: usize, kind: TokenKind) -> Token {
        Token {
            kind,
            start,
            end: self.at,
        }
    }

    /// Skips a comment, where there is one.
    fn comment(&mut self) -> Result<Comment, SyntaxError> {
        let rest = self.rest();
        if ["--", "//", "#"].iter().any(|start| rest.starts_with(start)) {
            self.at += rest.find('\n').unwrap_or(rest.len());
            return Ok(Comment::Skipped);
        }
        let Some(inner) = rest.strip_prefix("/*") else {
            return Ok(Comment::None);
        };
        let Some(length) = inner.find("*/") else {
            return Err(self.error("a comment does not end"));
        };
        self.at += length + 4;
        Ok(match inner[..length].strip_prefix('+') {
            Some(hint) => Comment::Hint(hint.trim().to_owned()),
            None => Comment::Skipped,
        })
    }

    fn kind(&mut self) -> Result<TokenKind, SyntaxError> {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or_default();
        match first {
            '\'' => self.text(),
            '"' => self.quoted().map(TokenKind::Quoted),
            '@' => {
                let is_payload = rest.starts_with("@@");
                self.at += if is_payload { 2 } else { 1 };
                let name = if self.rest().starts_with('"') {
                    self.quoted()?
                } else {
                    self.word()
                };
                if name.is_empty() {
                    return Err(self.error("`@` needs a name behind it"));
                }
                Ok(if is_payload {
                    TokenKind::Payload(name)
                } else {
                    TokenKind::Parameter(name)
                })
            }
            first if first.is_ascii_digit() => Ok(TokenKind::Number(self.number())),
            first if is_letter(first) => Ok(TokenKind::Word(self.word())),
            _ => {
                let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
                    return Err(self.error(&format!("`{first}` cannot stand here")));
                };
                self.at += sign.len();
                Ok(TokenKind::Sign(sign))
            }
        }
    }

    fn error(&self, message: &str) -> SyntaxError {
        SyntaxError {
            position: self.at,
            message: message.to_owned(),
        }
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let length = rest
            .find(|character: char| !is_letter(character) && !character.is_ascii_digit() && character != '@')
            .unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_owned()
    }

    fn number(&mut self) -> String {
        let rest = self.rest();
        let length = rest
            .find(|character: char| !character.is_ascii_digit() && character != '.')
            .unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_owned()
    }

    /// A name in double quotes, doubled ones inside.
    fn quoted(&mut self) -> Result<String, SyntaxError> {
        let rest = &self.rest()[1..];
        let mut name = String::new();
        let mut characters = rest.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            if character != '"' {
                name.push(character);
            } else if characters.next_if(|(_, next)| *next == '"').is_some() {
                name.push('"');
            } else if name.is_empty() {
                return Err(self.error("a name is empty"));
            } else {
                self.at += index + 2;
                return Ok(name);
            }
        }
        Err(self.error("a name in double quotes does not end"))
    }

    /// A text in single quotes: doubled ones inside, and backslash escapes.
    fn text(&mut self) -> Result<TokenKind, SyntaxError> {
        let rest = &self.rest()[1..];
        let mut text = String::new();
        let mut characters = rest.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            match character {
                '\\' => text.extend(characters.next().map(|(_, escaped)| decoded(escaped))),
                '\'' if characters.next_if(|(_, next)| *next == '\'').is_some() => text.push('\''),
                '\'' => {
                    self.at += index + 2;
                    return Ok(TokenKind::Text(text));
                }
                other => text.push(other),
            }
        }
        Err(self.error("a text does not end"))
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '_' | '$')
}

fn decoded(escaped: char) -> char {
    match escaped {
        '0' => '\0',
        'b' => '\u{8}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'Z' => '\u{1a}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};

    #[test]
    fn comments_vanish_and_texts_are_decoded() {
        let kinds: Vec<TokenKind> = tokens("a -- x ' \n'it''s\\n' /* ' */ \"q\"\"r\" 1.5 <=")
            .expect("it can be read")
            .into_iter()
            .map(|token| token.kind)
            .collect();
        assert_eq!(
            kinds,
            [
                TokenKind::Word("a".into()),
                TokenKind::Text("it's\n".into()),
                TokenKind::Quoted("q\"r".into()),
                TokenKind::Number("1.5".into()),
                TokenKind::Sign("<="),
                TokenKind::End,
            ]
        );
    }

    #[test]
    fn what_does_not_end_is_an_error() {
        for sql in ["'a", "\"a", "/* a", "\"\"", "`a`", "@ "] {
            assert!(tokens(sql).is_err(), "{sql}");
        }
    }
}
