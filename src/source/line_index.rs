//! From byte offsets to lines and columns, also in files of one line with many megabytes.

use super::LineColumn;

/// Distance of the checkpoints in bytes: the most that one question has to look at.
const STEP: usize = 4096;

/// Where lines start, and how many characters lie before every [`STEP`]th byte.
#[derive(Debug, Clone)]
pub(super) struct LineIndex {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(
            bytes
                .iter()
                .enumerate()
                .filter(|(_, byte)| **byte == b'\n')
                .map(|(at, _)| offset(at + 1)),
        );
        let mut characters = vec![0];
        let mut seen = 0;
        for chunk in bytes.chunks(STEP) {
            seen += count(chunk);
            characters.push(seen);
        }
        LineIndex { starts, characters }
    }

    /// The position of a byte; one inside a character counts as its start, one behind the end as the end.
    pub(super) fn position(&self, text: &str, at: usize) -> LineColumn {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= at);
        let start = self.starts[line - 1] as usize;
        LineColumn {
            line,
            column: self.characters_before(text, at) - self.characters_before(text, start) + 1,
        }
    }

    fn characters_before(&self, text: &str, at: usize) -> usize {
        let checkpoint = at / STEP;
        let rest = &text.as_bytes()[checkpoint * STEP..at];
        (self.characters[checkpoint] + count(rest)) as usize
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Number of characters that start in these bytes.
fn count(bytes: &[u8]) -> u32 {
    offset(bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count())
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, STEP};

    #[test]
    fn positions_equal_counting() {
        let text = format!("ab\nä€{}\n\n{}🎉x", "é".repeat(STEP), "y".repeat(3 * STEP));
        let index = LineIndex::new(&text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let before = &text[..at];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let found = index.position(&text, at);
            assert_eq!(found.line, before.matches('\n').count() + 1);
            assert_eq!(found.column, before[line_start..].chars().count() + 1);
        }
        assert_eq!(index.position(&text, usize::MAX), index.position(&text, text.len()));
        assert_eq!(index.position(&text, 4), index.position(&text, 3), "inside a character");
    }
}
