//! Findings as workflow commands that GitHub shows beside the changed lines.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Severity, locate};
use crate::source::Sources;

/// One line per finding: `::warning file=…,line=…,col=…,title=…::message`.
#[must_use]
pub fn to_annotations(findings: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for finding in locate(findings, sources) {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let place = finding.place.map_or_else(String::new, |place| {
            format!(
                "file={},line={},col={},",
                property(&place.file),
                place.line,
                place.column
            )
        });
        let mut message = finding.message;
        if let Some(help) = finding.help {
            message.push_str("\nhelp: ");
            message.push_str(&help);
        }
        // Writing into a `String` cannot fail.
        let _ = writeln!(
            out,
            "::{level} {place}title={}::{}",
            property(&finding.id),
            data(&message)
        );
    }
    out
}

/// Text behind `::`, where only percent signs and line ends mean something.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property value, where `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::to_annotations;
    use crate::diagnostic::Diagnostic;
    use crate::source::{Sources, Span};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut sources = Sources::default();
        let file = sources.add("a,b:c.yaml", "x: 1\n");
        let finding = Diagnostic::warning("some-rule", "50% odd\nindeed")
            .at(Span { file, start: 0, end: 1 })
            .help("mend it");
        assert_eq!(
            to_annotations(&[finding, Diagnostic::note("other", "no place")], &sources),
            "::warning file=a%2Cb%3Ac.yaml,line=1,col=1,title=some-rule::50%25 odd%0Aindeed%0Ahelp: mend it\n\
             ::notice title=other::no place\n"
        );
    }
}
