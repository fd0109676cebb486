//! What a site's owner decides about the pages.

use std::collections::BTreeMap;

use crate::source::Text;

/// How tables of fields look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Plain HTML tables, top-level fields only.
    #[default]
    Html,
    /// The `SchemaTable` component with fields that open.
    SchemaTable,
}

impl std::str::FromStr for Style {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "html" => Ok(Style::Html),
            "schema-table" => Ok(Style::SchemaTable),
            other => Err(format!("`{other}` is no style: write `html` or `schema-table`")),
        }
    }
}

/// What stands in the place of a value in examples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExampleValues {
    /// `'{{ name }}'`
    #[default]
    Placeholders,
    /// The placeholder form, and below it the same statement with plausible values where it differs.
    Both,
    /// A plausible value from the schema (example, default, enum, format); the placeholder where it has none, and for
    /// anything that looks like a secret.
    Plausible,
}

impl std::str::FromStr for ExampleValues {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "placeholders" => Ok(ExampleValues::Placeholders),
            "both" => Ok(ExampleValues::Both),
            "plausible" => Ok(ExampleValues::Plausible),
            other => Err(format!(
                "`{other}` is no kind of value: write `placeholders`, `plausible` or `both`"
            )),
        }
    }
}

/// Whether pages say more than the runtime's own tables: how to page, what is deprecated, which resources are near.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Guidance {
    /// Only the fixed sections.
    #[default]
    Off,
    /// With words on pages of results, limits, deprecation and related resources.
    On,
}

/// Texts that people write and keep beside the spec. Trusted: they are Markdown and go into pages as they are.
#[derive(Debug, Clone, Default)]
pub struct HandWritten {
    /// The introduction of the landing page.
    pub introduction: Option<String>,
    /// Words on a service, by service name.
    pub services: BTreeMap<String, String>,
    /// Words on a resource, by `service.resource`.
    pub resources: BTreeMap<String, String>,
}

/// What makes a project of the pages that can be published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectSettings {
    /// Where the site will be, without a path.
    pub url: String,
    /// The path of the site there, with a slash at both ends.
    pub base_url: String,
    /// Where readers can propose changes; every page links to it.
    pub edit_url: Option<String>,
    /// Old paths and the paths of the pages that stand for them.
    pub redirects: BTreeMap<String, String>,
    /// Pictures, by file name below `img`.
    pub images: BTreeMap<String, Vec<u8>>,
}

impl Default for ProjectSettings {
    fn default() -> Self {
        ProjectSettings {
            url: ProjectSettings::PREVIEW.to_owned(),
            base_url: "/".to_owned(),
            edit_url: None,
            redirects: BTreeMap::new(),
            images: BTreeMap::new(),
        }
    }
}

impl ProjectSettings {
    /// The address where a site is looked at before it is published.
    pub const PREVIEW: &str = "http://localhost:3000";
}

/// What a site's owner decides about the pages.
#[derive(Debug, Clone)]
pub struct SiteSettings {
    /// How tables of fields look.
    pub style: Style,
    /// How deep nested fields are shown in the `schema-table` style; 1 is the row itself.
    pub depth: usize,
    /// What stands in the place of a value in examples.
    pub values: ExampleValues,
    /// Whether pages say more than the fixed sections.
    pub guidance: Guidance,
    /// The provider's name for people; from the provider document when absent.
    pub title: Option<Text>,
    /// The picture that goes with each page; `None` for the usual place.
    pub image: Option<Text>,
    /// Most pages that are built at once: a larger site is made in parts. Unlimited when absent.
    pub part_pages: Option<usize>,
    /// Texts that people wrote.
    pub texts: HandWritten,
}

impl SiteSettings {
    /// Most pages that a Docusaurus project has unless its owner says otherwise: of large pages as many take 5 GB of
    /// memory to build and give readers 18 MB to search in.
    pub const PART_PAGES: usize = 1_000;
}

impl Default for SiteSettings {
    fn default() -> Self {
        SiteSettings {
            style: Style::Html,
            depth: 4,
            values: ExampleValues::Placeholders,
            guidance: Guidance::Off,
            title: None,
            image: None,
            part_pages: None,
            texts: HandWritten::default(),
        }
    }
}
