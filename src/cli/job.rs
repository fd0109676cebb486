//! What to build: a provider's settings with its sources read. The edge where files come in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::docs::{ProjectSettings, SiteSettings};
use crate::mapping::{Conventions, Entry, Table};
use crate::openapi::{self, Change, NormalizeOptions, SplitRules};
use crate::provider::Settings;
use crate::source::{Library, LibrarySettings, Node, Sources};

/// One source of a provider, read.
#[derive(Debug, Clone)]
pub struct SourceDocument {
    /// Its file name, which names its service unless the source is split.
    pub name: String,
    /// The whole description in one document.
    pub root: Node,
}

/// How operations are divided into services.
#[derive(Debug, Clone)]
pub enum SplitChoice {
    /// Whatever suits the sizes, with the exceptions and names of these rules.
    Proposed(SplitRules),
    /// By the first path segment that tells operations apart, with the exceptions and names of these rules.
    ByPath(SplitRules),
    /// By these rules.
    Rules(SplitRules),
}

/// A provider to build.
#[derive(Debug)]
pub struct Job {
    /// The sources, in the order of their paths.
    pub documents: Vec<SourceDocument>,
    /// Findings of reading them.
    pub findings: Vec<Diagnostic>,
    /// What an overlay changed in them.
    pub changes: Vec<Change>,
    /// The rows that people keep, from `mapping.csv`.
    pub reviewed: Table,
    /// The ledger of the last committed report, to notice operations that were lost.
    pub earlier_ledger: Vec<Entry>,
    /// Conventions that people set.
    pub conventions: Conventions,
    /// How documents are normalised.
    pub normalize: NormalizeOptions,
    /// How operations are divided into services.
    pub split: SplitChoice,
    /// Settings of the provider.
    pub settings: Settings,
    /// Settings of the pages.
    pub site: SiteSettings,
    /// What makes a project of the pages; without it they stay alone.
    pub project: Option<ProjectSettings>,
    /// Folder with templates that replace built-in ones.
    pub templates: Option<PathBuf>,
    /// Where results go.
    pub places: Places,
}

/// Where the results of a job go: paths relative to one root folder.
#[derive(Debug, Clone)]
pub struct Places {
    /// The root folder.
    pub root: PathBuf,
    /// The folder that holds `<name>/<version>`.
    pub provider: String,
    /// The folder of the pages.
    pub docs: String,
    /// The mapping file.
    pub mapping: String,
    /// The report.
    pub report: String,
}

impl Places {
    /// The layout below one output folder: `src/<name>/<version>`, `docs`, `mapping.csv`, `report.json`.
    #[must_use]
    pub fn below(root: PathBuf) -> Self {
        Places {
            root,
            provider: "src".to_owned(),
            docs: "docs".to_owned(),
            mapping: "mapping.csv".to_owned(),
            report: "report.json".to_owned(),
        }
    }

    /// The layout for one of several providers below the same output folder, with a registry root that they share.
    #[must_use]
    pub fn shared(root: PathBuf, name: &str) -> Self {
        Places {
            root,
            provider: "src".to_owned(),
            docs: format!("docs/{name}"),
            mapping: format!("{name}.mapping.csv"),
            report: format!("{name}.report.json"),
        }
    }
}

/// Reads the sources of a job, in the order of their paths: the same bytes come out in whatever order they are named.
/// Several at a time would gain nothing, because one is nearly always the whole.
///
/// # Errors
/// Findings about files that could not be read at all.
pub fn read_sources(
    paths: &[PathBuf],
    urls: &BTreeMap<String, PathBuf>,
    sources: &mut Sources,
) -> Result<(Vec<SourceDocument>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut documents = Vec::with_capacity(paths.len());
    let mut findings = Vec::new();
    let mut failures = Vec::new();
    let mut paths: Vec<&PathBuf> = paths.iter().collect();
    paths.sort();
    for path in paths {
        match read_source(path, urls, sources) {
            Ok((document, noticed)) => {
                documents.push(document);
                findings.extend(noticed);
            }
            Err(failure) => failures.extend(failure),
        }
    }
    if failures.is_empty() {
        Ok((documents, findings))
    } else {
        Err(failures)
    }
}

/// A file that stands for a URL, from `URL=FILE` on the command line.
///
/// # Errors
/// What the argument should look like.
pub fn parse_reference(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((url, file)) if url.contains("://") && !file.is_empty() => Ok((url.to_owned(), file.into())),
        _ => Err("write `URL=FILE`, e.g. `https://example.com/common.yaml=common.yaml`".to_owned()),
    }
}

/// Reads a mapping file; a missing one is an empty table.
///
/// # Errors
/// The finding that says why it cannot be read.
pub fn read_table(path: &Path) -> Result<Table, Diagnostic> {
    match fs::read_to_string(path) {
        Ok(text) => Table::from_csv(&text)
            .map_err(|error| Diagnostic::error("mapping", format!("`{}`: {error}", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Table::default()),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

/// The ledger of an earlier report; empty when there is none that can be read.
#[must_use]
pub fn read_ledger(path: &Path) -> Vec<Entry> {
    #[derive(serde::Deserialize)]
    struct Earlier {
        ledger: Vec<Entry>,
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str::<Earlier>(&text)
        .map(|earlier| earlier.ledger)
        .unwrap_or_default()
}

/// The finding for a file that the system does not give.
#[must_use]
pub fn cannot_read(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unreadable", format!("`{}` cannot be read: {error}", path.display()))
        .help("check the path and its permissions")
}

fn read_source(
    path: &Path,
    urls: &BTreeMap<String, PathBuf>,
    sources: &mut Sources,
) -> Result<(SourceDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
    let settings = LibrarySettings {
        root: None,
        urls: urls.clone(),
    };
    let (mut library, document) = Library::open(path, settings, sources).map_err(|failure| vec![*failure])?;
    if !is_description(&document.root) {
        // Nothing can be made of it: what was made of something else before must stay.
        let mut findings = document.findings;
        findings.extend(openapi::check(&document.root));
        return Err(findings);
    }
    let mut findings = document.findings.clone();
    let (root, noticed) = openapi::bundle(&document, &mut library);
    findings.extend(noticed);
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok((SourceDocument { name, root }, findings))
}

/// Whether a document says that it is a description, or holds at least what one is about.
fn is_description(root: &Node) -> bool {
    ["openapi", "swagger", "paths"]
        .iter()
        .any(|key| root.get(key).is_some())
}
