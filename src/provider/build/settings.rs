//! What the author decides about a provider: as a whole, and for single services, resources and methods.

use indexmap::IndexMap;

use crate::mapping::words;

use crate::openapi::Server;
use crate::source::{Node, Span, Text, pointer};

/// Settings of the build stage.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Provider name: its directory and the first part of table names.
    pub name: Text,
    /// Version directory, e.g. `v00.00.00000`.
    pub version: Text,
    /// Title for people.
    pub title: Text,
    /// Description for people.
    pub description: Text,
    /// `config.auth`; guessed from the security schemes when absent.
    pub auth: Option<Node>,
    /// Further keys of the provider's `config`.
    pub config: Option<Node>,
    /// Servers that replace those of the documents.
    pub servers: Vec<Server>,
    /// What holds for all methods, unless a level below says otherwise.
    pub level: LevelSettings,
    /// What differs for single services.
    pub services: IndexMap<Text, ServiceSettings>,
    /// Queries that are resources.
    pub views: Vec<ViewSettings>,
}

impl Settings {
    /// Settings in which everything is inferred.
    #[must_use]
    pub fn inferred(name: impl Into<Text>) -> Self {
        let name = name.into();
        Settings {
            title: name.clone(),
            description: Text::new(),
            version: "v00.00.00000".into(),
            auth: None,
            config: None,
            servers: Vec::new(),
            level: LevelSettings::default(),
            services: IndexMap::new(),
            views: Vec::new(),
            name,
        }
    }

    /// The component schemas that settings refer to (`schema_override`): service to names.
    #[must_use]
    pub fn schemas_in_use(&self) -> IndexMap<String, Vec<String>> {
        let name_of = |method: &MethodSettings| {
            let schema = method.response.as_ref()?.get("schema_override")?;
            let name = schema.get_str("$ref")?.strip_prefix("#/components/schemas/")?;
            Some(pointer::unescape(name).into_owned())
        };
        let services = self.services.iter().map(|(name, service)| {
            let methods = service
                .resources
                .values()
                .flat_map(|resource| resource.methods.values());
            (name.to_string(), methods.filter_map(name_of).collect())
        });
        services
            .filter(|(_, names): &(String, Vec<String>)| !names.is_empty())
            .collect()
    }

    /// What holds for a method: the nearest level that says something wins, headers and column names add up.
    #[must_use]
    pub fn of_method(&self, service: &str, resource: &str, method: &str) -> MethodSettings {
        let service = self.services.get(service);
        let resource = service.and_then(|service| service.resources.get(resource));
        let own = resource.and_then(|resource| resource.methods.get(method));
        let mut level = self.level.clone();
        let lower = [
            service.map(|service| &service.level),
            resource.map(|resource| &resource.level),
            own.map(|own| &own.level),
        ];
        for below in lower.into_iter().flatten() {
            level.override_with(below);
        }
        MethodSettings {
            level,
            ..own.cloned().unwrap_or_default()
        }
    }
}

/// What can be set at each level.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LevelSettings {
    /// How lists are paged.
    pub pagination: Option<PaginationSetting>,
    /// Which clauses the API takes over.
    pub pushdown: Option<PushdownSetting>,
    /// Headers that are sent by themselves, with their values.
    pub headers: IndexMap<Text, Text>,
    /// How columns are called, and which there are.
    pub columns: ColumnSettings,
    /// The `retry` block. It is written at the level where it is set, so that of a level does not reach those below.
    pub retry: Option<Node>,
}

impl LevelSettings {
    fn override_with(&mut self, below: &LevelSettings) {
        if below.pagination.is_some() {
            self.pagination.clone_from(&below.pagination);
        }
        if below.pushdown.is_some() {
            self.pushdown.clone_from(&below.pushdown);
        }
        for (name, value) in &below.headers {
            self.headers.retain(|known, _| !known.eq_ignore_ascii_case(name));
            self.headers.insert(name.clone(), value.clone());
        }
        if below.columns.casing.is_some() {
            self.columns.casing = below.columns.casing;
        }
        if !below.columns.only.is_empty() {
            self.columns.only.clone_from(&below.columns.only);
        }
        self.columns.names.extend(below.columns.names.clone());
        self.retry.clone_from(&below.retry);
    }
}

