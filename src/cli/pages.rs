//! Pages as files, for the commands that write them.

use super::build::chain;
use crate::diagnostic::Diagnostic;
use crate::docs::{ProjectSettings, Site};
use crate::output::FileTree;
use crate::render::{self, Templates};

/// The files of a site: the pages alone, or with a project around them.
///
/// # Errors
/// The finding about a template that asks for what a page does not have.
pub fn files(site: &Site, templates: &Templates, project: Option<&ProjectSettings>) -> Result<FileTree, Diagnostic> {
    let pages = render::site(site, templates);
    let files = match project {
        Some(settings) => pages.and_then(|pages| render::project(site, pages, settings)),
        None => pages,
    };
    files.map_err(|error| Diagnostic::error("template", chain(&error)))
}
