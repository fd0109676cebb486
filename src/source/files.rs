//! The table of files that were read: turns spans back into names, lines and excerpts.

use std::sync::{Arc, OnceLock};

use super::line_index::LineIndex;
use super::{FileId, LineColumn, Span};

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name to show to people: the path as it was given, with `/` as separator.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

/// All files of one run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns the id for its spans.
    ///
    /// # Panics
    /// Beyond 2^32 files.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        });
        id
    }

    /// The file with this id; `None` for [`FileId::NONE`] and ids of other tables.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Line and column where a span starts. The first question about a file reads all of it, the others cost little.
    #[must_use]
    pub fn position(&self, span: Span) -> Option<LineColumn> {
        let file = self.get(span.file)?;
        let lines = file.lines.get_or_init(|| LineIndex::new(&file.text));
        Some(lines.position(&file.text, span.start as usize))
    }
}
