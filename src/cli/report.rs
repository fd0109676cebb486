//! `report.json`: what became of every operation, what was changed on the way, what was found, how much there is.
//!
//! The report is the same to the byte on every run; timings are only in it when they are asked for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Located;
use crate::mapping::{Entry, State};
use crate::openapi::Change;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// The version directory.
    pub version: &'a str,
    /// Each operation of the sources exactly once.
    pub ledger: &'a [Entry],
    /// What conversions and passes changed, in order.
    pub changes: &'a [Change],
    /// What was found, in order.
    pub findings: Vec<Located>,
    /// How much there is.
    pub counts: Counts,
    /// Milliseconds per stage, when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timings: Vec<Timing>,
}

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Operations in the sources.
    pub operations: usize,
    /// Operations that are methods.
    pub mapped: usize,
    /// Operations that people left out.
    pub skipped: usize,
    /// Operations that SQL cannot reach.
    pub unsupported: usize,
    /// Services.
    pub services: usize,
    /// Resources.
    pub resources: usize,
    /// Methods.
    pub methods: usize,
    /// Documentation pages.
    pub pages: usize,
    /// Changes by conversions and passes.
    pub changes: usize,
    /// Findings of any severity.
    pub findings: usize,
}

/// How long a stage took.
#[derive(Debug, Clone, Serialize)]
pub struct Timing {
    /// The stage.
    pub stage: &'static str,
    /// Milliseconds.
    pub milliseconds: f64,
}

impl Timing {
    /// A stage's time.
    #[must_use]
    pub fn new(stage: &'static str, elapsed: Duration) -> Self {
        Timing {
            stage,
            milliseconds: (elapsed.as_secs_f64() * 1e4).round() / 10.0,
        }
    }
}

impl Counts {
    /// Counts the ledger's states.
    pub fn count_ledger(&mut self, ledger: &[Entry]) {
        let of = |state: State| ledger.iter().filter(|entry| entry.state == state).count();
        self.operations = ledger.len();
        self.mapped = of(State::Mapped);
        self.skipped = of(State::Skipped);
        self.unsupported = of(State::Unsupported);
    }
}

impl Report<'_> {
    /// The report as indented JSON with a newline at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}
