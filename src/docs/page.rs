//! What each page says, as data: decisions are made, nothing is Markdown yet, and everything is plain text.

use schemars::JsonSchema;
use serde::Serialize;

use super::settings::Style;
use crate::source::Text;

/// All pages of a provider.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// The provider's name in SQL.
    pub provider: Text,
    /// The version directory.
    pub version: Text,
    /// The provider's name for people.
    pub title: Text,
    /// How tables look.
    pub style: Style,
    /// The landing page.
    pub landing: LandingPage,
    /// The parts in which a site is built that is too large to be built at once; none for most.
    pub parts: Vec<PartPage>,
    /// The services, in the order of the provider document.
    pub services: Vec<ServicePages>,
}

impl Site {
    /// How many pages there are.
    #[must_use]
    pub fn page_count(&self) -> usize {
        let of_services = self.services.iter().map(ServicePages::page_count);
        1 + self.parts.len() + of_services.sum::<usize>()
    }
}

impl Site {
    /// The same pages without the texts that people wrote.
    #[must_use]
    pub fn without_texts(&self) -> Site {
        let mut site = self.clone();
        site.landing.introduction = None;
        for service in &mut site.services {
            service.index.written = None;
            for page in &mut service.pages {
                match page {
                    Page::Resource(page) => page.written = None,
                    Page::View(page) => page.written = None,
                }
            }
        }
        site
    }
}

/// The pages of a service.
#[derive(Debug, Clone, Serialize)]
pub struct ServicePages {
    /// The index of the service.
    pub index: ServicePage,
    /// A page for each resource.
    pub pages: Vec<Page>,
}

impl ServicePages {
    /// How many pages there are, the index included.
    #[must_use]
    pub fn page_count(&self) -> usize {
        1 + self.pages.len()
    }
}

/// The page of a resource.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Page {
    /// With methods.
    Resource(Box<ResourcePage>),
    /// A query with a name.
    View(Box<ViewPage>),
}

/// What stands at the top of every page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Header {
    /// The page's title.
    #[schemars(with = "String")]
    pub title: Text,
    /// For search engines.
    #[schemars(with = "Vec<String>")]
    pub keywords: Vec<Text>,
    /// For search engines and previews, one sentence.
    pub description: String,
    /// Picture for previews, a path on the site.
    #[schemars(with = "String")]
    pub image: Text,
}

/// Which components a page uses.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct Imports {
    /// `Tabs` and `TabItem`
    pub tabs: bool,
    /// `SchemaTable`
    pub schema_table: bool,
}

/// What a resource is called.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Overview {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// `Resource` or `View`
    pub kind: &'static str,
    /// `provider.service.resource`
    pub id: String,
}

/// `Creates, updates, deletes, gets or lists` `a` …
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Lead {
    /// What can be done.
    pub actions: String,
    /// `a` or `an`
    pub article: &'static str,
}

/// The page of a resource with methods.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResourcePage {
    /// The folder of the page, e.g. `services/ml/models`.
    pub folder: String,
    /// Top of the page.
    pub header: Header,
    /// Used components.
    pub imports: Imports,
    /// What it is and which verbs reach it, one line for indexes.
    pub summary: String,
    /// The first sentence.
    pub lead: Lead,
    /// Words that a person wrote, Markdown.
    pub written: Option<String>,
    /// Name and id.
    pub overview: Overview,
    /// What `SELECT` returns, a tab per method.
    pub fields: Vec<FieldTab>,
    /// All methods.
    pub methods: Vec<MethodRow>,
    /// All parameters of all methods.
    pub parameters: Vec<ParameterRow>,
    /// `SELECT` to `DELETE`, those that there are.
    pub examples: Vec<ExampleSection>,
    /// The methods that are reached by `EXEC`.
    pub lifecycle: Vec<ExampleTab>,
    /// The queries behind the resource, where it is a view as well.
    pub definitions: Vec<Definition>,
    /// Words on paging, limits and deprecation.
    pub guidance: Vec<String>,
    /// Words on what stands for values in the examples.
    pub placeholders: Option<&'static str>,
    /// Resources nearby.
    pub related: Vec<Related>,
}

/// The page of a view.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ViewPage {
    /// The folder of the page.
    pub folder: String,
    /// Top of the page.
    pub header: Header,
    /// Used components.
    pub imports: Imports,
    /// What it is and which verbs reach it, one line for indexes.
    pub summary: String,
    /// `a` or `an`, for the name.
    pub article: &'static str,
    /// Words that a person wrote, Markdown.
    pub written: Option<String>,
    /// Name and id.
    pub overview: Overview,
    /// The columns.
    pub fields: Vec<FieldRow>,
    /// Parameters without which the view cannot be used.
    pub parameters: Vec<ParameterRow>,
    /// The example.
    pub sql: Option<String>,
    /// The queries, a tab per dialect.
    pub definitions: Vec<Definition>,
}

