//! Running the rules: over documents, trees, pages … in parallel, with the same result on every run.

use std::path::PathBuf;

use rayon::prelude::*;

use super::ignore;
use super::input::{self, IGNORE_FILE, Inputs};
use super::out::Out;
use super::rule::{Check, On};
use super::settings::{Active, Settings};
use super::view::{self, Page, Service};
use super::walk::{self, Place, below};
use crate::diagnostic::Diagnostic;
use crate::openapi::{Kind, Position};
use crate::source::{At, Document, Sources};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings, by file and place.
    pub findings: Vec<Diagnostic>,
    /// The files that they refer to.
    pub sources: Sources,
    /// The `spgen.yaml` files among the inputs, whose form the caller checks.
    pub configs: Vec<Document>,
}

/// Why nothing could be looked at.
#[derive(Debug, thiserror::Error)]
pub enum LintError {
    /// A path could not be read.
    #[error("`{}` could not be read: {error}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// Looks at everything below the paths.
///
/// # Errors
/// A path that is not there or cannot be read. Broken files are findings.
pub fn lint(paths: &[PathBuf], settings: &Settings) -> Result<Report, LintError> {
    let unreadable = |(path, error)| LintError::Unreadable { path, error };
    let mut wanted = paths.to_vec();
    wanted.extend(settings.ignore_files.iter().cloned());
    let in_current_folder = PathBuf::from(IGNORE_FILE);
    if in_current_folder.is_file() {
        wanted.push(in_current_folder);
    }
    let mut found = input::find(&wanted).map_err(unreadable)?;
    for file in &mut found {
        if settings.ignore_files.contains(&file.path) {
            file.kind = input::Kind::Ignore;
        }
    }
    let inputs = input::read(&found).map_err(unreadable)?;
    let active = settings.active();
    let findings = check(&inputs, &active);
    let mut findings = ignore::apply(findings, &inputs.ignores, &inputs.sources, &active);
    // Ids in second place, so that the order does not depend on that of the rules.
    findings.sort_by(|one, other| {
        (one.span.file, one.span.start, &one.id, &one.pointer, &one.message).cmp(&(
            other.span.file,
            other.span.start,
            &other.id,
            &other.pointer,
            &other.message,
        ))
    });
    findings.dedup();
    let configs = inputs.configs.into_iter().map(|config| Document {
        file: config.root.span.file,
        root: config.root,
        findings: Vec::new(),
    });
    Ok(Report {
        findings,
        configs: configs.collect(),
        sources: inputs.sources,
    })
}

fn check(inputs: &Inputs, active: &[Active]) -> Vec<Diagnostic> {
    let by_document = inputs
        .documents
        .par_iter()
        .flat_map_iter(|document| check_document(document, active));
    let mut findings: Vec<Diagnostic> = by_document.collect();
    findings.extend(
        inputs
            .findings
            .iter()
            .filter(|finding| active.iter().any(|active| active.registered.rule.id == finding.id))
            .cloned(),
    );
    each(active, &mut findings, |check, out| match check {
        Check::Tree(check) => inputs.trees.iter().for_each(|tree| check(tree, out)),
        Check::Mapping(check) => inputs.mappings.iter().for_each(|mapping| check(mapping, out)),
        Check::Config(check) => inputs.configs.iter().for_each(|config| check(config, out)),
        _ => {}
    });
    let read = inputs.trees.iter().flat_map(|tree| &tree.reader_findings);
    findings.extend(read.filter_map(|finding| as_active(finding, active)));
    let sets = view::sets(&inputs.pages);
    let pages: Vec<Page<'_>> = sets
        .iter()
        .flat_map(|set| set.pages.iter().map(move |page| Page { page, set }))
        .collect();
    let of_pages = pages.par_iter().flat_map_iter(|page| {
        let mut found = Vec::new();
        each(active, &mut found, |check, out| {
            if let Check::Page(check) = check {
                check(page, out);
            }
        });
        found
    });
    findings.extend(of_pages.collect::<Vec<_>>());
    findings
}

/// Calls a function with each active rule's check and a place for its findings.
fn each(active: &[Active], found: &mut Vec<Diagnostic>, mut call: impl FnMut(Check, &mut Out<'_>)) {
    for active in active {
        let rule = active.registered.rule;
        call(rule.check, &mut Out::new(rule.id, active.severity, found));
    }
}

/// A finding of the reader as one of the rule of that name.
fn as_active(finding: &Diagnostic, active: &[Active]) -> Option<Diagnostic> {
    let active = active.iter().find(|active| active.registered.rule.id == finding.id)?;
    Some(Diagnostic {
        severity: active.severity,
        ..finding.clone()
    })
}

fn check_document(document: &view::Document, active: &[Active]) -> Vec<Diagnostic> {
    let applies = |on: On| match on {
        On::Any => true,
        On::Spec => !document.is_service,
        On::Service => document.is_service,
    };
    let mut found: Vec<Diagnostic> = document
        .reader_findings
        .iter()
        .filter_map(|finding| as_active(finding, active))
        .collect();
    each(active, &mut found, |check, out| match check {
        Check::Document(on, check) if applies(on) => check(document, out),
        _ => {}
    });
    let of_objects: Vec<ObjectCheck<'_>> = active
        .iter()
        .filter_map(|active| match active.registered.rule.check {
            Check::Object(on, check) if applies(on) => Some((active, check)),
            _ => None,
        })
        .collect();
    found.extend(check_objects(document, &of_objects));
    if document.is_service {
        let service = view::service(document);
        found.extend(check_service(&service, active));
    }
    found
}

/// A rule over objects with its function.
type ObjectCheck<'a> = (&'a Active, fn(&Place<'_>, &mut Out<'_>));

fn check_objects(document: &view::Document, checks: &[ObjectCheck<'_>]) -> Vec<Diagnostic> {
    let root = At::root(&document.service.spec.root);
    let look = |place: &Place<'_>, found: &mut Vec<Diagnostic>| {
        for (active, check) in checks {
            check(place, &mut Out::new(active.registered.rule.id, active.severity, found));
        }
    };
    let mut found = Vec::new();
    look(
        &Place {
            document,
            at: &root,
            position: Position::ROOT,
            parent: Position::ROOT,
        },
        &mut found,
    );
    // The sections below the root one after another, what is in them in parallel: that is where the bulk lies.
    for section in root.children() {
        let Some((key, _)) = section.own_key() else { continue };
        let place = Place {
            document,
            at: &section,
            position: Position::ROOT.key(key),
            parent: Position::ROOT,
        };
        if place.position == Position::Literal {
            continue;
        }
        look(&place, &mut found);
        if place.position == Position::Object(Kind::Components) {
            for part in section.children() {
                let place = below(&place, &part);
                if place.position != Position::Literal {
                    look(&place, &mut found);
                    found.extend(visit_children(&place, &look));
                }
            }
        } else {
            found.extend(visit_children(&place, &look));
        }
    }
    found
}

/// Visits what is below a place, in parallel.
fn visit_children(place: &Place<'_>, look: &(impl Fn(&Place<'_>, &mut Vec<Diagnostic>) + Sync)) -> Vec<Diagnostic> {
    let children: Vec<At<'_>> = place.at.children().collect();
    let visited = children.par_iter().flat_map_iter(|child| {
        let mut found = Vec::new();
        walk::visit(&below(place, child), &mut |place| look(place, &mut found));
        found
    });
    visited.collect()
}

fn check_service(service: &Service<'_>, active: &[Active]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    each(active, &mut found, |check, out| match check {
        Check::Service(check) => check(service, out),
        Check::Resource(check) => service.resources.iter().for_each(|resource| check(resource, out)),
        Check::Method(check) => {
            let methods = service.resources.iter().flat_map(|resource| &resource.methods);
            methods.for_each(|method| check(method, out));
        }
        _ => {}
    });
    found
}
