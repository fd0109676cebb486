//! `spgen docs`: pages for any provider tree.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::build::has_errors;
use super::console::Console;
use super::exit::Exit;
use super::pages;
use crate::diagnostic::counted;
use crate::docs::{self, ExampleValues, Guidance, ProjectSettings, SiteSettings, Style};
use crate::output::{self, Mode};
use crate::provider::{self, PROVIDER_DOCUMENT};

const DEFAULT_PART_PAGES: NonZeroUsize = NonZeroUsize::new(SiteSettings::PART_PAGES).expect("not zero");

/// Write documentation pages for a provider tree, whoever made it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen docs provider/src/acme/v00.00.00000 --out docs/acme
  spgen docs provider/src/acme/v00.00.00000 --out site --site
  spgen docs provider --out docs")]
pub struct Args {
    /// The folder that holds `provider.yaml` (…/NAME/VERSION), or a registry: pages of every provider in it, each in a
    /// folder of its name, of its last version.
    #[arg(value_name = "PROVIDER_DIR")]
    provider: PathBuf,
    /// Folder for the pages.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How field tables are written.
    #[arg(long, value_name = "STYLE", default_value = "html")]
    style: Style,
    /// Write a whole Docusaurus project: the folder is ready for `npm ci && npm run build`, its pages lie in `docs`.
    #[arg(long)]
    site: bool,
    /// Where the site will be published, without a path; it can be given at build time as `SITE_URL`.
    #[arg(long, value_name = "URL", requires = "site")]
    url: Option<String>,
    /// Most pages that a project has: a larger site is written as several, `parts/part-1` and so on, each built by
    /// itself. `npm run build` builds them all.
    #[arg(long, value_name = "PAGES", requires = "site", default_value_t = DEFAULT_PART_PAGES)]
    part_pages: NonZeroUsize,
    /// What stands for values in examples: `placeholders`, `plausible` or `both`.
    #[arg(long, value_name = "VALUES", default_value = "placeholders")]
    values: ExampleValues,
    /// Say also how results are paged and which resources are related; a site always does.
    #[arg(long)]
    guidance: bool,
    /// Folder with texts that people wrote: `intro.md`, `services/<service>.md`, `resources/<service>/<resource>.md`.
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Folder with templates that replace built-in ones by name.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Write nothing; exit with 1 and name what differs if anything on disk would change.
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let names = if args.provider.join(PROVIDER_DOCUMENT).is_file() {
        Vec::new()
    } else {
        provider::provider_names(&args.provider)
    };
    if names.is_empty() {
        // If it is no provider either, this says what is missing.
        return of_provider(args, &args.provider, &args.out, console);
    }
    let exits = names
        .iter()
        .map(|name| match provider::version_folder(&args.provider, name) {
            Ok(folder) => of_provider(args, &folder, &args.out.join(name), console),
            Err(error) => {
                console.error(&error.to_string());
                Exit::Unreadable
            }
        });
    exits.max().unwrap_or(Exit::Clean)
}

fn of_provider(args: &Args, folder: &Path, out: &Path, console: &Console) -> Exit {
    let started = Instant::now();
    let loaded = match provider::load(folder) {
        Ok(loaded) => loaded,
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    console.findings(&loaded.findings, &loaded.sources);
    let texts = args.texts.as_deref().map(|folder| pages::texts(None, folder));
    let settings = SiteSettings {
        style: args.style,
        values: args.values,
        guidance: if args.guidance || args.site {
            Guidance::On
        } else {
            Guidance::Off
        },
        part_pages: args.site.then_some(args.part_pages.get()),
        texts: texts.unwrap_or_default(),
        ..SiteSettings::default()
    };
    let site = docs::build(&loaded.provider, &settings);
    let project = args.site.then(|| ProjectSettings {
        url: args.url.clone().unwrap_or(ProjectSettings::default().url),
        ..ProjectSettings::default()
    });
    let rendered = super::build::templates(args.templates.as_deref())
        .and_then(|templates| pages::files(&site, &templates, &settings, project.as_ref()));
    let (tree, found) = match rendered {
        Ok(rendered) => rendered,
        Err(finding) => {
            console.findings(&[finding], &loaded.sources);
            return Exit::Unreadable;
        }
    };
    console.findings(&found, &loaded.sources);
    let mode = if args.check { Mode::Check } else { Mode::Write };
    let applied = match output::apply(&tree, out, "docs", mode) {
        Ok(applied) => applied,
        Err(error) => {
            console.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    console.say(&format!(
        "{}: {} in {} ms; {} written, {} removed, {} unchanged",
        loaded.provider.name,
        counted(site.page_count(), "page"),
        started.elapsed().as_millis(),
        counted(
            applied.created.len() + applied.changed.len() + applied.replaced.len(),
            "file"
        ),
        applied.removed.len(),
        applied.unchanged,
    ));
    if args.check && !applied.is_clean() {
        for (path, difference) in applied.differences() {
            console.error(&format!("{difference}: {}", out.join(path).display()));
        }
        return Exit::Findings;
    }
    if has_errors(&loaded.findings) || has_errors(&found) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
