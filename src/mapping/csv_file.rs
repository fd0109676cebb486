//! `mapping.csv`: reading what people and other tools wrote, writing the same bytes for the same table.

use std::borrow::Cow;

use super::{Reviewed, Row, SKIP, Table};
use crate::source::Text;

/// The columns in the order in which they are written. The first thirteen are those of existing providers' files.
pub const COLUMNS: [&str; 16] = [
    "filename",
    "path",
    "operationId",
    "formatted_op_id",
    "verb",
    "response_object",
    "tags",
    "formatted_tags",
    "stackql_resource_name",
    "stackql_method_name",
    "stackql_verb",
    "stackql_object_key",
    "op_description",
    "confidence",
    "reason",
    "reviewed",
];

/// Why a mapping file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// Not CSV.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1.
        line: u64,
        /// What the reader says.
        message: String,
    },
    /// A column that identifies operations is missing.
    #[error("column `{column}` is missing")]
    MissingColumn {
        /// Its name.
        column: &'static str,
    },
}

impl Table {
    /// Reads a mapping file by its header. Columns may be missing or stand in any order; unknown ones are kept.
    ///
    /// Where there is no `reviewed` column the file is a person's: rows with resource, method and verb filled in (or
    /// that leave an operation out) count as reviewed.
    ///
    /// # Errors
    /// Text that is not CSV, and a header without `filename` or without anything that identifies the operation.
    pub fn from_csv(text: &str) -> Result<Table, CsvError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .map_err(|error| syntax(&error))?
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
        if header.iter().all(String::is_empty) {
            return Ok(Table::default());
        }
        let column = |name: &str| header.iter().position(|column| column == name);
        if column("filename").is_none() {
            return Err(CsvError::MissingColumn { column: "filename" });
        }
        if column("operationId").is_none() && (column("path").is_none() || column("verb").is_none()) {
            return Err(CsvError::MissingColumn { column: "operationId" });
        }
        let places: Vec<Option<usize>> = COLUMNS.iter().map(|name| column(name)).collect();
        let extra: Vec<usize> = (0..header.len())
            .filter(|&at| !header[at].is_empty() && !COLUMNS.contains(&header[at].as_str()))
            .collect();
        let has_review = column("reviewed").is_some();
        let mut table = Table {
            extra_columns: extra.iter().map(|&at| header[at].as_str().into()).collect(),
            rows: Vec::new(),
        };
        for record in reader.records() {
            let record = record.map_err(|error| syntax(&error))?;
            let cell = |at: usize| -> Text {
                let written = places[at].and_then(|place| record.get(place));
                with_controls(written.unwrap_or_default())
            };
            let mut row = Row {
                filename: cell(0),
                path: cell(1),
                operation_id: cell(2),
                formatted_op_id: cell(3),
                verb: cell(4).to_lowercase(),
                response_object: cell(5),
                tags: cell(6),
                formatted_tags: cell(7),
                resource: cell(8).trim().into(),
                method: cell(9).trim().into(),
                sql_verb: cell(10).trim().to_lowercase().into(),
                object_key: cell(11).trim().into(),
                op_description: cell(12),
                confidence: cell(13).trim().parse().ok(),
                reason: cell(14),
                reviewed: Reviewed::No,
                doubt: Text::default(),
                alternatives: Vec::new(),
                extra: extra
                    .iter()
                    .map(|&at| record.get(at).unwrap_or_default().into())
                    .collect(),
            };
            row.reviewed = if has_review {
                review_of(&cell(15))
            } else {
                review_of_legacy(&row)
            };
            table.rows.push(row);
        }
        Ok(table)
    }

    /// The table as CSV, with `\n` line ends.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        let header = COLUMNS
            .iter()
            .copied()
            .chain(self.extra_columns.iter().map(Text::as_str));
        let mut written = writer.write_record(header);
        for row in &self.rows {
            let confidence = row.confidence.map(|value| format!("{value:.2}")).unwrap_or_default();
            let reviewed = match row.reviewed {
                Reviewed::No => "",
                Reviewed::Yes => "yes",
                Reviewed::Stale => "stale",
            };
            let own: [&str; 16] = [
                &row.filename,
                &row.path,
                &row.operation_id,
                &row.formatted_op_id,
                &row.verb,
                &row.response_object,
                &row.tags,
                &row.formatted_tags,
                &row.resource,
                &row.method,
                &row.sql_verb,
                &row.object_key,
                &row.op_description,
                &confidence,
                &row.reason,
                reviewed,
            ];
            let own = own.map(without_controls);
            // Rows that came from inference have no cells in a person's columns.
            let extra = (0..self.extra_columns.len()).map(|at| row.extra.get(at).map_or("", Text::as_str));
            written = written.and_then(|()| writer.write_record(own.iter().map(AsRef::as_ref).chain(extra)));
        }
        written.expect("memory takes every record, and all have the header's length");
        let bytes = writer.into_inner().expect("memory can be flushed");
        String::from_utf8(bytes).expect("cells are text")
    }
}

/// Control characters as `\u000a`: a row is one line, and many programs stop reading at a zero byte.
fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| character.is_ascii_control();
    if !text.contains(is_control) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control(character) {
            shown.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown.into()
}

/// The text that [`without_controls`] wrote.
fn with_controls(cell: &str) -> Text {
    let mut parts = cell.split("\\u00");
    let mut text = Text::from(parts.next().unwrap_or_default());
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.map(char::from).filter(char::is_ascii_control) {
            Some(character) => {
                text.push(character);
                text.push_str(&part[2..]);
            }
            None => {
                text.push_str("\\u00");
                text.push_str(part);
            }
        }
    }
    text
}

fn review_of(cell: &str) -> Reviewed {
    match cell.trim().to_ascii_lowercase().as_str() {
        "" | "no" | "n" | "false" | "0" => Reviewed::No,
        "stale" => Reviewed::Stale,
        _ => Reviewed::Yes,
    }
}

fn review_of_legacy(row: &Row) -> Reviewed {
    let decided =
        row.resource == SKIP || !row.resource.is_empty() && !row.method.is_empty() && row.sql_verb().is_some();
    if decided { Reviewed::Yes } else { Reviewed::No }
}

fn syntax(error: &csv::Error) -> CsvError {
    CsvError::Syntax {
        line: error.position().map_or(0, csv::Position::line),
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{with_controls, without_controls};

    #[test]
    fn control_characters_are_written_as_text() {
        for (text, written) in [
            ("/a/{b}", "/a/{b}"),
            ("/c\nd\0", "/c\\u000ad\\u0000"),
            ("\u{7f}", "\\u007f"),
            ("\\u0041 \\u00", "\\u0041 \\u00"),
        ] {
            assert_eq!(without_controls(text), written);
            assert_eq!(with_controls(written), text);
        }
    }
}
