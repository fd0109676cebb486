//! The views of a provider: files in its folder `views`, and whether their queries can be answered.

use std::path::{Path, PathBuf};

use super::super::config::{Config, parse_view};
use super::super::job::cannot_read;
use crate::diagnostic::Diagnostic;
use crate::provider::build::ViewSettings;
use crate::provider::{Provider, View};
use crate::source::{Sources, Text, load};
use crate::sql::explain::{FailureKind, explain};
use crate::sql::result_columns;

/// Reads the views, sorted by file name.
///
/// # Errors
/// All that is wrong with them.
pub(super) fn read(
    config: &Config,
    folder: &Path,
    sources: &mut Sources,
) -> Result<Vec<ViewSettings>, Vec<Diagnostic>> {
    let mut views = Vec::new();
    let mut mistakes = Vec::new();
    for path in files(config, folder).map_err(|finding| vec![*finding])? {
        let read = load(&path, sources).map_err(|failure| vec![*failure]);
        match read.and_then(|document| parse_view(&document)) {
            Ok(view) => {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let postgres = view.postgres.as_ref().unwrap_or(&view.sqlite3);
                let query = |text: &str| Text::from(text.trim().trim_end_matches(';').trim_end());
                views.push(ViewSettings {
                    service: view.service.as_str().into(),
                    name: view.name.as_deref().unwrap_or(&stem).into(),
                    title: view.title.as_deref().map(Text::from),
                    description: view.description.as_deref().map(|text| text.trim().into()),
                    parameters: view.parameters.iter().map(Text::from).collect(),
                    queries: vec![
                        ("sqlite3".into(), query(&view.sqlite3)),
                        ("postgres".into(), query(postgres)),
                    ],
                });
            }
            Err(found) => mistakes.extend(found),
        }
    }
    if mistakes.is_empty() { Ok(views) } else { Err(mistakes) }
}

/// The files. A folder that is named has to be there.
fn files(config: &Config, folder: &Path) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let views = folder.join(config.views.as_deref().unwrap_or("views"));
    let entries = match std::fs::read_dir(&views) {
        Ok(entries) => entries,
        Err(_) if config.views.is_none() => return Ok(Vec::new()),
        Err(error) => return Err(Box::new(cannot_read(&views, &error))),
    };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml" || extension == "yml")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// What is wrong with the queries of a built provider's views: syntax, tables, columns, and parameters without a use.
pub(in crate::cli) fn check(provider: &Provider) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for service in &provider.services {
        for resource in service.resources.iter().filter(|resource| resource.methods.is_empty()) {
            let name = format!("{}.{}", service.name, resource.key);
            for view in &resource.views {
                let dialect = view.dialect.as_deref().unwrap_or_default();
                let failure = explain(provider, &view.ddl).failure;
                let is_fault = |kind: FailureKind| {
                    // Functions of the database, and what an API may refuse, are not known here.
                    !matches!(kind, FailureKind::Refused | FailureKind::OnlyNulls)
                };
                if let Some(failure) = failure.filter(|failure| is_fault(failure.kind)) {
                    let finding = Diagnostic::error(
                        "view-query",
                        format!("the {dialect} query of the view `{name}` fails: {}", failure.message),
                    );
                    findings.push(match failure.help {
                        Some(help) => finding.help(help),
                        None => finding,
                    });
                }
                findings.extend(parameters(&name, dialect, view));
            }
        }
    }
    findings
}

/// What is wrong with the compulsory parameters of a view. The runtime puts the value into the query, but compares it
/// with the view's column of that name as well: without one it knows no such name, and a constant equals no value.
fn parameters(name: &str, dialect: &str, view: &View) -> Vec<Diagnostic> {
    let columns = result_columns(&view.ddl);
    let judge = |parameter: &Text| -> Option<(String, Option<String>)> {
        if !view.ddl.contains(parameter.as_str()) {
            return Some((
                format!("the {dialect} query of the view `{name}` makes no use of its parameter `{parameter}`"),
                None,
            ));
        }
        let column = columns.iter().flatten().find(|column| column.name == *parameter);
        let help = format!(
            "the runtime compares a parameter with the view's column of that name: select the path parameter, the \
             server variable or the field that is `{parameter}`; what is only in the query of the request cannot be \
             a parameter, so write its value into the view"
        );
        match column {
            None => Some((
                format!("the {dialect} query of the view `{name}` has no column for its parameter `{parameter}`"),
                Some(help),
            )),
            Some(column) if column.is_constant => Some((
                format!(
                    "the column for the parameter `{parameter}` of the view `{name}` is a constant in the {dialect} query, so no row is left"
                ),
                Some(help),
            )),
            Some(_) => None,
        }
    };
    let finding = |(message, help): (String, Option<String>)| {
        let finding = Diagnostic::error("view-parameter", message);
        match help {
            Some(help) => finding.help(help),
            None => finding,
        }
    };
    view.required_parameters.iter().filter_map(judge).map(finding).collect()
}
