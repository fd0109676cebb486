//! What a page may say in JavaScript: imports, constants, and values in braces.
//!
//! Pages hold data, not programs. What is read here is the part of the language that data needs: literals, arrays, objects,
//! and names with their properties. Anything else is refused, for a page that is written must build: a call or an operator
//! belongs into a component. A name that neither the page nor the site declares would stop the build as well.

/// Names that every page may use.
const KNOWN: [&str; 7] = [
    "props",
    "frontMatter",
    "contentTitle",
    "toc",
    "assets",
    "metadata",
    "undefined",
];

/// Words that are no names.
const RESERVED: [&str; 44] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
];

/// Why code is refused, and where in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The place, in bytes from the start of the code.
    pub(super) place: usize,
    /// Why.
    pub(super) reason: String,
}

/// Names that code declares and names that it uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Declared by imports and constants.
    pub(super) declared: Vec<String>,
    /// Used in values.
    pub(super) used: Vec<String>,
}

impl Names {
    /// The first name that nobody declares.
    pub(super) fn unknown(&self) -> Option<&str> {
        let is_unknown = |name: &&String| !KNOWN.contains(&name.as_str()) && !self.declared.contains(name);
        self.used.iter().find(is_unknown).map(String::as_str)
    }

    /// The first name that is declared twice.
    pub(super) fn repeated(&self) -> Option<&str> {
        let mut names = self.declared.iter().enumerate();
        names
            .find(|(index, name)| self.declared[..*index].contains(name))
            .map(|(_, name)| name.as_str())
    }
}

/// The names that a value in braces uses; one of comments alone is none.
///
/// # Errors
/// Code that is no value of a kind that pages may have.
pub(super) fn expression(code: &str) -> Result<Names, Refusal> {
    let mut reader = Reader::new(code);
    reader.blanks()?;
    if !reader.is_at_end() {
        reader.value(0)?;
        reader.blanks()?;
    }
    reader.end()
}

/// `...name` between the attributes of a tag.
///
/// # Errors
/// Anything else.
pub(super) fn spread(code: &str) -> Result<Names, Refusal> {
    let mut reader = Reader::new(code);
    reader.blanks()?;
    reader.expect("...")?;
    reader.blanks()?;
    reader.path(0)?;
    reader.blanks()?;
    reader.end()
}

/// Imports and constants.
///
/// # Errors
/// Any other statement.
pub(super) fn module(code: &str) -> Result<Names, Refusal> {
    let mut reader = Reader::new(code);
    loop {
        reader.blanks()?;
        if reader.is_at_end() {
            return reader.end();
        }
        if reader.word("import") {
            reader.import()?;
        } else if reader.word("export") {
            reader.blanks()?;
            if !reader.word("const") {
                return Err(reader.refusal("only `export const name = …` can be exported"));
            }
            reader.constant()?;
        } else {
            return Err(reader.refusal("only imports and exports can stand here"));
        }
        reader.statement_end()?;
    }
}

/// Deepest value.
const MAX_DEPTH: usize = 64;

struct Reader<'a> {
    code: &'a str,
    at: usize,
    names: Names,
}

impl<'a> Reader<'a> {
    fn new(code: &'a str) -> Self {
        Reader {
            code,
            at: 0,
            names: Names::default(),
        }
    }

    fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    fn end(self) -> Result<Names, Refusal> {
        if self.is_at_end() {
            Ok(self.names)
        } else {
            Err(self.refusal("this is more JavaScript than a page may have: put it into a component"))
        }
    }

