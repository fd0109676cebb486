//! Jobs from `spgen.yaml` files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::super::config::{self, Config, DocsExamples, DocsStyle, Source, SourceFormat, SplitBy};
use super::super::console::Console;
use super::super::job::{self, Job, Places, SourceDocument, SplitChoice};
use super::super::overlay;
use super::super::pages;
use super::super::pin::{self, Pinned};
use super::unchanged::Question;
use super::{Args, Failure, Task, check_name, levels, pass_pages, views};
use crate::diagnostic::{Diagnostic, similar};
use crate::docs::{ExampleValues, Guidance, ProjectSettings, SiteSettings, Style};
use crate::mapping::Conventions;
use crate::openapi::split::SplitException;
use crate::openapi::{self, NormalizeOptions, SplitRules};
use crate::output::{self, FileTree, Mode};
use crate::provider::Settings;
use crate::source::{Document, Node, Sources, Text, load};

/// The file name of a configuration.
pub(in crate::cli) const CONFIG_FILE: &str = "spgen.yaml";

/// What to do for all configurations that the command line means. Configurations whose sources are kept elsewhere are
/// named and left out, unless `--source` brings them.
pub(super) fn tasks(args: &Args, console: &Console, sources: &mut Sources) -> Result<Vec<Task>, Failure> {
    let files = configurations(&args.inputs)?;
    let several = files.len() > 1;
    let mut tasks = Vec::with_capacity(files.len());
    let mut failures = Vec::new();
    for file in files {
        match configured(&file, several, args, console, sources) {
            Ok(Found::Task(task)) => tasks.push(task),
            Ok(Found::Elsewhere(message)) if args.inputs.is_empty() => console.say(&message),
            Ok(Found::Elsewhere(message)) => failures.push(Diagnostic::error("missing-source", message)),
            Err(found) => failures.extend(found),
        }
    }
    if failures.is_empty() {
        Ok(tasks)
    } else {
        Err(Failure::Unreadable(failures))
    }
}

enum Found {
    Task(Task),
    /// Its source is not here; what to say.
    Elsewhere(String),
}

/// The configuration files that the arguments name; without arguments all below the current folder.
fn configurations(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if inputs.is_empty() {
        let mut files = Vec::new();
        find_below(Path::new("."), &mut files);
        files.sort();
        if files.is_empty() {
            return Err(Failure::Usage(format!(
                "there is no `{CONFIG_FILE}` below this folder; name OpenAPI files with `--provider NAME --out DIR`"
            )));
        }
        return Ok(files);
    }
    inputs
        .iter()
        .map(|input| {
            let file = if input.is_dir() {
                input.join(CONFIG_FILE)
            } else {
                input.clone()
            };
            let looks_like_config = file.file_name().is_some_and(|name| name == CONFIG_FILE);
            if looks_like_config || holds_sources(&file) {
                Ok(file)
            } else {
                Err(Failure::Usage(format!(
                    "`{}` is no `{CONFIG_FILE}`; bare OpenAPI files need `--provider NAME`",
                    input.display()
                )))
            }
        })
        .collect()
}

/// Whether a file that is not called like a configuration is one all the same.
fn holds_sources(file: &Path) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().any(|line| line.starts_with("sources:"))
}

/// A folder that holds a file of this name is not searched for configurations.
const IGNORE_FILE: &str = ".spgenignore";

fn find_below(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join(IGNORE_FILE).exists() {
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type();
        if kind.is_ok_and(|kind| kind.is_dir()) {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                find_below(&path, found);
            }
        } else if name == CONFIG_FILE {
            found.push(path);
        }
    }
}

