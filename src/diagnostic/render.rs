//! Findings as people see them, with excerpts. The only file that names `annotate-snippets`.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpt};
use super::{Diagnostic, Severity};
use crate::source::{LineColumn, Sources};

/// How the text is dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With ANSI colours.
    Colored,
}

/// The findings in the given order, each with its place, an excerpt, the pointer, notes and help, and an empty line
/// behind it. A finding without a known place has none of the first three.
#[must_use]
pub fn render(findings: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    }
    // Excerpts are cut by us, around the place.
    .term_width(usize::MAX / 2);
    let mut out = String::new();
    for finding in findings {
        let places = places(finding, sources);
        let shown = renderer.render(&[group(finding, &places)]);
        push_with_true_columns(&mut out, &shown, &places);
        out.push_str("\n\n");
    }
    out
}

/// A place with its excerpt.
struct Place<'a> {
    file: String,
    position: LineColumn,
    label: Option<&'a str>,
    excerpt: Excerpt,
}

/// The place of a finding and those of its labels, as far as they are known.
fn places<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> Vec<Place<'a>> {
    let own = std::iter::once((finding.span, None));
    let further = finding.labels.iter().map(|(span, text)| (*span, Some(text.as_str())));
    own.chain(further)
        .filter_map(|(span, label)| {
            let file = sources.get(span.file)?;
            Some(Place {
                file: file.name.replace(char::is_control, "\u{fffd}"),
                position: sources.position(span)?,
                label,
                excerpt: excerpt(&file.text, span.start as usize..span.end as usize),
            })
        })
        .collect()
}

fn group<'a>(finding: &'a Diagnostic, places: &'a [Place<'a>]) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.id.as_ref());
    let mut group = Group::with_title(title);
    for place in places {
        let kind = match place.label {
            None => AnnotationKind::Primary,
            Some(_) => AnnotationKind::Context,
        };
        let mark = kind.span(place.excerpt.place.clone()).label(place.label);
        group = group.element(
            Snippet::source(place.excerpt.text.as_str())
                .path(place.file.as_str())
                .line_start(place.position.line)
                .annotation(mark),
        );
    }
    if !finding.pointer.is_empty() {
        group = group.element(Level::NOTE.message(format!("at {}", finding.pointer)));
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The renderer counts columns in the excerpt; where that was cut, the column in the file is another.
fn push_with_true_columns(out: &mut String, shown: &str, places: &[Place<'_>]) {
    let mut rest = shown;
    for place in places.iter().filter(|place| place.excerpt.is_cut_before) {
        let in_excerpt = place.excerpt.text[..place.excerpt.place.start].chars().count() + 1;
        let wrong = format!("{}:{}:{in_excerpt}", place.file, place.position.line);
        if let Some(at) = rest.find(&wrong) {
            out.push_str(&rest[..at]);
            // Writing into a `String` cannot fail.
            let _ = write!(out, "{}:{}:{}", place.file, place.position.line, place.position.column);
            rest = &rest[at + wrong.len()..];
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::{Style, render};
    use crate::diagnostic::Diagnostic;
    use crate::source::{FileId, Sources, Span};

    fn span(file: FileId, text: &str, needle: &str) -> Span {
        let start = text.find(needle).expect("in the text");
        Span {
            file,
            start: u32::try_from(start).unwrap(),
            end: u32::try_from(start + needle.len()).unwrap(),
        }
    }

    #[track_caller]
    fn check(name: &str, text: &str, needle: &str, expected: &str) {
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let finding = Diagnostic::warning("some-rule", "something is odd")
            .at(span(file, text, needle))
            .pointer("/a/b")
            .note_that("it matters")
            .help("mend it");
        assert_eq!(render(&[finding], &sources, Style::Plain), expected);
    }

    #[test]
    fn place_excerpt_pointer_note_and_help() {
        check(
            "spec/a.yaml",
            "first: 1\nsecond:\n  third: here\n",
            "here",
            "\
warning[some-rule]: something is odd
 --> spec/a.yaml:3:10
  |
3 |   third: here
  |          ^^^^
  |
  = note: at /a/b
  = note: it matters
  = help: mend it

",
        );
    }

    #[test]
    fn tabs_and_wide_characters_keep_the_mark_in_its_place() {
        check(
            "a.yaml",
            "\t日本: here",
            "here",
            "\
warning[some-rule]: something is odd
 --> a.yaml:1:6
  |
1 |     日本: here
  |           ^^^^
  |
  = note: at /a/b
  = note: it matters
  = help: mend it

",
        );
    }

    #[test]
    fn a_line_of_many_megabytes_is_cut() {
        let text = format!(
            "{{{}\"here\":1{}}}",
            "\"x\":1,".repeat(1_000_000),
            ",\"y\":2".repeat(1_000_000)
        );
        let mut sources = Sources::default();
        let file = sources.add("min.json", text.as_str());
        let finding = Diagnostic::error("some-rule", "odd").at(span(file, &text, "\"here\""));
        let shown = render(&[finding], &sources, Style::Plain);
        assert!(shown.len() < 1000, "{} bytes", shown.len());
        assert!(shown.contains("min.json:1:6000002"), "{shown}");
        assert!(shown.contains("\"here\":1,\"y\":2"), "{shown}");
    }

    #[test]
    fn further_places_have_their_own_excerpt() {
        let mut sources = Sources::default();
        let text = "a: 1\nb: 2\na: 3\n";
        let file = sources.add("x.yaml", text);
        let finding = Diagnostic::warning("duplicate-key", "the key `a` stands twice")
            .at(Span {
                file,
                start: 10,
                end: 11,
            })
            .label(Span { file, start: 0, end: 1 }, "first here");
        assert_eq!(
            render(&[finding], &sources, Style::Plain),
            "\
warning[duplicate-key]: the key `a` stands twice
 --> x.yaml:3:1
  |
3 | a: 3
  | ^
  |
 ::: x.yaml:1:1
  |
1 | a: 1
  | - first here

"
        );
    }

    #[test]
    fn without_a_place_there_is_no_excerpt() {
        let finding = Diagnostic::error("no-input", "there is no such file").help("check the name");
        assert_eq!(
            render(&[finding], &Sources::default(), Style::Plain),
            "error[no-input]: there is no such file\n |\n = help: check the name\n\n"
        );
    }

    #[test]
    fn control_characters_of_a_file_do_not_reach_the_terminal() {
        let mut sources = Sources::default();
        let text = "a: \u{1b}[31mred\u{7}";
        let file = sources.add("x\u{1b}.yaml", text);
        let finding = Diagnostic::error("some-rule", "found `\u{1b}[2J`").at(Span { file, start: 3, end: 8 });
        let shown = render(&[finding], &sources, Style::Plain);
        assert!(!shown.contains(['\u{1b}', '\u{7}']), "{shown:?}");
    }

    #[test]
    fn colours_are_only_there_when_asked_for() {
        let finding = Diagnostic::error("some-rule", "odd");
        let sources = Sources::default();
        let findings = [finding];
        assert!(!render(&findings, &sources, Style::Plain).contains('\u{1b}'));
        assert!(render(&findings, &sources, Style::Colored).contains('\u{1b}'));
    }
}
