//! The JSON reader: much faster than reading JSON as YAML, with the same result. Strings with escapes are decoded by
//! `serde_json`; all else is short enough to stand here, because spans are needed that its reader does not give.

use super::builder::Builder;
use super::document::{MAX_DEPTH, too_deep};
use super::{Document, FileId, Node, ReadError, Text, Value};

/// Reads a text that consists of one JSON object or array.
pub(super) fn load(file: FileId, text: &str) -> Result<Document, ReadError> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        builder: Builder::new(file),
        closing: Vec::new(),
    };
    reader.document()?;
    Ok(reader.builder.finish())
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    builder: Builder,
    /// The closing bracket of each open collection.
    closing: Vec<u8>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), ReadError> {
        self.skip_blanks();
        loop {
            self.value()?;
            if !self.after_value()? {
                break;
            }
        }
        self.skip_blanks();
        if self.at < self.bytes.len() {
            return Err(self.error("text after the end of the document", "remove it"));
        }
        Ok(())
    }

    /// Reads on to where the next value starts; false when the document is complete.
    fn after_value(&mut self) -> Result<bool, ReadError> {
        while let Some(closing) = self.closing.last().copied() {
            self.skip_blanks();
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.skip_blanks();
                    if closing == b'}' {
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(byte) if byte == closing => self.close(),
                _ if closing == b'}' => {
                    return Err(self.error("expected `,` or `}` after a value", "add the missing comma or brace"));
                }
                _ => return Err(self.error("expected `,` or `]` after a value", "add the missing comma or bracket")),
            }
        }
        Ok(false)
    }

    /// Reads a scalar, an empty collection, or into a collection as far as its first scalar.
    fn value(&mut self) -> Result<(), ReadError> {
        loop {
            let start = self.at;
            match self.peek() {
                Some(b'{') => {
                    self.open(b'}')?;
                    if self.peek() == Some(b'}') {
                        self.close();
                        return Ok(());
                    }
                    self.key()?;
                }
                Some(b'[') => {
                    self.open(b']')?;
                    if self.peek() == Some(b']') {
                        self.close();
                        return Ok(());
                    }
                }
                Some(b'"') => {
                    let text = self.string()?;
                    self.add(Value::String(text), start);
                    return Ok(());
                }
                _ => {
                    let value = self.plain()?;
                    self.add(value, start);
                    return Ok(());
                }
            }
        }
    }

    fn open(&mut self, closing: u8) -> Result<(), ReadError> {
        if self.closing.len() >= MAX_DEPTH {
            return Err(ReadError {
                pointer: self.builder.pointer(),
                ..too_deep(self.builder.span(self.at, self.at + 1))
            });
        }
        if closing == b'}' {
            self.builder.open_map(self.at);
        } else {
            self.builder.open_list(self.at);
        }
        self.closing.push(closing);
        self.at += 1;
        self.skip_blanks();
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        self.closing.pop();
        if let Some(node) = self.builder.close(self.at) {
            self.builder.add(node);
        }
    }

    fn add(&mut self, value: Value, start: usize) {
        let span = self.builder.span(start, self.at);
        self.builder.add(Node { value, span });
    }

    /// A key, its colon and the blanks around it.
    fn key(&mut self) -> Result<(), ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.error(
                "expected a key in double quotes",
                "quote the key, or remove the comma before it",
            ));
        }
        let start = self.at;
        let key = self.string()?;
        let span = self.builder.span(start, self.at);
        self.builder.key(key, span);
        self.skip_blanks();
        if self.peek() != Some(b':') {
            return Err(self.error("expected `:` after a key", "add the missing colon"));
        }
        self.at += 1;
        self.skip_blanks();
        Ok(())
    }

    /// A string, from its opening quote.
    fn string(&mut self) -> Result<Text, ReadError> {
        let opening = self.at;
        self.at += 1;
        let start = self.at;
        let mut has_escapes = false;
        loop {
            let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            match self.bytes[self.at..].iter().position(special) {
                Some(length) => self.at += length,
                None => self.at = self.bytes.len(),
            }
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    self.at = (self.at + 2).min(self.bytes.len());
                }
                Some(_) => return Err(self.error("a line end or tab inside a string", "write it as `\\n` or `\\t`")),
                None => {
                    self.at = opening;
                    return Err(self.error("this string has no end", "add the closing quote"));
                }
            }
        }
        let end = self.at;
        self.at += 1;
        if !has_escapes {
            return Ok(Text::from(&self.text[start..end]));
        }
        serde_json::from_str::<String>(&self.text[opening..self.at])
            .map(Text::from)
            .map_err(|_| ReadError {
                message: "an escape in this string is none that JSON knows".into(),
                span: self.builder.span(opening, self.at),
                pointer: self.builder.pointer(),
                help: Some("write the character itself, or `\\uXXXX` (two of them beyond U+FFFF)".into()),
            })
    }

    /// `null`, a boolean or a number.
    fn plain(&mut self) -> Result<Value, ReadError> {
        let start = self.at;
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = self.bytes[start..].iter().position(|byte| !is_plain(byte));
        let end = length.map_or(self.bytes.len(), |length| start + length);
        let value = match &self.text[start..end] {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number if is_number(number.as_bytes()) => Value::Number(number.into()),
            _ => {
                return Err(self.error(
                    "expected a value",
                    "write a string, number, list, object, true, false or null",
                ));
            }
        };
        self.at = end;
        Ok(value)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn error(&self, message: &str, help: &str) -> ReadError {
        ReadError {
            message: message.to_owned(),
            span: self.builder.span(self.at, (self.at + 1).min(self.bytes.len())),
            pointer: self.builder.pointer(),
            help: Some(help.to_owned()),
        }
    }
}

