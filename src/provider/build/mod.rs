//! From services and a mapping to a provider: every rule of the runtime that needs no decision by a person is kept here.
//!
//! 1. rows are grouped into resources and methods ([`method`]);
//! 2. each method gets its path and parameters ([`call`]), its request ([`body`]) and its response ([`response`],
//!    [`reshape`]), in the forms that the runtime treats best;
//! 3. operations are changed where the runtime would trip over them: column names, EXEC types ([`edits`]);
//! 4. methods are put under their verbs, most specific first, and those that could never be reached are demoted to
//!    EXEC ([`routing`]);
//! 5. servers, authentication and pagination are decided ([`servers`], [`auth`], [`pagination`]).

mod auth;
mod body;
mod call;
mod edits;
mod emit;
mod headers;
mod level_check;
mod method;
mod pagination;
mod pushdown;
mod reshape;
mod response;
mod routing;
mod servers;
mod settings;
mod share;
mod views;

pub use auth::{guess_auth, variables_of};
pub use emit::{document_of, provider_document, to_tree};
pub use pagination::fault_of_pagination;
pub use settings::{
    ColumnCasing, ColumnSettings, LevelSettings, MethodSettings, PaginationSetting, PushdownSetting, ResourceSettings,
    ServiceSettings, Settings, ViewSettings,
};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::{Provider, Resource, Service, SqlVerbs};
use crate::diagnostic::Diagnostic;
use crate::mapping::{Row, Table};
use crate::openapi;
use crate::source::{Node, Text};

/// What became of an operation when the provider was built.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It is a method.
    Mapped,
    /// The mapping leaves it out.
    Skipped(String),
    /// The runtime cannot call it; why.
    Unsupported(String),
}

/// A provider with the record of how each operation fared.
#[derive(Debug)]
pub struct Built {
    /// The provider.
    pub provider: Provider,
    /// For each operation, by document file name and operation id.
    pub fates: IndexMap<(Text, Text), Fate>,
    /// What could not be done as the mapping says, and what was changed.
    pub findings: Vec<Diagnostic>,
}

/// Builds the provider.
#[must_use]
pub fn build(services: &[openapi::Service], table: &Table, settings: &Settings) -> Built {
    use rayon::prelude::*;

    let rows: FxHashMap<(&str, &str), &Row> = table.rows.iter().map(|row| (row.key(), row)).collect();
    let parts: Vec<_> = services
        .par_iter()
        .map(|service| build_service(service, &rows, settings))
        .collect();
    let mut built = Built {
        provider: Provider {
            name: settings.name.clone(),
            version: settings.version.clone(),
            title: settings.title.clone(),
            description: settings.description.clone(),
            config: auth::provider_config(services, settings),
            services: Vec::with_capacity(parts.len()),
        },
        fates: IndexMap::new(),
        findings: Vec::new(),
    };
    for part in parts {
        built.provider.services.push(part.service);
        built.fates.extend(part.fates);
        built.findings.extend(part.findings);
    }
    level_check::check(&built.provider.services, settings, &mut built.findings);
    views::add(&mut built.provider.services, settings, &mut built.findings);
    // A service of which nothing can be called is no service: the ledger says why.
    built.provider.services.retain(|service| !service.resources.is_empty());
    built
}

struct ServicePart {
    service: Service,
    fates: Vec<((Text, Text), Fate)>,
    findings: Vec<Diagnostic>,
}

/// The methods of one resource while it is being built.
struct Draft {
    methods: Vec<method::Draft>,
}

