//! Pages as files, for the commands that write them.

use super::build::chain;
use crate::diagnostic::Diagnostic;
use crate::docs::{ProjectSettings, Site};
use crate::output::FileTree;
use crate::render::{self, Templates};

/// The files of a site: the pages alone, or with a project around them. Each page compiles; findings name those that
/// do so only without what people wrote, and those that are too large.
///
/// # Errors
/// The finding about a template that asks for what a page does not have.
pub fn files(
    site: &Site,
    templates: &Templates,
    project: Option<&ProjectSettings>,
) -> Result<(FileTree, Vec<Diagnostic>), Diagnostic> {
    let wrong = |error: render::TemplateError| Diagnostic::error("template", chain(&error));
    let pages = render::proven(site, templates).map_err(wrong)?;
    let mended = pages.mended.iter().map(|error| {
        Diagnostic::error("broken-page", format!("the page does not compile: {error}")).help(
            "the page is written without its hand-written text and with the built-in template; mend the text or the \
             template",
        )
    });
    let large = pages.large.iter().map(|(page, size)| {
        Diagnostic::warning("large-page", format!("`{page}` has {} kB", size / 1000))
            .help("show fewer levels of fields, or use the style `schema-table`, which moves them into a file")
    });
    let findings = mended.chain(large).collect();
    let files = match project {
        Some(settings) => render::project(site, pages.tree, settings).map_err(wrong)?,
        None => pages.tree,
    };
    Ok((files, findings))
}
