//! Findings for programs: spans turned into file, line and column.

use std::borrow::Cow;

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// A finding with its place in numbers, ready to be serialised.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Located {
    /// How bad it is.
    pub severity: Severity,
    /// The rule, pass or check that says it.
    pub id: Cow<'static, str>,
    /// What is wrong.
    pub message: String,
    /// Where; absent when no file holds it.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The JSON pointer of the place, where known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Further places with a word on each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Why it matters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A place in a file, for people: numbers from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A further place of a finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Related {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What is there.
    pub text: String,
}

/// The findings with their places, in the given order.
#[must_use]
pub fn locate(findings: &[Diagnostic], sources: &Sources) -> Vec<Located> {
    findings
        .iter()
        .map(|finding| Located {
            severity: finding.severity,
            id: finding.id.clone(),
            message: finding.message.clone(),
            place: place(finding.span, sources),
            pointer: finding.pointer.clone(),
            related: finding
                .labels
                .iter()
                .filter_map(|(span, text)| {
                    Some(Related {
                        place: place(*span, sources)?,
                        text: text.clone(),
                    })
                })
                .collect(),
            notes: finding.notes.clone(),
            help: finding.help.clone(),
        })
        .collect()
}

/// The findings as a JSON array, one object each: `severity`, `id`, `message` always; `file`, `line`, `column`,
/// `pointer`, `related`, `notes`, `help` where there is something to say.
///
/// # Panics
/// Never: texts and numbers can always be written.
#[must_use]
pub fn to_json(findings: &[Diagnostic], sources: &Sources) -> String {
    serde_json::to_string_pretty(&locate(findings, sources)).expect("texts and numbers can be written")
}

fn place(span: Span, sources: &Sources) -> Option<Place> {
    let file = sources.get(span.file)?;
    let position = sources.position(span)?;
    Some(Place {
        file: file.name.clone(),
        line: position.line,
        column: position.column,
    })
}

#[cfg(test)]
mod tests {
    use super::to_json;
    use crate::diagnostic::Diagnostic;
    use crate::source::{Sources, Span};

    #[test]
    fn places_are_numbers() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "ä: 1\nb: 2\n");
        let finding = Diagnostic::error("some-rule", "odd")
            .at(Span { file, start: 6, end: 7 })
            .pointer("/b")
            .label(Span { file, start: 4, end: 5 }, "compare")
            .help("mend it");
        let shown: serde_json::Value = serde_json::from_str(&to_json(&[finding], &sources)).unwrap();
        assert_eq!(
            shown,
            serde_json::json!([{
                "severity": "error", "id": "some-rule", "message": "odd",
                "file": "a.yaml", "line": 2, "column": 1, "pointer": "/b",
                "related": [{"file": "a.yaml", "line": 1, "column": 4, "text": "compare"}],
                "help": "mend it",
            }])
        );
    }

    #[test]
    fn a_finding_without_place_has_no_file() {
        let finding = Diagnostic::note("some-rule", "odd");
        let shown = to_json(&[finding], &Sources::default());
        assert!(!shown.contains("file"), "{shown}");
    }
}