fn build_service(service: &openapi::Service, rows: &FxHashMap<(&str, &str), &Row>, settings: &Settings) -> ServicePart {
    let own = settings.services.get(&service.name);
    let with_servers = servers::with_settings(service, settings);
    let service = with_servers.as_ref();
    let mut fates = Vec::with_capacity(service.spec.operations.len());
    let mut findings = Vec::new();
    let mut drafts: IndexMap<Text, Draft> = IndexMap::new();
    let paths = call::Paths::plan(service, rows);
    for operation in &service.spec.operations {
        let key = (service.file_name.clone(), operation.id.clone());
        let row = rows.get(&(service.file_name.as_str(), operation.id.as_str()));
        let fate = match row {
            None => Fate::Unsupported("no row of the mapping names it".into()),
            Some(row) if row.is_skipped() => Fate::Skipped(skip_reason(row)),
            Some(row) if row.resource.is_empty() || row.method.is_empty() => Fate::Unsupported(undecided_reason(row)),
            Some(row) => match method::draft(service, &paths, operation, row, settings) {
                Ok(draft) => {
                    let resource = drafts
                        .entry(row.resource.clone())
                        .or_insert_with(|| Draft { methods: Vec::new() });
                    resource.methods.push(draft);
                    Fate::Mapped
                }
                Err(reason) => Fate::Unsupported(reason),
            },
        };
        fates.push((key, fate));
    }
    let mut edits = edits::Edits::default();
    let mut resources = Vec::with_capacity(drafts.len());
    for (name, draft) in drafts {
        resources.push(build_resource(
            service,
            &name,
            draft,
            settings,
            &mut edits,
            &mut findings,
        ));
    }
    let root = servers::apply(
        &edits.apply(&service.spec.root, &paths),
        &mut findings,
        &service.file_name,
    );
    let (spec, _) = openapi::read(share::repeated_schemas(root));
    let service = Service {
        name: service.name.clone(),
        title: own
            .and_then(|own| own.title.clone())
            .unwrap_or_else(|| service.title.clone()),
        description: own
            .and_then(|own| own.description.clone())
            .unwrap_or_else(|| service.description.clone()),
        file: ecow::eco_format!("services/{}.yaml", service.name),
        spec,
        resources,
        // At the provider's own level the runtime does not look for it.
        config: retry(
            own.and_then(|own| own.level.retry.as_ref())
                .or(settings.level.retry.as_ref()),
        ),
    };
    ServicePart {
        service,
        fates,
        findings,
    }
}

fn skip_reason(row: &Row) -> String {
    if row.reason.is_empty() {
        "left out by the mapping".to_owned()
    } else {
        row.reason.to_string()
    }
}

fn undecided_reason(row: &Row) -> String {
    if row.reason.is_empty() {
        "the mapping names no resource or no method for it".to_owned()
    } else {
        row.reason.to_string()
    }
}

fn build_resource(
    service: &openapi::Service,
    name: &Text,
    draft: Draft,
    settings: &Settings,
    edits: &mut edits::Edits,
    findings: &mut Vec<Diagnostic>,
) -> Resource {
    let own = settings.services.get(&service.name);
    let own = own.and_then(|service| service.resources.get(name));
    let routed = routing::route(service, name, draft.methods, findings);
    let names = edits::ResourceNames::of(&service.spec, &routed.methods);
    let mut methods = IndexMap::new();
    for draft in routed.methods {
        edits.add(service, &draft, &names);
        methods.insert(draft.name.clone(), method::finish(service, draft, findings));
    }
    let methods_map = methods;
    Resource {
        id: ecow::eco_format!("{}.{}.{}", settings.name, service.name, name),
        name: name.clone(),
        title: own.and_then(|own| own.title.clone()).unwrap_or_else(|| title_of(name)),
        description: own.and_then(|own| own.description.clone()).unwrap_or_default(),
        key: name.clone(),
        methods: methods_map,
        verbs: SqlVerbs {
            select: Some(routed.select),
            insert: Some(routed.insert),
            update: Some(routed.update),
            replace: Some(routed.replace),
            delete: Some(routed.delete),
        },
        views: Vec::new(),
        config: retry(own.and_then(|own| own.level.retry.as_ref())),
    }
}

/// A `config` that holds a `retry` block, or null.
fn retry(block: Option<&Node>) -> Node {
    match block {
        Some(block) => Node::map([("retry", block.clone())].into_iter().collect()),
        None => Node::new(crate::source::Value::Null),
    }
}

/// `model_registry_webhooks` → `Model Registry Webhooks`
fn title_of(name: &str) -> Text {
    let mut title = Text::new();
    for word in name.split('_').filter(|word| !word.is_empty()) {
        if !title.is_empty() {
            title.push(' ');
        }
        let mut characters = word.chars();
        title.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        title.push_str(characters.as_str());
    }
    title
}
