//! Positions: byte ranges in one of the files that were read.

/// Which file of a [`super::Sources`] table a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

impl FileId {
    /// The file of nodes that no file contains: they were made by a stage.
    pub const NONE: FileId = FileId(u32::MAX);
}

/// A half-open byte range in a file. Line and column are computed only when something is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file that the offsets refer to.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Default for Span {
    fn default() -> Self {
        Span::NONE
    }
}

impl Span {
    /// The span of a node that was made, not read.
    pub const NONE: Span = Span {
        file: FileId::NONE,
        start: 0,
        end: 0,
    };

    /// Whether this span points into a file.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.file != FileId::NONE
    }
}

/// A position for people: both numbers start at 1, the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}