/// The query of a view in one dialect.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Definition {
    /// Value of the tab.
    pub value: String,
    /// Label of the tab.
    pub label: String,
    /// The query.
    pub sql: String,
}

/// What one method of `SELECT` returns.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FieldTab {
    /// The method.
    #[schemars(with = "String")]
    pub method: Text,
    /// The fields of a row; empty when nothing can be selected, or when another tab gives them.
    pub rows: Vec<FieldRow>,
    /// Why there are none.
    pub missing: Option<String>,
    /// What the reader should know about the table.
    pub note: Option<String>,
    /// Where the fields stand when they are too many for the page.
    pub file: Option<FieldFile>,
    /// The method whose tab shows the same fields, where they stand in a file: they are given once.
    #[schemars(with = "Option<String>")]
    pub same_as: Option<Text>,
}

/// A JSON file beside a page that holds its fields.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FieldFile {
    /// The name of the variable that the page imports.
    pub variable: String,
    /// The name of the file.
    pub name: String,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldRow {
    /// The column.
    #[schemars(with = "String")]
    pub name: Text,
    /// Its type.
    #[serde(rename = "type")]
    #[schemars(with = "String")]
    pub data_type: Text,
    /// What it is, with its values in brackets.
    pub description: String,
    /// Nested fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<FieldRow>,
}

/// A method.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MethodRow {
    /// The name, for EXEC.
    #[schemars(with = "String")]
    pub name: Text,
    /// The SQL verb, lower case.
    pub verb: &'static str,
    /// Where its example stands, e.g. `?select=list#select-examples`.
    pub link: String,
    /// What it needs.
    pub required: Vec<ParameterLink>,
    /// What it takes.
    pub optional: Vec<ParameterLink>,
    /// What it does.
    pub description: String,
    /// Whether the API will give it up. Templates read that in the description.
    #[serde(skip)]
    pub is_deprecated: bool,
}

/// A parameter with the place of its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ParameterLink {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// The id of its row.
    pub anchor: String,
}

/// A row of the parameter table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ParameterRow {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// The id of the row.
    pub anchor: String,
    /// Its type.
    #[serde(rename = "type")]
    #[schemars(with = "String")]
    pub data_type: Text,
    /// What it is, with its values and its default in brackets.
    pub description: String,
}

/// The examples of a verb.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExampleSection {
    /// `SELECT`, `INSERT` …
    pub verb: String,
    /// The key of the tabs: the verb in lower case.
    pub key: &'static str,
    /// A tab per method.
    pub tabs: Vec<ExampleTab>,
    /// The last tab of `INSERT`.
    pub manifest: Option<Manifest>,
}

/// The example of a method.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExampleTab {
    /// The method.
    #[schemars(with = "String")]
    pub method: Text,
    /// What it does.
    pub description: String,
    /// What the reader should know about the statement.
    pub note: Option<String>,
    /// The statement; none when the runtime has no form for this method.
    pub sql: Option<String>,
    /// The statement once more with plausible values, where the owner wants both.
    pub filled: Option<String>,
}

/// The properties of a resource for stackql-deploy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Manifest {
    /// The properties.
    pub properties: Vec<ManifestProperty>,
}

/// A property of a manifest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ManifestProperty {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// Its type.
    #[serde(rename = "type")]
    #[schemars(with = "String")]
    pub data_type: Text,
    /// `{{ name }}`
    pub value: String,
    /// What it is.
    pub description: String,
    /// The values that it may have.
    #[schemars(with = "Vec<String>")]
    pub values: Vec<Text>,
}

/// A resource nearby, or a place that lists several.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Related {
    /// What the link says: `resource`, `service.resource` for one of another service.
    #[schemars(with = "String")]
    pub name: Text,
    /// The file, from this page's folder.
    pub file: String,
    /// `parent`, `child` or `sibling`; `service` for another service that has several children, and `services` for the
    /// list of all of them.
    pub relation: &'static str,
    /// What it is, one line.
    pub summary: String,
}

