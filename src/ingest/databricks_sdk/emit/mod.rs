//! The document of one service: plain OpenAPI 3.0, and what the mapping needs to know as `x-` keys.

mod build;
mod operation;
mod parameters;
mod responses;
mod schemas;

use indexmap::IndexMap;

use super::operations::Service;
use super::{ImportedService, Level, Sdk};
use crate::source::{Map, Node, Text};
use build::{Object, text};
use schemas::Schemas;

/// Makes the document of a service; returns it with the number of its schemas.
pub(super) fn document(sdk: &Sdk, service: &Service<'_>, level: Level) -> (ImportedService, usize) {
    let mut schemas = Schemas::new(sdk, service.module);
    let mut paths: IndexMap<&str, Map> = IndexMap::new();
    for operation in &service.operations {
        let verb = operation.method.request.verb.to_lowercase();
        let node = operation::emit(operation, service.module, &mut schemas);
        paths.entry(&operation.path).or_default().insert(verb, node);
    }
    let paths: Map = paths.into_iter().map(|(path, item)| (path, Node::map(item))).collect();
    let (schemas, count) = schemas.finish();
    let document = Object::new()
        .with("openapi", text("3.0.3"))
        .with("info", info(sdk, service, level))
        .with("servers", Node::list([server(level)]))
        .with(
            "security",
            Node::list([Object::new().with("bearerAuth", Node::list([])).node()]),
        )
        .with("tags", tags(service))
        .with("paths", Node::map(paths))
        .with("components", components(schemas))
        .node();
    (
        ImportedService {
            name: service.module.name.clone(),
            document,
        },
        count,
    )
}

fn info(sdk: &Sdk, service: &Service<'_>, level: Level) -> Node {
    let module = &service.module.name;
    let about = format!(
        "The {} operations of the Databricks service `{module}`, read from version {} of the Databricks SDK for Python.",
        level.name(),
        sdk.version
    );
    let license = Object::new()
        .with("name", text("Apache 2.0"))
        .with("url", text("https://www.apache.org/licenses/LICENSE-2.0"))
        .node();
    let origin = Object::new()
        .with("package", text("databricks-sdk"))
        .with("version", text(sdk.version.clone()))
        .with("module", text(ecow::eco_format!("databricks.sdk.service.{module}")))
        .with("level", text(level.name()))
        .node();
    Object::new()
        .with(
            "title",
            text(ecow::eco_format!("Databricks {module} ({})", level.name())),
        )
        .with("description", text(about))
        .with("version", text(sdk.version.clone()))
        .with("license", license)
        .with("x-sdk", origin)
        .node()
}

/// Every workspace has a host of its own; the accounts share one.
fn server(level: Level) -> Node {
    match level {
        Level::Account => Object::new()
            .with("url", text("https://accounts.cloud.databricks.com"))
            .node(),
        Level::Workspace => {
            let variable = Object::new()
                .with("default", text("dbc-abcd0123-a1bc"))
                .with("description", text("The first label of the workspace's host name"))
                .node();
            Object::new()
                .with("url", text("https://{deployment_name}.cloud.databricks.com"))
                .with("variables", Object::new().with("deployment_name", variable).node())
                .node()
        }
    }
}

fn tags(service: &Service<'_>) -> Node {
    let mut tags: IndexMap<&Text, Option<&Text>> = IndexMap::new();
    for operation in &service.operations {
        tags.entry(&operation.attribute).or_insert(operation.api.text.as_ref());
    }
    Node::list(tags.into_iter().map(|(name, about)| {
        Object::new()
            .with("name", text(name.clone()))
            .with_text("description", about)
            .node()
    }))
}

fn components(schemas: Map) -> Node {
    let bearer = Object::new()
        .with("type", text("http"))
        .with("scheme", text("bearer"))
        .node();
    let mut components = Object::new();
    if !schemas.is_empty() {
        components = components.with("schemas", Node::map(schemas));
    }
    components
        .with("securitySchemes", Object::new().with("bearerAuth", bearer).node())
        .node()
}
