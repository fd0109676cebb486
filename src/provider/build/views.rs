//! Resources that are queries (runtime contract 5.4).

use super::settings::{Settings, ViewSettings};
use super::title_of;
use crate::diagnostic::{Diagnostic, similar};
use crate::provider::{Resource, Service, SqlVerbs, View};
use crate::source::{Node, Text, Value};

/// Adds the views to their services.
pub(super) fn add(services: &mut [Service], settings: &Settings, findings: &mut Vec<Diagnostic>) {
    for view in &settings.views {
        let names: Vec<Text> = services.iter().map(|service| service.name.clone()).collect();
        let Some(service) = services.iter_mut().find(|service| service.name == view.service) else {
            let finding = Diagnostic::error(
                "view-without-service",
                format!(
                    "the view `{}` names the service `{}`, which there is not",
                    view.name, view.service
                ),
            );
            findings.push(match similar(&view.service, names.iter().map(Text::as_str)) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help(format!("the services are {}", names.join(", "))),
            });
            continue;
        };
        if service.resources.iter().any(|resource| resource.key == view.name) {
            findings.push(
                Diagnostic::error(
                    "view-name-taken",
                    format!("the service `{}` has a resource `{}` already", view.service, view.name),
                )
                .help("give the view another name, e.g. with `vw_` in front"),
            );
            continue;
        }
        service.resources.push(resource(settings, view));
    }
}

fn resource(settings: &Settings, view: &ViewSettings) -> Resource {
    Resource {
        id: ecow::eco_format!("{}.{}.{}", settings.name, view.service, view.name),
        name: view.name.clone(),
        title: view.title.clone().unwrap_or_else(|| title_of(&view.name)),
        description: view.description.clone().unwrap_or_default(),
        key: view.name.clone(),
        methods: indexmap::IndexMap::new(),
        verbs: SqlVerbs::default(),
        views: view
            .queries
            .iter()
            .map(|(dialect, query)| View {
                predicate: Some(predicate(dialect, &view.parameters)),
                dialect: Some(dialect.clone()),
                ddl: query.clone(),
                required_parameters: view.parameters.clone(),
            })
            .collect(),
        config: Node::new(Value::Null),
    }
}

/// `sqlDialect == "sqlite3" && requiredParams == [ "region" ]`
fn predicate(dialect: &str, parameters: &[Text]) -> Text {
    let mut predicate = ecow::eco_format!("sqlDialect == \"{dialect}\"");
    if !parameters.is_empty() {
        let names: Vec<String> = parameters.iter().map(|name| format!("\"{name}\"")).collect();
        predicate.push_str(&format!(" && requiredParams == [ {} ]", names.join(", ")));
    }
    predicate
}