    fn refusal(&self, reason: &str) -> Refusal {
        Refusal {
            place: self.at,
            reason: reason.to_owned(),
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn expect(&mut self, text: &str) -> Result<(), Refusal> {
        if self.take(text) {
            Ok(())
        } else {
            Err(self.refusal(&format!("`{text}` is missing")))
        }
    }

    /// White space and comments. Says whether there was a line end.
    fn blanks(&mut self) -> Result<bool, Refusal> {
        let mut line_end = false;
        loop {
            let blank = self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
            line_end |= self.rest()[..blank].contains(['\n', '\r']);
            self.at += blank;
            if self.rest().starts_with("/*") {
                let Some(length) = self.rest()[2..].find("*/") else {
                    return Err(self.refusal("a comment does not end"));
                };
                line_end |= self.rest()[..length].contains('\n');
                self.at += length + 4;
            } else if blank == 0 {
                return Ok(line_end);
            }
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let follows = self
            .rest()
            .strip_prefix(word)
            .is_some_and(|after| !after.starts_with(is_name_part));
        if follows {
            self.at += word.len();
        }
        follows
    }

    fn name(&mut self) -> Result<&'a str, Refusal> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(is_name_part).len();
        let name = &rest[..length];
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(self.refusal("this is more JavaScript than a page may have: put it into a component"));
        }
        self.at += length;
        Ok(name)
    }

    fn declared(&mut self) -> Result<(), Refusal> {
        let place = self.at;
        let name = self.name()?;
        if !is_usable(name) {
            self.at = place;
            return Err(self.refusal(&format!("`{name}` is no name in JavaScript")));
        }
        self.names.declared.push(name.to_owned());
        Ok(())
    }

    /// Behind `import`.
    fn import(&mut self) -> Result<(), Refusal> {
        self.blanks()?;
        if !self.rest().starts_with(['"', '\'']) {
            if self.rest().starts_with(['{', '*']) {
                self.imported()?;
            } else {
                self.declared()?;
                self.blanks()?;
                if self.take(",") {
                    self.blanks()?;
                    self.imported()?;
                }
            }
            self.blanks()?;
            if !self.word("from") {
                return Err(self.refusal("`from` is missing"));
            }
            self.blanks()?;
        }
        self.string()
    }

    /// `* as all` or `{one, two as three}`.
    fn imported(&mut self) -> Result<(), Refusal> {
        if self.take("*") {
            self.blanks()?;
            if !self.word("as") {
                return Err(self.refusal("`as` is missing"));
            }
            self.blanks()?;
            return self.declared();
        }
        self.expect("{")?;
        loop {
            self.blanks()?;
            if self.take("}") {
                return Ok(());
            }
            let place = self.at;
            self.name()?;
            let after = self.at;
            self.blanks()?;
            if self.word("as") {
                self.blanks()?;
                self.declared()?;
            } else {
                self.at = place;
                self.declared()?;
                self.at = after;
            }
            self.blanks()?;
            if !self.take(",") {
                return self.expect("}");
            }
        }
    }

    /// Behind `export const`.
    fn constant(&mut self) -> Result<(), Refusal> {
        self.blanks()?;
        self.declared()?;
        self.blanks()?;
        self.expect("=")?;
        self.blanks()?;
        self.value(0)
    }

    /// A semicolon, a line end, or nothing more.
    fn statement_end(&mut self) -> Result<(), Refusal> {
        let line_end = self.blanks()?;
        if self.take(";") || line_end || self.is_at_end() {
            Ok(())
        } else {
            Err(self.refusal("this is more JavaScript than a page may have: put it into a component"))
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Refusal> {
        if depth > MAX_DEPTH {
            return Err(self.refusal("this is nested too deep"));
        }
        match self.rest().chars().next() {
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"' | '\'' | '`') => self.string(),
            Some('-' | '0'..='9') => self.number(),
            _ => self.path(depth),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), Refusal> {
        self.expect("{")?;
        loop {
            self.blanks()?;
            if self.take("}") {
                return Ok(());
            }
            if self.rest().starts_with(['"', '\'']) {
                self.string()?;
            } else {
                self.name()?;
            }
            self.blanks()?;
            self.expect(":")?;
            self.blanks()?;
            self.value(depth + 1)?;
            self.blanks()?;
            if !self.take(",") {
                return self.expect("}");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), Refusal> {
        self.expect("[")?;
        loop {
            self.blanks()?;
            if self.take("]") {
                return Ok(());
            }
            self.value(depth + 1)?;
            self.blanks()?;
            if !self.take(",") {
                return self.expect("]");
            }
        }
    }

    /// `name`, `name.property`, `name[0]`
    fn path(&mut self, depth: usize) -> Result<(), Refusal> {
        let place = self.at;
        let name = self.name()?;
        match name {
            "true" | "false" | "null" => return Ok(()),
            _ if is_usable(name) => self.names.used.push(name.to_owned()),
            _ => {
                self.at = place;
                return Err(self.refusal("this is more JavaScript than a page may have: put it into a component"));
            }
        }
        loop {
            if self.take(".") {
                self.name()?;
            } else if self.take("[") {
                self.blanks()?;
                self.value(depth + 1)?;
                self.blanks()?;
                self.expect("]")?;
            } else {
                return Ok(());
            }
        }
    }

    fn number(&mut self) -> Result<(), Refusal> {
        let rest = self.rest();
        let length = rest.len()
            - rest
                .trim_start_matches(|next: char| is_name_part(next) || matches!(next, '.' | '+' | '-'))
                .len();
        if serde_json::from_str::<serde_json::Number>(&rest[..length]).is_err() {
            return Err(self.refusal("this is no number"));
        }
        self.at += length;
        Ok(())
    }

    /// A string in quotes or backticks, without anything inserted.
    fn string(&mut self) -> Result<(), Refusal> {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) else {
            return Err(self.refusal("a string is missing"));
        };
        let mut characters = rest.char_indices().skip(1).peekable();
        while let Some((place, character)) = characters.next() {
            match character {
                _ if character == quote => {
                    self.at += place + 1;
                    return Ok(());
                }
                '\n' | '\r' if quote != '`' => break,
                '$' if quote == '`' && characters.peek().is_some_and(|(_, next)| *next == '{') => break,
                '\\' => {
                    let after = &rest[place + 1..];
                    let hex = |from: usize, count: usize| {
                        let digits = after.get(from..from + count);
                        digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
                    };
                    let is_known = match after.chars().next() {
                        Some('u') => hex(1, 4),
                        Some('x') => hex(1, 2),
                        Some(next) => !next.is_ascii_digit() && !matches!(next, '\n' | '\r'),
                        None => false,
                    };
                    if !is_known {
                        break;
                    }
                    characters.next();
                }
                _ => {}
            }
        }
        Err(self.refusal("this is no string of a kind that a page may have"))
    }
}

fn is_name_part(next: char) -> bool {
    next.is_ascii_alphanumeric() || matches!(next, '_' | '$')
}

fn is_usable(name: &str) -> bool {
    !RESERVED.contains(&name) && !matches!(name, "true" | "false" | "null" | "yield")
}

#[cfg(test)]
mod tests {
    use super::{expression, module, spread};

    #[test]
    fn values_are_read() {
        for code in [
            "",
            " /* a } b */ ",
            "1",
            "-1.5e3",
            "'a\\u0041'",
            "`a\nb`",
            "[1, 'a', ]",
            "{a: 1, 'b': [{}]}",
            "{ class: 1 }",
            "props.a.b",
            "frontMatter['title']",
            "true",
        ] {
            let names = expression(code).unwrap_or_else(|refusal| panic!("{code}: {refusal:?}"));
            assert_eq!(names.unknown(), None, "{code}");
        }
        assert_eq!(spread("...props").map(|names| names.unknown().is_none()), Ok(true));
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for code in [
            "a b", "a + b", "a()", "() => 1", "<b/>", "class", "'a", "'a\nb'", "'\\u00'", "'\\01'", "`${a}`", "01",
            "1.", "1_0", "[", "[1 2]", "{a}", "{a:}", "...props", "// a", "/* a", "a.", "-", "", ";",
        ]
        .into_iter()
        .filter(|code| !code.is_empty())
        {
            assert!(expression(code).is_err(), "{code}");
        }
        assert_eq!(expression("id").expect("a name").unknown(), Some("id"));
    }

    #[test]
    fn modules_are_imports_and_constants() {
        let names =
            module("import A, {b as c, d} from 'x'\nimport * as e from \"y\";\nimport 'z';\nexport const f = [1];")
                .expect("a module");
        assert_eq!(names.declared, ["A", "c", "d", "e", "f"]);
        assert_eq!(names.repeated(), None);
        for code in [
            "import",
            "import A",
            "import A from",
            "import A from x",
            "import {a b} from 'x'",
            "import class from 'x'",
            "import A from 'x' import B from 'y'",
            "export a",
            "export default 1",
            "export const a",
            "export const a = 1 2",
            "export let a = 1",
            "let a = 1",
        ] {
            assert!(module(code).is_err(), "{code}");
        }
        let twice = module("import A from 'a';\nimport A from 'b';").expect("a module");
        assert_eq!(twice.repeated(), Some("A"));
    }
}
