//! The Python SDK of Databricks (`databricks-sdk` on `PyPI`) as OpenAPI documents, one a service.
//!
//! The package is generated from descriptions that are not published. It is read, never run:
//! 1. [`pyast`] turns a file into a small syntax tree; the only file that knows the parser;
//! 2. [`classes`], [`apis`], [`methods`], [`paging`] and [`clients`] read the closed grammar of generated code into
//!    [`facts`], and [`docs`], [`prose`] and [`inline`] its docstrings: a statement outside the grammar is an error with
//!    its position, never a guess;
//! 3. [`names`], [`wrappers`] and [`operations`] decide: levels, resource names, list wrappers, collisions;
//! 4. [`emit`] writes the documents, with what the mapping needs to know as `x-` keys.

mod annotations;
mod apis;
mod classes;
mod clients;
mod docs;
mod emit;
mod facts;
mod guard;
mod inline;
mod methods;
mod names;
mod operations;
mod paging;
mod prose;
mod pyast;
mod report;
mod requests;
mod sdk;
mod wrappers;

pub use facts::Helper;
pub use report::{Excluded, ImportReport, NameCounts, Reason};
pub use requests::SentRequest;
pub use sdk::Sdk;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::source::{Node, Sources, Text};

/// The files of a package that matter, by path from the import root.
pub type SdkFiles = Sources;

/// Which of the two clients an API belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The APIs of one workspace, at the workspace's own host.
    Workspace,
    /// The APIs of an account, at the host of the account console.
    Account,
}

impl Level {
    /// Both levels.
    pub const ALL: [Level; 2] = [Level::Workspace, Level::Account];

    /// `workspace` or `account`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Workspace => "workspace",
            Level::Account => "account",
        }
    }
}

/// What to do with a method that is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// It is an error, and there are no documents.
    Strict,
    /// It is a warning; the method is left out and listed in the report.
    Lenient,
}

/// The document of one service.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedService {
    /// `catalog` for `databricks.sdk.service.catalog`.
    pub name: Text,
    /// Plain OpenAPI 3.0.
    pub document: Node,
}

/// Whether a file of the package is needed; for [`crate::ingest::archive::read`].
#[must_use]
pub fn is_needed(path: &str) -> bool {
    sdk::role(path).is_some()
}

/// Reads the package and makes the documents of one level.
///
/// The report accounts for each method; the diagnostics have positions in `files`.
#[must_use]
pub fn import(
    files: &SdkFiles,
    level: Level,
    strictness: Strictness,
) -> (Vec<ImportedService>, ImportReport, Vec<Diagnostic>) {
    let (sdk, mut diagnostics) = Sdk::read(files, strictness);
    let (services, report, further) = documents(&sdk, level);
    diagnostics.extend(further);
    (services, report, diagnostics)
}

/// Makes the documents of one level of a package that has been read. One without services when reading failed.
#[must_use]
pub fn documents(sdk: &Sdk, level: Level) -> (Vec<ImportedService>, ImportReport, Vec<Diagnostic>) {
    let decided: Vec<_> = sdk
        .modules
        .par_iter()
        .map(|module| operations::decide(sdk, module, level))
        .collect();
    let mut report = ImportReport::new(sdk, level);
    let mut diagnostics = Vec::new();
    for service in &decided {
        report.add(service);
        diagnostics.extend(service.diagnostics.iter().cloned());
    }
    let services: Vec<_> = decided
        .par_iter()
        .filter(|service| !service.operations.is_empty())
        .map(|service| emit::document(sdk, service, level))
        .collect();
    for (service, counts) in services.iter().map(|(service, counts)| (&service.name, counts)) {
        report.add_document(service, *counts);
    }
    (
        services.into_iter().map(|(service, _)| service).collect(),
        report,
        diagnostics,
    )
}
