//! Bounds on the shape of a file before it is parsed: the parser and the tree are recursive, and a hostile file could
//! nest until the stack ends. Generated code stays far below these bounds.

use std::ops::Range;

use super::pyast::SyntaxError;

/// Open brackets at one place.
const MAX_BRACKETS: usize = 60;
/// Columns before a statement.
const MAX_INDENT: usize = 200;
/// Bytes of one logical line outside strings.
const MAX_LINE: usize = 32 * 1024;

/// The stack that a file within the bounds can need, generously.
pub(super) const STACK: usize = 128 << 20;

/// Refuses a file beyond the bounds.
pub(super) fn check(source: &str) -> Result<(), SyntaxError> {
    let mut scan = Scan {
        bytes: source.as_bytes(),
        at: 0,
        brackets: 0,
        line_start: 0,
        in_strings: 0,
    };
    while let Some(byte) = scan.bytes.get(scan.at) {
        match byte {
            b'#' => scan.skip_until(b"\n"),
            b'"' | b'\'' => scan.skip_string(*byte),
            b'(' | b'[' | b'{' => scan.brackets += 1,
            b')' | b']' | b'}' => scan.brackets = scan.brackets.saturating_sub(1),
            b'\\' => scan.at += 1,
            b'\n' if scan.brackets == 0 => scan.next_line()?,
            _ => {}
        }
        scan.at += 1;
        scan.within_bounds()?;
    }
    Ok(())
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    brackets: usize,
    line_start: usize,
    in_strings: usize,
}

impl Scan<'_> {
    fn within_bounds(&self) -> Result<(), SyntaxError> {
        if self.brackets > MAX_BRACKETS {
            return Err(self.error("brackets are nested too deeply"));
        }
        if (self.at - self.line_start).saturating_sub(self.in_strings) > MAX_LINE {
            return Err(self.error("a statement is too long"));
        }
        Ok(())
    }

    fn next_line(&mut self) -> Result<(), SyntaxError> {
        self.line_start = self.at + 1;
        self.in_strings = 0;
        let indent = self.bytes[self.line_start..]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0c))
            .count();
        if indent > MAX_INDENT {
            return Err(self.error("a statement is indented too deeply"));
        }
        Ok(())
    }

    /// Leaves the scan on the last byte of what is skipped.
    fn skip_until(&mut self, end: &[u8]) {
        while self.at + 1 < self.bytes.len() && !self.bytes[self.at + 1..].starts_with(end) {
            self.at += 1;
        }
    }

    fn skip_string(&mut self, quote: u8) {
        let start = self.at;
        let triple = [quote; 3];
        let end: &[u8] = if self.bytes[self.at..].starts_with(&triple) {
            &triple
        } else {
            &triple[..1]
        };
        self.at += end.len();
        while self.at < self.bytes.len() && !self.bytes[self.at..].starts_with(end) {
            match self.bytes[self.at] {
                b'\\' => self.at += 2,
                // A short string ends with its line, closed or not.
                b'\n' if end.len() == 1 => break,
                _ => self.at += 1,
            }
        }
        self.at = (self.at + end.len()).min(self.bytes.len()).max(start + 1) - 1;
        self.in_strings += self.at - start;
    }

    fn error(&self, message: &str) -> SyntaxError {
        let at = self.at.min(self.bytes.len());
        let span: Range<usize> = at..at;
        SyntaxError {
            message: message.to_owned(),
            span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn plain_code_passes() {
        let code = "x = f(a, [b, {'c': \"(((\"}])  # ((((\nd = \"\"\"\n(((((\n\"\"\"\n";
        assert!(check(&code.repeat(500)).is_ok());
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(check(&"(".repeat(100_000)).is_err());
        assert!(check(&format!("x = {}1", "- ".repeat(100_000))).is_err());
        assert!(check(&format!("if a:\n{}b", " ".repeat(1000))).is_err());
    }

    #[test]
    fn unclosed_strings_end_somewhere() {
        for text in ["'", "\"\"\"", "'\\", "\"a\\\n", "#", "'''\\"] {
            assert!(check(text).is_ok(), "{text:?}");
        }
    }
}