/// What is set for one service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ServiceSettings {
    /// Where it is written.
    pub span: Span,
    /// Title for people, instead of the document's.
    pub title: Option<Text>,
    /// Description for people, instead of the document's.
    pub description: Option<Text>,
    /// Servers that replace those of the document.
    pub servers: Option<Node>,
    /// What holds for its methods.
    pub level: LevelSettings,
    /// What differs for single resources.
    pub resources: IndexMap<Text, ResourceSettings>,
}

/// What is set for one resource.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResourceSettings {
    /// Where it is written.
    pub span: Span,
    /// Title for people.
    pub title: Option<Text>,
    /// Description for people.
    pub description: Option<Text>,
    /// What holds for its methods.
    pub level: LevelSettings,
    /// What differs for single methods.
    pub methods: IndexMap<Text, MethodSettings>,
}

/// What is set for one method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodSettings {
    /// Where it is written.
    pub span: Span,
    /// What every level can set.
    pub level: LevelSettings,
    /// Servers of the operation.
    pub servers: Option<Node>,
    /// The request: `mediaType`, `translate`, `base`, `default`, `transform`.
    pub request: Option<Node>,
    /// The response: `mediaType`, `openAPIDocKey`, `objectKey`, `overrideMediaType`, `schema_override`, `transform`.
    pub response: Option<Node>,
}

/// How columns are called, and which there are. Renaming works by `xml.name` in the response schema, the one form that
/// the runtime honours for JSON (runtime contract 5.3).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnSettings {
    /// How names are spelled.
    pub casing: Option<ColumnCasing>,
    /// Other names: from the one on the wire to the one in SQL.
    pub names: IndexMap<Text, Text>,
    /// The only columns that there are, by their names on the wire; empty for all.
    pub only: Vec<Text>,
}

impl ColumnSettings {
    /// What a property is called in SQL, before the runtime's own limits are looked at.
    #[must_use]
    pub fn column_name(&self, wire: &Text) -> Text {
        match (self.names.get(wire), self.casing) {
            (Some(name), _) => name.clone(),
            (None, Some(ColumnCasing::Snake)) => words::split(wire).join("_").into(),
            (None, Some(ColumnCasing::Wire) | None) => wire.clone(),
        }
    }
}

/// How column names are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnCasing {
    /// As on the wire.
    Wire,
    /// `createdAt` becomes `created_at`.
    Snake,
}

/// How lists are paged.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum PaginationSetting {
    /// Per method, where the description shows a form that is safe.
    #[default]
    Inferred,
    /// Never.
    Off,
    /// This block, on each method that takes the request parameter and returns the token.
    Fixed(Node),
}

/// Which clauses the API takes over.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum PushdownSetting {
    /// None. The default, because a limit that is sent cuts rows before they are filtered and sorted.
    #[default]
    Off,
    /// Per method: `LIMIT` where the operation takes a limit and has one page, `OData` where the operation shows it.
    Inferred,
    /// This block, on each method that takes its parameters.
    Fixed(Node),
}

/// A query that is a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewSettings {
    /// The service that it belongs to.
    pub service: Text,
    /// Its name in SQL.
    pub name: Text,
    /// Title for people.
    pub title: Option<Text>,
    /// Description for people.
    pub description: Option<Text>,
    /// Names that a statement has to give; the query holds them as `{{ name }}`, or compares them.
    pub parameters: Vec<Text>,
    /// The query by dialect, in the order in which the runtime tries them.
    pub queries: Vec<(Text, Text)>,
}
