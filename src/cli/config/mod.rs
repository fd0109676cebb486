//! `spgen.yaml`: one file per provider. Everything has a default inferred from the sources.
//!
//! The Rust types below are the one description of the format: the JSON Schema that `spgen schema config` prints is
//! derived from them, and files are checked against that schema so that every mistake is reported with its position.

mod check;
mod levels;
mod refused;
mod view_file;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub use check::{parse, parse_view};
pub use levels::{Casing, Columns, MethodLevel, Pushdown, PushdownWord, ResourceLevel, Retry, ServiceLevel};
pub use view_file::ViewFile;

/// A block that is taken over as it is written.
pub type Block = serde_json::Map<String, serde_json::Value>;

/// The settings of one provider.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "spgen.yaml")]
pub struct Config {
    /// Name of the provider: its directory, and the first part of table names in SQL.
    pub name: String,
    /// Title for people. Default: the name.
    #[serde(default)]
    pub title: Option<String>,
    /// One or two sentences for people.
    #[serde(default)]
    pub description: Option<String>,
    /// Version directory. Default: `v00.00.00000`.
    #[serde(default)]
    pub version: Option<String>,
    /// The descriptions that the provider is made from.
    pub sources: Vec<Source>,
    /// Overlay file with patches of the sources. Default: `overlay.yaml`, where it exists.
    #[serde(default)]
    pub overlay: Option<String>,
    /// Files that stand for remote documents: URL to path.
    #[serde(default)]
    pub references: BTreeMap<String, String>,
    /// How operations are divided into services.
    #[serde(default)]
    pub split: Option<Split>,
    /// Servers that replace those of the sources, as in OpenAPI. An array of server objects.
    #[serde(default)]
    pub servers: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
    /// Authentication block of the provider document. Default: made from the security schemes.
    #[serde(default)]
    pub auth: Option<serde_json::Map<String, serde_json::Value>>,
    /// Further keys of the provider document's `config`, such as `minStackQLVersion`.
    #[serde(default)]
    pub config: Option<serde_json::Map<String, serde_json::Value>>,
    /// How lists are paged.
    #[serde(default)]
    pub pagination: Option<Pagination>,
    /// Which clauses the API takes over. Default: `off`, because a limit that is sent cuts rows before they are filtered
    /// and sorted.
    #[serde(default)]
    pub pushdown: Option<Pushdown>,
    /// How failed requests are repeated.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// Headers that are sent by themselves with every request: name to value.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, levels::HeaderValue>>,
    /// How columns are called, and which there are.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// What differs for single services, resources and methods, by their names in SQL. The nearest level wins.
    #[serde(default)]
    pub services: BTreeMap<String, ServiceLevel>,
    /// Normalisation of the sources.
    #[serde(default)]
    pub normalize: Option<Normalize>,
    /// The mapping file. Default: `mapping.csv`.
    #[serde(default)]
    pub mapping: Option<String>,
    /// Folder with one file per view. Default: `views`, where it exists.
    #[serde(default)]
    pub views: Option<String>,
    /// Documentation pages.
    #[serde(default)]
    pub docs: Option<Docs>,
    /// Where results go, relative to this file. Default: `../../src` and `../../../docs/<name>`.
    #[serde(default)]
    pub output: Option<Output>,
}

/// One description: its path, or its path with more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// Path of an OpenAPI file, relative to this file.
    Path(String),
    /// A description with its settings.
    Settings(SourceSettings),
}

impl Source {
    /// Where it is, as the configuration says.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Source::Path(path) => path,
            Source::Settings(settings) => &settings.path,
        }
    }

    /// What kind of file it is.
    #[must_use]
    pub fn format(&self) -> SourceFormat {
        match self {
            Source::Path(_) => SourceFormat::Openapi,
            Source::Settings(settings) => settings.format,
        }
    }
}

