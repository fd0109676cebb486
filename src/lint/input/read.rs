//! Reading files and sorting them by what they hold.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Found, Kind};
use crate::diagnostic::Diagnostic;
use crate::lint::view::{self, ConfigFile, Document, IgnoreFile, MappingFile, PageFile, Tree};
use crate::openapi;
use crate::provider;
use crate::source::{self, FileId, Node, ReadError, Sources, Span, Text};

/// Everything that was read.
#[derive(Debug, Default)]
pub(in crate::lint) struct Inputs {
    pub(in crate::lint) sources: Sources,
    pub(in crate::lint) documents: Vec<Document>,
    pub(in crate::lint) trees: Vec<Tree>,
    pub(in crate::lint) mappings: Vec<MappingFile>,
    pub(in crate::lint) pages: Vec<PageFile>,
    pub(in crate::lint) configs: Vec<ConfigFile>,
    pub(in crate::lint) ignores: Vec<IgnoreFile>,
    /// Files that are broken, or that no rule knows.
    pub(in crate::lint) findings: Vec<Diagnostic>,
}

/// One file, parsed as what it was taken for.
enum Parsed {
    Document(Box<Document>),
    Tree(Box<Tree>),
    Mapping(MappingFile),
    Page(PageFile),
    Config(ConfigFile),
    Ignore(IgnoreFile),
    Unknown,
    Broken(ReadError),
}

/// Reads the files, in parallel.
///
/// # Errors
/// The file that could not be read.
pub(in crate::lint) fn read(found: &[Found]) -> Result<Inputs, (PathBuf, std::io::Error)> {
    let texts: Vec<Arc<str>> = found
        .par_iter()
        .map(|found| match std::fs::read(&found.path) {
            Ok(bytes) => Ok(match String::from_utf8(bytes) {
                Ok(text) => Arc::from(text),
                Err(error) => Arc::from(String::from_utf8_lossy(error.as_bytes())),
            }),
            Err(error) => Err((found.path.clone(), error)),
        })
        .collect::<Result<_, _>>()?;
    let mut inputs = Inputs::default();
    let mut files = Vec::with_capacity(found.len());
    for (found, text) in found.iter().zip(&texts) {
        let name = found.path.display().to_string().replace('\\', "/");
        files.push((found, inputs.sources.add(name, Arc::clone(text)), text));
    }
    let parsed: Vec<Parsed> = files
        .into_par_iter()
        .map(|(found, file, text)| parse(found, file, text))
        .collect();
    for (index, (found, parsed)) in found.iter().zip(parsed).enumerate() {
        let file = FileId(u32::try_from(index).unwrap_or(u32::MAX));
        match parsed {
            Parsed::Document(document) => inputs.documents.push(*document),
            Parsed::Tree(tree) => inputs.trees.push(*tree),
            Parsed::Mapping(mapping) => inputs.mappings.push(mapping),
            Parsed::Page(page) => inputs.pages.push(page),
            Parsed::Config(config) => inputs.configs.push(config),
            Parsed::Ignore(ignore) => inputs.ignores.push(ignore),
            Parsed::Broken(error) => inputs.findings.push(broken(&error)),
            Parsed::Unknown if found.is_named => inputs.findings.push(unknown(file)),
            Parsed::Unknown => {}
        }
    }
    Ok(inputs)
}

fn parse(found: &Found, file: FileId, text: &Arc<str>) -> Parsed {
    match found.kind {
        Kind::Csv => view::mapping(file, text).map_or(Parsed::Unknown, Parsed::Mapping),
        Kind::Markdown if found.is_named || found.path.extension().is_some_and(|it| it == "mdx") => {
            Parsed::Page(view::page(file, found, text))
        }
        // Pages have front matter; READMEs and the like are none.
        Kind::Markdown if text.starts_with("---") => Parsed::Page(view::page(file, found, text)),
        Kind::Markdown => Parsed::Unknown,
        Kind::MaybeSpec if !looks_like_ours(text) => Parsed::Unknown,
        _ => match source::read(file, text) {
            Ok(document) => sort(found, file, text, document.root, document.findings),
            // Reads as data by chance, but names none of our keys at its root.
            Err(_) if found.kind == Kind::MaybeSpec && !found.is_named && !is_declared(text) => Parsed::Unknown,
            Err(error) => Parsed::Broken(error),
        },
    }
}

fn sort(found: &Found, file: FileId, text: &Arc<str>, root: Node, findings: Vec<Diagnostic>) -> Parsed {
    match found.kind {
        Kind::Config => Parsed::Config(ConfigFile {
            root,
            folder: parent(&found.path),
        }),
        Kind::Ignore => Parsed::Ignore(IgnoreFile {
            root,
            folder: parent(&found.path),
        }),
        Kind::Provider => Parsed::Tree(Box::new(view::tree(&found.path, root, findings))),
        _ if root.get("providerServices").is_some() => Parsed::Tree(Box::new(view::tree(&found.path, root, findings))),
        _ => {
            let has_resources = root
                .get("components")
                .is_some_and(|components| components.get("x-stackQL-resources").is_some());
            let is_openapi = root.get("openapi").is_some() || root.get("swagger").is_some();
            if !is_openapi && !has_resources && found.kind != Kind::Service {
                return Parsed::Unknown;
            }
            let name = found.path.file_stem().unwrap_or_default().to_string_lossy();
            let name = Text::from(&*name);
            Parsed::Document(Box::new(Document {
                file,
                text: Arc::clone(text),
                service: provider::from_service_document(name, Text::new(), openapi::read(root).0).0,
                reader_findings: findings,
                is_service: has_resources || found.kind == Kind::Service,
            }))
        }
    }
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

fn looks_like_ours(text: &str) -> bool {
    ["openapi", "swagger", "providerServices", "x-stackQL-resources"]
        .iter()
        .any(|word| text.contains(word))
}

fn is_declared(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("openapi:") || line.starts_with("swagger:"))
}

fn broken(error: &ReadError) -> Diagnostic {
    let finding = Diagnostic::error("broken-file", error.message.clone()).at(error.span);
    match &error.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

fn unknown(file: FileId) -> Diagnostic {
    Diagnostic::error("unknown-file", "no rule knows this kind of file")
        .at(Span { file, start: 0, end: 0 })
        .help("name OpenAPI descriptions, provider trees, mapping files, spgen.yaml or documentation pages")
}
