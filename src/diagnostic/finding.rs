//! One thing that was found in the input.

use std::borrow::Cow;

use crate::source::Span;

/// How bad it is. The order is from mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never changes the exit code.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong: what depends on it is left out or will not work.
    Error,
}

/// One finding: what is wrong, where, why it matters and how to mend it. Literals stand in backticks; no full stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule, pass or check that says it, in kebab case.
    pub id: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The place; [`Span::NONE`] when no file holds it.
    pub span: Span,
    /// The JSON pointer of the place, where known.
    pub pointer: String,
    /// Further places with a word on each.
    pub labels: Vec<(Span, String)>,
    /// Why it matters.
    pub notes: Vec<String>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of the given severity without place.
    #[must_use]
    pub fn new(severity: Severity, id: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic {
            id: id.into(),
            severity,
            message: message.into(),
            span: Span::NONE,
            pointer: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// An error.
    #[must_use]
    pub fn error(id: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic::new(Severity::Error, id, message)
    }

    /// A warning.
    #[must_use]
    pub fn warning(id: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic::new(Severity::Warning, id, message)
    }

    /// A note.
    #[must_use]
    pub fn note(id: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Diagnostic::new(Severity::Note, id, message)
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// Sets the JSON pointer.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn note_that(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
