//! From a package on disk to files in memory: the whole import as the command line asks for it.

use std::path::Path;

use rayon::prelude::*;

use super::{ImportReport, ImportedService, Level, Sdk, Strictness, documents, is_needed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ingest::archive::{self, ArchiveError};
use crate::output::FileTree;
use crate::source::{Sources, to_yaml};

/// An import, ready to be written.
#[derive(Debug)]
pub struct ImportedPackage {
    /// The files that the diagnostics point into.
    pub sources: Sources,
    /// `<service>.yaml`, below a folder for each level when there is more than one.
    pub files: FileTree,
    /// The report of each level.
    pub reports: Vec<ImportReport>,
    /// What was found on the way. With an error among them there are no files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a wheel, source distribution or folder and makes the documents of the levels asked for.
///
/// # Errors
/// The package cannot be read at all.
pub fn import_package(path: &Path, levels: &[Level], strictness: Strictness) -> Result<ImportedPackage, ArchiveError> {
    let sources = archive::read(path, is_needed)?;
    let (sdk, mut diagnostics) = Sdk::read(&sources, strictness);
    let (mut files, mut reports) = (FileTree::new(), Vec::new());
    for level in levels {
        let (services, report, further) = documents(&sdk, *level);
        diagnostics.extend(further);
        reports.push(report);
        let folder = if levels.len() > 1 { level.name() } else { "" };
        files.graft(folder, written(&services));
    }
    let failed = diagnostics.iter().any(|found| found.severity == Severity::Error);
    if failed && strictness == Strictness::Strict {
        files = FileTree::new();
    }
    Ok(ImportedPackage {
        sources,
        files,
        reports,
        diagnostics,
    })
}

fn written(services: &[ImportedService]) -> FileTree {
    let texts: Vec<_> = services.par_iter().map(|service| to_yaml(&service.document)).collect();
    let mut files = FileTree::new();
    for (service, text) in services.iter().zip(texts) {
        files.insert(format!("{}.yaml", service.name), text);
    }
    files
}
