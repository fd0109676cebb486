//! A mapping file, cell by cell, with positions.

use std::sync::Arc;

use crate::source::{FileId, Span};

/// A mapping file.
#[derive(Debug)]
pub(in crate::lint) struct MappingFile {
    /// Names of the columns.
    pub(in crate::lint) columns: Vec<String>,
    /// Where they stand.
    pub(in crate::lint) header: Span,
    /// The rows.
    pub(in crate::lint) rows: Vec<MappingRow>,
}

/// A row.
#[derive(Debug)]
pub(in crate::lint) struct MappingRow {
    /// The cells, decoded.
    cells: Vec<(String, Span)>,
    /// Where it stands.
    pub(in crate::lint) span: Span,
    /// Its number for people, the header being 1.
    pub(in crate::lint) number: usize,
}

impl MappingFile {
    /// A cell by the name of its column; empty when there is none.
    pub(in crate::lint) fn cell<'a>(&self, row: &'a MappingRow, column: &str) -> (&'a str, Span) {
        let index = self.columns.iter().position(|name| name == column);
        match index.and_then(|index| row.cells.get(index)) {
            Some((text, span)) => (text.trim(), *span),
            None => ("", row.span),
        }
    }
}

/// Reads a CSV file; `None` when its header is not that of a mapping.
pub(in crate::lint) fn mapping(file: FileId, text: &Arc<str>) -> Option<MappingFile> {
    let mut records = records(file, text).into_iter();
    let header = records.next()?;
    let columns: Vec<String> = header
        .iter()
        .map(|(name, _)| name.trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    if !columns.iter().any(|name| name.starts_with("stackql_")) {
        return None;
    }
    let rows = records.enumerate().map(|(index, cells)| MappingRow {
        span: cover(&cells),
        number: index + 2,
        cells,
    });
    Some(MappingFile {
        columns,
        header: cover(&header),
        rows: rows.collect(),
    })
}

fn cover(cells: &[(String, Span)]) -> Span {
    match (cells.first(), cells.last()) {
        (Some((_, first)), Some((_, last))) => Span {
            end: last.end,
            ..*first
        },
        _ => Span::NONE,
    }
}

/// Records of cells as RFC 4180 has them. A quote that is never closed reaches to the end.
fn records(file: FileId, text: &str) -> Vec<Vec<(String, Span)>> {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let end;
        let cell = if bytes[at] == b'"' {
            at += 1;
            let inside = at;
            while at < bytes.len() && !(bytes[at] == b'"' && bytes.get(at + 1) != Some(&b'"')) {
                at += if bytes[at] == b'"' { 2 } else { 1 };
            }
            let cell = text[inside..at.min(bytes.len())].replace("\"\"", "\"");
            at = (at + 1).min(bytes.len());
            end = at;
            while at < bytes.len() && !matches!(bytes[at], b',' | b'\n') {
                at += 1;
            }
            cell
        } else {
            while at < bytes.len() && !matches!(bytes[at], b',' | b'\n') {
                at += 1;
            }
            end = at;
            text[start..at].trim_end_matches('\r').to_owned()
        };
        record.push((
            cell,
            Span {
                file,
                start: offset(start),
                end: offset(end),
            },
        ));
        if at >= bytes.len() || bytes[at] == b'\n' {
            if record.len() > 1 || !record[0].0.is_empty() {
                records.push(std::mem::take(&mut record));
            }
            record.clear();
        }
        at += 1;
    }
    if !record.is_empty() {
        records.push(record);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::records;
    use crate::source::FileId;

    #[test]
    fn quotes_commas_and_lines_in_cells() {
        let found = records(FileId(0), "a,\"b,\"\"c\"\"\nd\",e\r\n\nf,,\n");
        let cells: Vec<Vec<&str>> = found
            .iter()
            .map(|record| record.iter().map(|(cell, _)| cell.as_str()).collect())
            .collect();
        assert_eq!(cells, [vec!["a", "b,\"c\"\nd", "e"], vec!["f", "", ""]]);
    }

    #[test]
    fn an_open_quote_reaches_to_the_end() {
        assert_eq!(records(FileId(0), "a,\"b").len(), 1);
        assert_eq!(records(FileId(0), "\"").len(), 0);
    }
}