fn configured(
    file: &Path,
    several: bool,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<Found, Vec<Diagnostic>> {
    let mut question = Question::new(&file.display().to_string(), args, console, sources);
    let document = load(file, sources).map_err(|failure| vec![*failure])?;
    let config = config::parse(&document)?;
    check_name(&config.name).map_err(|message| {
        vec![
            Diagnostic::error("config", message)
                .at(document.root.span)
                .pointer("/name"),
        ]
    })?;
    unknown_passes(&document.root)?;
    let folder = folder_of(file);
    let places = places(&config, folder, several, args);
    if let Some(unchanged) = question.ask(&config.name, &places, args) {
        return Ok(Found::Task(Task::Unchanged(Box::new(unchanged))));
    }
    question.depends_on(inputs(&config, folder, args));
    let (by_source, mut findings) = match source_documents(&config, folder, args, sources)? {
        Sourced::Read(documents, findings) => (documents, findings),
        Sourced::Elsewhere(message) => return Ok(Found::Elsewhere(message)),
    };
    if args.update_pin {
        update_pin(file, &config, &by_source, &document, sources).map_err(|finding| vec![finding])?;
    } else {
        findings.extend(by_source.iter().enumerate().filter_map(|(index, documents)| {
            let (path, node, place) = pin::place_of(&config, &document.root, index);
            pin::check(folder, path, documents, node?, &place)
        }));
    }
    let mut sourced: Vec<(&str, Vec<SourceDocument>)> =
        config.sources.iter().map(Source::path).zip(by_source).collect();
    sourced.sort_by_key(|(path, _)| *path);
    let mut documents: Vec<SourceDocument> = sourced.into_iter().flat_map(|(_, documents)| documents).collect();
    let mut changes = Vec::new();
    let patches = folder.join(config.overlay.as_deref().unwrap_or("overlay.yaml"));
    if config.overlay.is_some() || patches.exists() {
        let (changed, found) = overlay::apply(&patches, &mut documents, sources)?;
        changes = changed;
        findings.extend(found);
    }
    let mapping = folder.join(config.mapping.as_deref().unwrap_or("mapping.csv"));
    let reviewed = job::read_table(&mapping).map_err(|finding| vec![finding])?;
    let docs = config.docs.clone().unwrap_or_default();
    let mut settings = settings(&config, &document.root);
    settings.views = views::read(&config, folder, sources)?;
    let job = Job {
        documents,
        findings,
        changes,
        reviewed,
        earlier_ledger: job::read_ledger(&folder.join("report.json")),
        conventions: Conventions::default(),
        normalize: NormalizeOptions {
            disabled: disabled_passes(&config, args),
            ..NormalizeOptions::default()
        },
        split: split(&config),
        settings,
        site: site_settings(&config, folder),
        project: project(docs.site, folder).map_err(|finding| vec![finding])?,
        templates: docs.templates.map(|templates| folder.join(templates)),
        places,
    };
    Ok(Found::Task(Task::Job(Box::new(job), question.has_read(sources))))
}

/// What a configuration makes a build read or look for, besides what it writes itself.
fn inputs(config: &Config, folder: &Path, args: &Args) -> Vec<PathBuf> {
    let docs = config.docs.as_ref();
    let sources = config.sources.iter().map(Source::path);
    let images = match docs.and_then(|docs| docs.site.as_ref()) {
        Some(config::Site::Settings(site)) => site.images.as_ref(),
        _ => None,
    };
    let beside = [
        config.overlay.as_deref().unwrap_or("overlay.yaml"),
        config.views.as_deref().unwrap_or("views"),
        pin::PIN_FILE,
    ];
    let named = images.into_iter().chain(docs.and_then(|docs| docs.templates.as_ref()));
    sources
        .chain(named.map(String::as_str))
        .chain(beside)
        .map(|path| folder.join(path))
        .chain(pages::text_places(&folder.join("docs")))
        .chain(args.source.iter().cloned())
        .collect()
}

enum Sourced {
    /// The documents of each source, in the order of the configuration.
    Read(Vec<Vec<SourceDocument>>, Vec<Diagnostic>),
    Elsewhere(String),
}

fn source_documents(
    config: &Config,
    folder: &Path,
    args: &Args,
    sources: &mut Sources,
) -> Result<Sourced, Vec<Diagnostic>> {
    let urls: BTreeMap<String, PathBuf> = config
        .references
        .iter()
        .map(|(url, path)| (url.clone(), folder.join(path)))
        // The command line has the last word.
        .chain(args.reference.iter().cloned())
        .collect();
    let mut documents: Vec<Vec<SourceDocument>> = config.sources.iter().map(|_| Vec::new()).collect();
    let mut findings = Vec::new();
    let mut listed: Vec<(&mut Vec<SourceDocument>, &Source)> = documents.iter_mut().zip(&config.sources).collect();
    listed.sort_by_key(|(_, source)| source.path());
    for (of_source, source) in listed {
        let (path, format) = (source.path(), source.format());
        let beside = folder.join(path);
        let brought = args.source.iter().find(|brought| brings(brought, path, format));
        let file = match brought {
            Some(brought) => brought.clone(),
            None if beside.exists() => beside,
            None => {
                if let Source::Settings(settings) = source
                    && let Some(fetch) = &settings.fetch
                {
                    return Ok(Sourced::Elsewhere(format!(
                        "{}: skipped, its source `{path}` is not here; get it with `{fetch}` and pass `--source FILE`",
                        config.name
                    )));
                }
                beside
            }
        };
        match format {
            SourceFormat::Openapi => {
                let (read, found) = job::read_sources(&[file], &urls, sources)?;
                *of_source = read;
                findings.extend(found);
            }
            SourceFormat::DatabricksSdk => {
                let level = match source {
                    Source::Settings(settings) => settings.level,
                    Source::Path(_) => None,
                };
                let (read, found) = super::imported::databricks(&file, level)?;
                *of_source = read;
                findings.extend(found);
            }
        }
    }
    Ok(Sourced::Read(documents, findings))
}

/// Writes the hashes of the sources into the configuration, and what they hold beside it.
fn update_pin(
    file: &Path,
    config: &Config,
    by_source: &[Vec<SourceDocument>],
    document: &Document,
    sources: &Sources,
) -> Result<(), Diagnostic> {
    let pinned: Vec<Pinned> = by_source
        .iter()
        .enumerate()
        .map(|(index, documents)| pin::pinned(pin::place_of(config, &document.root, index).0, documents))
        .collect();
    let hashes: Vec<String> = pinned.iter().map(|source| source.sha256.clone()).collect();
    let text = sources
        .get(document.file)
        .map(|file| file.text.clone())
        .unwrap_or_default();
    let cannot = |reason: String| Diagnostic::error("pin", format!("`{}`: {reason}", file.display()));
    let text = pin::rewrite(&text, &document.root, &hashes).map_err(cannot)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut tree = FileTree::new();
    tree.insert_shared(name.unwrap_or_default(), text);
    tree.insert_shared(pin::PIN_FILE, pin::to_csv(&pinned));
    output::apply(&tree, folder_of(file), "pin", Mode::Write).map_err(|error| cannot(error.to_string()))?;
    Ok(())
}

/// Whether a file given on the command line is meant for a source: the same file name, or a kind that only this
/// source can be.
fn brings(brought: &Path, path: &str, format: SourceFormat) -> bool {
    let same_name = brought
        .file_name()
        .is_some_and(|name| Path::new(path).file_name() == Some(name));
    same_name || format == SourceFormat::DatabricksSdk
}

/// Refuses ids of passes that do not exist.
fn unknown_passes(config: &Node) -> Result<(), Vec<Diagnostic>> {
    let disabled = config
        .get("normalize")
        .and_then(|normalize| normalize.get("disable")?.as_list());
    let known = || pass_pages().map(|(id, _)| id);
    let mut findings = Vec::new();
    for (index, node) in disabled.into_iter().flatten().enumerate() {
        let Some(id) = node.as_str().filter(|id| known().all(|pass| pass != *id)) else {
            continue;
        };
        let help = match similar(id, known()) {
            Some(candidate) => format!("did you mean `{candidate}`?"),
            None => "`spgen build --explain-passes` lists them".to_owned(),
        };
        findings.push(
            Diagnostic::error("config", format!("there is no pass `{id}`"))
                .at(node.span)
                .pointer(format!("/normalize/disable/{index}"))
                .help(help),
        );
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn disabled_passes(config: &Config, args: &Args) -> BTreeSet<String> {
    let configured = config.normalize.iter().flat_map(|normalize| &normalize.disable);
    configured.chain(&args.disable_pass).cloned().collect()
}

fn split(config: &Config) -> SplitChoice {
    let Some(split) = &config.split else {
        return SplitChoice::Proposed(SplitRules::default());
    };
    let operations = split.operations.iter().map(|(operation, service)| SplitException {
        operation: Some(operation.clone()),
        service: service.clone(),
        ..SplitException::default()
    });
    let mut prefixes: Vec<(&String, &String)> = split.paths.iter().collect();
    prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
    let paths = prefixes.into_iter().map(|(prefix, service)| SplitException {
        path: Some(format!("{prefix}*")),
        service: service.clone(),
        ..SplitException::default()
    });
    let exceptions: Vec<SplitException> = operations.chain(paths).collect();
    let rules = |by| SplitRules {
        by,
        exceptions: exceptions.clone(),
        names: split
            .names
            .iter()
            .map(|(old, new)| (old.clone(), new.clone()))
            .collect(),
        fallback_name: Some(config.name.clone()),
        ..SplitRules::default()
    };
    match (split.by, split.skip_segments) {
        (SplitBy::Auto, _) => SplitChoice::Proposed(rules(openapi::split::SplitBy::File)),
        (SplitBy::File, _) => SplitChoice::Rules(rules(openapi::split::SplitBy::File)),
        (SplitBy::Tag, _) => SplitChoice::Rules(rules(openapi::split::SplitBy::Tag)),
        (SplitBy::Path, None) => SplitChoice::ByPath(rules(openapi::split::SplitBy::File)),
        (SplitBy::Path, Some(skipped)) => SplitChoice::Rules(rules(openapi::split::SplitBy::PathSegment(skipped))),
    }
}

fn settings(config: &Config, root: &Node) -> Settings {
    let mut settings = Settings::inferred(config.name.as_str());
    if let Some(title) = &config.title {
        settings.title = title.as_str().into();
    }
    if let Some(description) = &config.description {
        settings.description = description.trim().into();
    }
    if let Some(version) = &config.version {
        settings.version = version.as_str().into();
    }
    // Blocks that go into documents as they are keep the order and the scalars of the file.
    settings.auth = root.get("auth").cloned();
    settings.config = root.get("config").cloned();
    if let Some(servers) = root.get("servers") {
        let holder: crate::source::Map = [("servers", servers.clone())].into_iter().collect();
        settings.servers = openapi::read(Node::map(holder)).0.servers;
    }
    settings.level = levels::level(root);
    settings.services = levels::services(root);
    settings
}

fn site_settings(config: &Config, folder: &Path) -> SiteSettings {
    let docs = config.docs.clone().unwrap_or_default();
    let has_site = !matches!(docs.site, None | Some(config::Site::Wanted(false)));
    SiteSettings {
        style: match docs.style {
            Some(DocsStyle::SchemaTable) => Style::SchemaTable,
            Some(DocsStyle::Html) | None => Style::Html,
        },
        depth: docs.depth.unwrap_or(SiteSettings::default().depth),
        values: match docs.examples {
            None | Some(DocsExamples::Placeholders) => ExampleValues::Placeholders,
            Some(DocsExamples::Plausible) => ExampleValues::Plausible,
            Some(DocsExamples::Both) => ExampleValues::Both,
        },
        guidance: if docs.guidance.unwrap_or(has_site) {
            Guidance::On
        } else {
            Guidance::Off
        },
        image: docs.image.as_deref().map(Text::from),
        part_pages: match &docs.site {
            None | Some(config::Site::Wanted(false)) => None,
            Some(config::Site::Wanted(true)) => Some(SiteSettings::PART_PAGES),
            Some(config::Site::Settings(site)) => Some(site.part_pages.unwrap_or(SiteSettings::PART_PAGES)),
        },
        title: config.title.as_deref().map(Text::from),
        texts: pages::texts(docs.introduction, &folder.join("docs")),
    }
}

/// What makes a project of the pages, with its pictures read.
fn project(site: Option<config::Site>, folder: &Path) -> Result<Option<ProjectSettings>, Diagnostic> {
    let site = match site {
        None | Some(config::Site::Wanted(false)) => return Ok(None),
        Some(config::Site::Wanted(true)) => config::SiteSettings::default(),
        Some(config::Site::Settings(settings)) => settings,
    };
    let defaults = ProjectSettings::default();
    let mut images = BTreeMap::new();
    if let Some(pictures) = site.images.map(|pictures| folder.join(pictures)) {
        let entries = std::fs::read_dir(&pictures).map_err(|error| job::cannot_read(&pictures, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                let content = std::fs::read(&path).map_err(|error| job::cannot_read(&path, &error))?;
                images.insert(name.to_string_lossy().into_owned(), content);
            }
        }
    }
    Ok(Some(ProjectSettings {
        url: site.url.unwrap_or(defaults.url),
        base_url: site.base_url.unwrap_or(defaults.base_url),
        edit_url: site.edit_url,
        redirects: site.redirects,
        images,
    }))
}

/// Where results go: below `--out`, or beside the configuration as it says.
fn places(config: &Config, folder: &Path, several: bool, args: &Args) -> Places {
    if let Some(out) = &args.out {
        return if several {
            Places::shared(out.clone(), &config.name)
        } else {
            Places::below(out.clone())
        };
    }
    let output = config.output.clone().unwrap_or_default();
    let provider = output.provider.unwrap_or_else(|| "../../src".to_owned());
    let docs = output.docs.unwrap_or_else(|| format!("../../../docs/{}", config.name));
    let mapping = config.mapping.clone().unwrap_or_else(|| "mapping.csv".to_owned());
    let absolute = |path: &str| normal(&folder.canonicalize().unwrap_or_else(|_| folder.to_owned()).join(path));
    let all = [
        absolute(&provider),
        absolute(&docs),
        absolute(&mapping),
        absolute("report.json"),
    ];
    let root = all
        .iter()
        .skip(1)
        .fold(parent(&all[0]), |root, path| common(&root, path));
    let below = |path: &Path| {
        let relative = path.strip_prefix(&root).unwrap_or(path);
        relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/")
    };
    Places {
        provider: below(&all[0]),
        docs: below(&all[1]),
        mapping: below(&all[2]),
        report: below(&all[3]),
        root,
    }
}

/// The folder of a configuration that may be named without one.
fn folder_of(file: &Path) -> &Path {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// The deepest folder that holds both.
fn common(one: &Path, other: &Path) -> PathBuf {
    one.components()
        .zip(other.components())
        .take_while(|(one, other)| one == other)
        .map(|(part, _)| part)
        .collect()
}