/// Whether this is a number of RFC 8259.
fn is_number(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(bytes);
    if whole == 0 || (whole > 1 && bytes[0] == b'0') {
        return false;
    }
    let mut rest = &bytes[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let unsigned = exponent
            .strip_prefix(b"+")
            .or_else(|| exponent.strip_prefix(b"-"))
            .unwrap_or(exponent);
        return !unsigned.is_empty() && digits(unsigned) == unsigned.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_number, load};
    use crate::source::{FileId, Node, Value, yaml};

    fn error(text: &str) -> (String, u32) {
        let error = load(FileId(0), text).expect_err("broken");
        (error.message, error.span.start)
    }

    #[test]
    fn faults_are_named_where_they_are() {
        for (text, message, at) in [
            ("{\"a\": 1 \"b\": 2}", "expected `,` or `}` after a value", 8),
            ("[1 2]", "expected `,` or `]` after a value", 3),
            ("{\"a\": 1,}", "expected a key in double quotes", 8),
            ("{\"a\" 1}", "expected `:` after a key", 5),
            ("{\"a\": tru}", "expected a value", 6),
            ("[01]", "expected a value", 1),
            ("[\"abc", "this string has no end", 1),
            ("[\"a\nb\"]", "a line end or tab inside a string", 3),
            ("[\"\\ud83d\"]", "an escape in this string is none that JSON knows", 1),
            ("{} x", "text after the end of the document", 3),
            ("[1", "expected `,` or `]` after a value", 2),
            ("{", "expected a key in double quotes", 1),
            ("", "expected a value", 0),
        ] {
            assert_eq!(error(text), (message.to_owned(), at), "{text}");
        }
        assert!(error(&"[".repeat(100_000)).0.contains("levels deep"));
        assert!(error(&"{\"a\":".repeat(100_000)).0.contains("levels deep"));
    }

    #[test]
    fn numbers_are_those_of_json() {
        for text in [
            "0",
            "-0",
            "10",
            "1.50",
            "1e3",
            "1E+3",
            "-1.5e-10",
            "123456789012345678901234567890",
        ] {
            assert!(is_number(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1.5.2", "NaN"] {
            assert!(!is_number(text.as_bytes()), "{text}");
        }
    }

    /// Everything that both readers say about a node, positions included.
    fn shape(node: &Node, out: &mut String) {
        use std::fmt::Write as _;
        let _ = write!(out, "{}..{}:", node.span.start, node.span.end);
        match &node.value {
            Value::List(list) => list.iter().for_each(|item| shape(item, out)),
            Value::Map(map) => {
                for entry in map {
                    let _ = write!(out, "{:?}@{:?}=", entry.key, entry.key_span);
                    shape(&entry.value, out);
                }
            }
            scalar => {
                let _ = write!(out, "{scalar:?};");
            }
        }
    }

    #[track_caller]
    fn assert_same(text: &str) {
        let json = load(FileId(0), text).expect("JSON");
        let yaml = yaml::load(FileId(0), text).expect("JSON is YAML");
        let (mut left, mut right) = (String::new(), String::new());
        shape(&json.root, &mut left);
        shape(&yaml.root, &mut right);
        assert_eq!(left, right, "{text}");
        assert_eq!(json.findings, yaml.findings, "{text}");
    }

    #[test]
    fn both_readers_agree_on_cases() {
        for text in [
            r#"{"a": [1, "2", true, null, {}, []], "b": {"c": "x\ny"}}"#,
            r#"{"a": 1, "b": 2, "a": 3, "a": {"x": 1, "x": 2}}"#,
            r#"{"<<": {"a": 1}, "yes": "no", "012": 1e3}"#,
            "  [\n\t{\"é\": \"\\u00e9\\ud83d\\ude00 🎉\"}\r\n]\n",
        ] {
            assert_same(text);
        }
        let many: Vec<_> = (0..40)
            .map(|number| format!("\"k{}\": {number}", number % 30))
            .collect();
        assert_same(&format!("{{{}}}", many.join(",")));
    }

    fn json_value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            (-1e9..1e9).prop_map(|number: f64| number.into()),
            // What YAML refuses even in JSON's escapes is no concern here.
            "[^\\x00-\\x1F\\x7F-\\x9F\\u{FEFF}\\u{FFFE}\\u{FFFF}\\u{2028}\\u{2029}]{0,20}".prop_map(Into::into),
            "(yes|~|<<|\\*a|&b|a: b|# c|- d|\\?|1[.]50|\t|\n|null)".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                proptest::collection::vec(("[a-z<é\"\\\\]{0,6}", inner), 0..20)
                    .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn both_readers_agree(value in json_value(), pretty in any::<bool>()) {
            let value = serde_json::Value::Array(vec![value]);
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            assert_same(&text.expect("JSON"));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[\\[\\]{},:\"\\\\ue0-9a.+ \n-]{0,40}") {
            let _ = load(FileId(0), &text);
        }
    }
}