/// A description with its settings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSettings {
    /// Path of the file, relative to this file. For a source that is not kept beside the configuration it is a plain
    /// name, and `--source FILE` brings it.
    pub path: String,
    /// What kind of file it is. Default: `openapi`.
    #[serde(default)]
    pub format: SourceFormat,
    /// SHA-256 of the canonical form of the description that the mapping was reviewed against: of the JSON without
    /// blanks, keys sorted, references to other files brought in. The order of keys, comments and the choice between YAML
    /// and JSON do not count. `spgen build --update-pin` writes it, and `pin.csv` beside this file.
    #[serde(default)]
    pub sha256: Option<String>,
    /// For `databricks-sdk`: which level of the API.
    #[serde(default)]
    pub level: Option<Level>,
    /// How a person gets the source, shown when it is missing.
    #[serde(default)]
    pub fetch: Option<String>,
}

/// Kinds of sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceFormat {
    /// OpenAPI 3.0, 3.1 or Swagger 2.0, YAML or JSON.
    #[default]
    Openapi,
    /// A wheel, source archive or folder of the Python package `databricks-sdk`.
    DatabricksSdk,
}

/// Level of the Databricks API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One workspace.
    Workspace,
    /// A whole account.
    Account,
}

/// How operations are divided into services.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// What decides. Default: `auto`.
    #[serde(default)]
    pub by: SplitBy,
    /// For `path`: how many leading path segments to skip, placeholders not counted. Default: versions, and what all
    /// paths share.
    #[serde(default)]
    pub skip_segments: Option<usize>,
    /// Other names for services: from the one found to the one wanted. Equal new names join services.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Service by operation id; wins over everything else.
    #[serde(default)]
    pub operations: BTreeMap<String, String>,
    /// Service by path prefix, the longest prefix first; wins over `by`.
    #[serde(default)]
    pub paths: BTreeMap<String, String>,
}

/// What decides to which service an operation belongs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SplitBy {
    /// The best of the others, judged by the sizes of the services.
    #[default]
    Auto,
    /// The first tag.
    Tag,
    /// The first path segment that is no version.
    Path,
    /// The source file.
    File,
}

/// How lists are paged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Pagination {
    /// `inferred` (the default) or `off`.
    Word(PaginationWord),
    /// A block as the runtime reads it; used on each method that it fits.
    Block(PaginationBlock),
}

/// How the next page is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaginationBlock {
    /// `page_number` for page numbers; nothing else makes a difference.
    #[serde(default)]
    pub algorithm: Option<String>,
    /// Where the token goes.
    #[serde(default)]
    pub request_token: Option<Token>,
    /// Where the token comes from; for page numbers, the page of the answer.
    #[serde(default)]
    pub response_token: Option<Token>,
    /// For page numbers: how many pages there are.
    #[serde(default)]
    pub response_terminator: Option<Token>,
}

/// A place of a token.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Its name; in bodies a path such as `$.meta.next`.
    pub key: String,
    /// Where it is.
    pub location: TokenPlace,
}

/// Where a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TokenPlace {
    /// In the query.
    Query,
    /// In a body.
    Body,
    /// In a header.
    Header,
    /// The token is the next request's URL.
    Request,
}

/// Paging without a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaginationWord {
    /// Per method, where the description shows a safe form.
    Inferred,
    /// Never.
    Off,
}

/// Normalisation of the sources.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Normalize {
    /// Passes to leave out, by id; `spgen build --explain-passes` lists them.
    #[serde(default)]
    pub disable: Vec<String>,
}

