//! Where rules put what they found.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// Collects the findings of one rule.
#[derive(Debug)]
pub(super) struct Out<'a> {
    id: &'static str,
    severity: Severity,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Out<'a> {
    pub(super) fn new(id: &'static str, severity: Severity, found: &'a mut Vec<Diagnostic>) -> Self {
        Out { id, severity, found }
    }

    /// Adds a finding at a place.
    pub(super) fn add(&mut self, span: Span, pointer: impl Into<String>, message: impl Into<String>) -> Said<'_> {
        self.found.push(
            Diagnostic::new(self.severity, self.id, message)
                .at(span)
                .pointer(pointer),
        );
        Said {
            finding: self.found.last_mut().expect("one was just added"),
        }
    }
}

/// A finding that was just added, to say more about it.
#[derive(Debug)]
pub(super) struct Said<'a> {
    finding: &'a mut Diagnostic,
}

impl Said<'_> {
    /// Why it matters.
    pub(super) fn note(self, text: impl Into<String>) -> Self {
        self.finding.notes.push(text.into());
        self
    }

    /// How to mend it.
    pub(super) fn help(self, text: impl Into<String>) -> Self {
        self.finding.help = Some(text.into());
        self
    }

    /// A further place.
    pub(super) fn label(self, span: Span, text: impl Into<String>) -> Self {
        self.finding.labels.push((span, text.into()));
        self
    }
}
