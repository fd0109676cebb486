//! From the page model to files: templates give the shape, escaping is theirs by default.

pub mod escape;
mod javascript;
pub mod mdx;
mod parts;
mod project;
pub mod prose;
mod skeleton;
mod templates;

use rayon::prelude::*;

use crate::docs::{Page, Site};
use crate::output::FileTree;
use mdx::MdxError;

pub use project::project;
pub use templates::{TemplateError, Templates};

/// Largest page that builds and loads well, in bytes.
pub const PAGE_BUDGET: usize = 500_000;

/// Pages of which each compiles.
#[derive(Debug)]
pub struct Proven {
    /// The files.
    pub tree: FileTree,
    /// Why pages are not what their templates and texts say: each of these stands in the tree as the built-in template
    /// makes it, without what people wrote.
    pub mended: Vec<MdxError>,
    /// Pages above [`PAGE_BUDGET`], with their sizes.
    pub large: Vec<(String, usize)>,
}

/// All pages as files, as [`site`] makes them, each proven to compile as MDX.
///
/// # Errors
/// A template (of the user, in practice) that asks for what a page does not have.
pub fn proven(model: &Site, templates: &Templates) -> Result<Proven, TemplateError> {
    let mut tree = site(model, templates)?;
    let mended = mdx::check_all(&tree);
    if !mended.is_empty() {
        let plain = site(&model.without_texts(), &Templates::built_in()?)?;
        for error in &mended {
            match plain.get(&error.page) {
                Some(page) => tree.insert(error.page.clone(), page),
                None => tree.remove(&error.page),
            }
        }
        for error in mdx::check_all(&tree) {
            tree.remove(&error.page);
        }
    }
    let large = tree
        .iter()
        .filter(|(path, content)| content.len() > PAGE_BUDGET && path.ends_with("index.md"))
        .map(|(path, content)| (path.to_owned(), content.len()))
        .collect();
    Ok(Proven { tree, mended, large })
}

/// All pages as files: `index.md`, `services/<service>/index.md`, `services/<service>/<resource>/index.md`, JSON files
/// with the fields that are too many for a page, and `part-<n>/index.md` for a site that is built in parts.
///
/// # Errors
/// A template (of the user, in practice) that asks for what a page does not have.
pub fn site(site: &Site, templates: &Templates) -> Result<FileTree, TemplateError> {
    let mut tree = FileTree::new();
    tree.insert("index.md", templates.render("provider.md", &site.landing, &[])?);
    for part in &site.parts {
        tree.insert(
            format!("{}/index.md", part.folder),
            templates.render("part.md", part, &[])?,
        );
    }
    for service in &site.services {
        let index = templates.render("service.md", &service.index, &[])?;
        tree.insert(format!("{}/index.md", service.index.folder), index);
    }
    let pages: Vec<&Page> = site.services.iter().flat_map(|service| &service.pages).collect();
    let style = match site.style {
        crate::docs::Style::Html => "html",
        crate::docs::Style::SchemaTable => "schema-table",
    };
    let rendered: Result<Vec<String>, TemplateError> = pages
        .par_iter()
        .map(|page| match page {
            Page::Resource(model) => templates.render("resource.md", model, &[("style", style)]),
            Page::View(model) => templates.render("view.md", model, &[("style", style)]),
        })
        .collect();
    for (page, text) in pages.iter().zip(rendered?) {
        tree.insert(format!("{}/index.md", page.folder()), text);
        if let Page::Resource(model) = page {
            for tab in &model.fields {
                if let Some(file) = tab.file.as_ref().filter(|_| tab.same_as.is_none()) {
                    tree.insert(
                        format!("{}/{}", page.folder(), file.name),
                        templates::fields_json(&tab.rows),
                    );
                }
            }
        }
    }
    Ok(tree)
}