/// Documentation pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Docs {
    /// How tables are written. Default: `html`.
    #[serde(default)]
    pub style: Option<DocsStyle>,
    /// Introduction of the landing page, in Markdown.
    #[serde(default)]
    pub introduction: Option<String>,
    /// Folder with templates that replace built-in ones by name.
    #[serde(default)]
    pub templates: Option<String>,
    /// How many levels of nested fields the style `schema-table` shows. Default: 4.
    #[serde(default)]
    pub depth: Option<usize>,
    /// What stands for values in examples. Default: `placeholders`.
    #[serde(default)]
    pub examples: Option<DocsExamples>,
    /// Whether pages also say how results are paged, what a limit does, what is deprecated and which resources are
    /// related. Default: no for the pages alone, yes for a site.
    #[serde(default)]
    pub guidance: Option<bool>,
    /// Preview picture of all pages, a path on the site. Default: `/img/stackql-<name>-provider-featured-image.png`.
    #[serde(default)]
    pub image: Option<String>,
    /// Whether a whole Docusaurus project is written, ready to be built and published; its pages lie in `docs`.
    /// Default: no, the pages alone.
    #[serde(default)]
    pub site: Option<Site>,
}

/// A Docusaurus project around the pages: yes or no, or yes with settings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Site {
    /// Whether there is one.
    Wanted(bool),
    /// With settings.
    Settings(SiteSettings),
}

/// Settings of a Docusaurus project.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteSettings {
    /// Where the site is published, without a path. It can be given at build time as well, as `SITE_URL`.
    #[serde(default)]
    #[schemars(regex(pattern = r"^https?://[^/]+$"))]
    pub url: Option<String>,
    /// The path of the site there, with a slash at both ends. Default: `/`.
    #[serde(default)]
    #[schemars(regex(pattern = r"^/(.*/)?$"))]
    pub base_url: Option<String>,
    /// Address of the mapping where readers can propose changes: every page links to it. Default: no link.
    #[serde(default)]
    #[schemars(regex(pattern = r"^https?://"))]
    pub edit_url: Option<String>,
    /// Most pages that a project has: a larger site is written as several, each built by itself. Default: 1000.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub part_pages: Option<usize>,
    /// Old paths that lead to pages: from path to path, both starting with a slash.
    #[serde(default)]
    pub redirects: BTreeMap<String, String>,
    /// Folder with pictures that the pages and the site use as `/img/<file>`. Default: no pictures.
    #[serde(default)]
    pub images: Option<String>,
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocsStyle {
    /// Plain HTML tables.
    Html,
    /// The `SchemaTable` component, with nested fields.
    SchemaTable,
}

/// What stands for values in examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DocsExamples {
    /// `{{ name }}`
    Placeholders,
    /// Plausible values from the description; never for what looks like a secret.
    Plausible,
    /// First the one, then the other.
    Both,
}

/// Where results go, relative to the configuration file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The folder that holds `<name>/<version>`. Default: `../../src`.
    #[serde(default)]
    pub provider: Option<String>,
    /// The folder of the pages. Default: `../../../docs/<name>`.
    #[serde(default)]
    pub docs: Option<String>,
}

/// The JSON Schema of the format.
#[must_use]
pub fn schema() -> serde_json::Value {
    schema_of::<Config>()
}

fn schema_of<T: JsonSchema>() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft2020_12()
        .with_transform(schemars::transform::RecursiveTransform(without_null))
        .into_generator();
    generator.into_root_schema_for::<T>().to_value()
}

/// Optional settings are left out, not set to null.
fn without_null(schema: &mut schemars::Schema) {
    let null = serde_json::json!({"type": "null"});
    if let Some(serde_json::Value::Array(forms)) = schema.get_mut("anyOf") {
        forms.retain(|form| *form != null);
        if let [only] = forms.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only.as_object().into_iter().flatten() {
                schema.insert(key.clone(), value.clone());
            }
        }
    }
    if let Some(serde_json::Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if schema.get("default").is_some_and(serde_json::Value::is_null) {
        schema.remove("default");
    }
}

/// The JSON Schema of the format, as indented JSON with a newline at the end.
#[must_use]
pub fn schema_text() -> String {
    text_of(&schema())
}

/// A schema as indented JSON with a newline at the end.
#[must_use]
pub fn text_of(schema: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
