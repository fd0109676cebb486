//! What became of each operation.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Text;

/// The id of findings that stand only until the new report is the earlier one.
pub const DROPPED_OPERATION: &str = "dropped-operation";

/// What became of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is a method of a resource.
    Mapped,
    /// A person left it out.
    Skipped,
    /// It cannot be called through SQL.
    Unsupported,
}

impl State {
    /// Lower case, as in the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Mapped => "mapped",
            State::Skipped => "skipped",
            State::Unsupported => "unsupported",
        }
    }
}

/// One operation in the ledger. The ledger of a run names each operation of the sources exactly once.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The service's document.
    pub file: Text,
    /// The path template.
    pub path: Text,
    /// The HTTP verb, lower case.
    pub verb: Text,
    /// The operation's id.
    pub operation_id: Text,
    /// What became of it.
    pub state: State,
    /// Why, in words.
    pub reason: Text,
}

/// What was mapped in an earlier ledger and no longer is: one finding an operation. An operation may move to another
/// file or change its path as long as its id stays.
#[must_use]
pub fn drops(earlier: &[Entry], now: &[Entry]) -> Vec<Diagnostic> {
    let mut by_place: FxHashMap<(&str, &str), &Entry> = FxHashMap::default();
    let mut by_id: FxHashMap<&str, &Entry> = FxHashMap::default();
    for entry in now {
        by_place.insert((&entry.path, &entry.verb), entry);
        by_id.insert(&entry.operation_id, entry);
    }
    let mut findings = Vec::new();
    for entry in earlier.iter().filter(|entry| entry.state == State::Mapped) {
        let name = format!(
            "`{} {}` (`{}` in `{}`)",
            entry.verb.to_uppercase(),
            entry.path,
            entry.operation_id,
            entry.file
        );
        let current = by_id
            .get(entry.operation_id.as_str())
            .or_else(|| by_place.get(&(entry.path.as_str(), entry.verb.as_str())));
        match current {
            None => findings.push(
                Diagnostic::warning(DROPPED_OPERATION, format!("{name} was mapped before and is gone")).help(
                    "if the API no longer has it, commit the new report; if it should be there, look at the source",
                ),
            ),
            Some(current) if current.state != State::Mapped => findings.push(
                Diagnostic::warning(
                    DROPPED_OPERATION,
                    format!("{name} was mapped before and is now {}", current.state.as_str()),
                )
                .note_that(current.reason.to_string()),
            ),
            Some(_) => {}
        }
    }
    findings
}
