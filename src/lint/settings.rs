//! Which rules run, and how severe they are.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::rule::Registered;
use super::rules;
use crate::diagnostic::Severity;

/// What to run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Ids of rules that do not run.
    pub allow: BTreeSet<String>,
    /// Ids of rules whose findings are errors.
    pub deny: BTreeSet<String>,
    /// Files with exceptions, besides `.spgen-lint-ignore.yaml` in the folders that are looked at.
    pub ignore_files: Vec<PathBuf>,
}

/// A rule that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{name}`{}", did_you_mean(similar.as_ref()))]
pub struct UnknownRule {
    /// What was written.
    pub name: String,
    /// The rule with the most similar name, when one is similar.
    pub similar: Option<&'static str>,
}

fn did_you_mean(similar: Option<&&'static str>) -> String {
    similar.map_or_else(String::new, |similar| format!("; did you mean `{similar}`?"))
}

/// A rule that runs, with its severity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Active {
    pub(super) registered: &'static Registered,
    pub(super) severity: Severity,
}

impl Settings {
    /// Checks that all names are those of rules.
    ///
    /// # Errors
    /// The first one that is not.
    pub fn check(&self) -> Result<(), UnknownRule> {
        match self
            .allow
            .iter()
            .chain(&self.deny)
            .find(|name| rules::find(name).is_none())
        {
            Some(name) => Err(UnknownRule::of(name)),
            None => Ok(()),
        }
    }

    /// The rules that run.
    pub(super) fn active(&self) -> Vec<Active> {
        rules::all()
            .filter(|registered| !self.allow.contains(registered.rule.id))
            .map(|registered| Active {
                registered,
                severity: if self.deny.contains(registered.rule.id) {
                    Severity::Error
                } else {
                    registered.rule.severity
                },
            })
            .collect()
    }
}

impl UnknownRule {
    /// The error for a name, with the rule that was perhaps meant.
    #[must_use]
    pub fn of(name: &str) -> Self {
        UnknownRule {
            name: name.to_owned(),
            similar: rules::similar(name),
        }
    }
}