/// The index of a service.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServicePage {
    /// The folder of the page.
    pub folder: String,
    /// Top of the page.
    pub header: Header,
    /// The provider's name.
    #[schemars(with = "String")]
    pub provider: Text,
    /// The service's name.
    #[schemars(with = "String")]
    pub name: Text,
    /// What it is, one line.
    pub description: String,
    /// Whether that line is the document's, and not only its name again.
    pub is_described: bool,
    /// Words that a person wrote, Markdown.
    pub written: Option<String>,
    /// How many resources there are.
    pub resource_count: usize,
    /// `resource` or `resources`
    pub resource_word: &'static str,
    /// Links to them, in columns.
    pub columns: Vec<Vec<IndexEntry>>,
}

/// A link of an index.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndexEntry {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// The folder below the index.
    pub folder: String,
    /// The part that holds it, on the first page of a site that is built in parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What it is, one line.
    pub summary: String,
}

/// The first page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LandingPage {
    /// Top of the page.
    pub header: Header,
    /// The provider's name.
    #[schemars(with = "String")]
    pub provider: Text,
    /// The provider's name for people.
    #[schemars(with = "String")]
    pub title: Text,
    /// The version.
    #[schemars(with = "String")]
    pub version: Text,
    /// What it is, one line.
    pub description: String,
    /// Words that a person wrote, Markdown.
    pub introduction: Option<String>,
    /// How many services there are.
    pub service_count: usize,
    /// How many resources there are in all.
    pub resource_count: usize,
    /// How many methods there are in all.
    pub method_count: usize,
    /// How to authenticate.
    pub authentication: Authentication,
    /// Variables of the server address.
    pub server_variables: Vec<ServerVariableRow>,
    /// Statements to begin with.
    pub queries: Vec<Query>,
    /// Words on the parts of a site that is built in parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// Links to the services, in columns.
    pub columns: Vec<Vec<IndexEntry>>,
}

/// The first page of a part of a site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PartPage {
    /// The path of the part below that of the site, e.g. `part-1`.
    pub folder: String,
    /// Top of the page.
    pub header: Header,
    /// The provider's name.
    #[schemars(with = "String")]
    pub provider: Text,
    /// The provider's name for people.
    #[schemars(with = "String")]
    pub title: Text,
    /// Which part it is, from 1.
    pub number: usize,
    /// How many parts there are.
    pub count: usize,
    /// Its first and its last service, e.g. `a to d`.
    pub services: String,
    /// How many services there are in it.
    pub service_count: usize,
    /// How many resources there are in it.
    pub resource_count: usize,
    /// The folders of its services below `services`.
    pub folders: Vec<String>,
    /// Links to its services, in columns.
    pub columns: Vec<Vec<IndexEntry>>,
    /// The other parts.
    pub others: Vec<PartLink>,
}

/// Another part of a site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PartLink {
    /// The path of the part below that of the site.
    pub folder: String,
    /// Its first and its last service.
    pub services: String,
}

/// A statement to begin with.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Query {
    /// What it shows.
    pub title: String,
    /// The statement.
    pub sql: String,
}

/// How to authenticate.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Authentication {
    /// What kind it is, one sentence.
    pub summary: String,
    /// The environment variables that hold the credentials.
    pub variables: Vec<AuthenticationVariable>,
    /// Commands that set them, for a shell.
    pub commands: String,
    /// What `--auth` takes to say otherwise.
    pub flag: Option<String>,
}

/// An environment variable.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuthenticationVariable {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub description: String,
}

/// A variable of the server address.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServerVariableRow {
    /// The name in SQL.
    #[schemars(with = "String")]
    pub name: Text,
    /// What it is.
    pub description: String,
    /// Used when a query does not say otherwise: more than one where resources differ, whose pages say which is theirs.
    pub defaults: Vec<String>,
}

/// A page as a document of its own: what stands beside each page of a site for programs.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(tag = "page", rename_all = "lowercase")]
#[schemars(title = "page.json")]
pub enum PageDocument<'a> {
    /// The first page.
    Landing(&'a LandingPage),
    /// The first page of a part of a site that is built in parts.
    Part(&'a PartPage),
    /// The index of a service.
    Service(&'a ServicePage),
    /// A resource with methods.
    Resource(&'a ResourcePage),
    /// A query with a name.
    View(&'a ViewPage),
}

impl Page {
    /// The page as a document of its own.
    #[must_use]
    pub fn document(&self) -> PageDocument<'_> {
        match self {
            Page::Resource(page) => PageDocument::Resource(page),
            Page::View(page) => PageDocument::View(page),
        }
    }
}

/// The JSON Schema of [`PageDocument`].
#[must_use]
pub fn page_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    generator.into_root_schema_for::<PageDocument<'_>>().to_value()
}
