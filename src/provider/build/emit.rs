//! A provider as files: `provider.yaml` and `services/<service>.yaml`.

use rayon::prelude::*;

use super::super::{PROVIDER_DOCUMENT, Provider, Resource, Service, View};
use super::method::reference;
use crate::mapping::SqlVerb;
use crate::output::FileTree;
use crate::source::{Entry, Map, Node, Span, Text, pointer, to_yaml};

/// The files of a provider, relative to its version directory.
#[must_use]
pub fn to_tree(provider: &Provider) -> FileTree {
    let documents: Vec<(Text, String)> = provider
        .services
        .par_iter()
        .map(|service| (service.file.clone(), to_yaml(&document_of(service))))
        .collect();
    let mut tree = FileTree::new();
    tree.insert(PROVIDER_DOCUMENT, to_yaml(&provider_document(provider)));
    for (file, text) in documents {
        tree.insert(file.as_str(), text);
    }
    tree
}

/// `provider.yaml`
#[must_use]
pub fn provider_document(provider: &Provider) -> Node {
    let services: Map = provider
        .services
        .iter()
        .map(|service| (service.name.clone(), service_entry(provider, service)))
        .collect();
    let mut document = Map::new();
    document.insert("id", Node::string(provider.name.clone()));
    document.insert("name", Node::string(provider.name.clone()));
    document.insert("version", Node::string(provider.version.clone()));
    for (key, text) in [("title", &provider.title), ("description", &provider.description)] {
        if !text.is_empty() {
            document.insert(key, Node::string(text.clone()));
        }
    }
    document.insert("providerServices", Node::map(services));
    if !provider.config.is_null() {
        document.insert("config", provider.config.clone());
    }
    Node::map(document)
}

fn service_entry(provider: &Provider, service: &Service) -> Node {
    let target = format!("{}/{}/{}", provider.name, provider.version, service.file);
    let description = if service.description.is_empty() {
        &service.title
    } else {
        &service.description
    };
    let entry: Map = [
        ("id", Node::string(format!("{}:{}", service.name, provider.version))),
        ("name", Node::string(service.name.clone())),
        ("preferred", Node::bool(true)),
        ("service", reference(&target)),
        ("title", Node::string(service.title.clone())),
        ("version", Node::string(provider.version.clone())),
        ("description", Node::string(description.clone())),
    ]
    .into_iter()
    .collect();
    Node::map(entry)
}

/// A service document: the OpenAPI document with `x-stackQL-resources` behind the other components.
#[must_use]
pub fn document_of(service: &Service) -> Node {
    let mut root = service.spec.root.clone();
    let Some(document) = root.as_map_mut() else {
        return root;
    };
    let resources: Map = service
        .resources
        .iter()
        .map(|resource| (resource.key.clone(), resource_node(resource)))
        .collect();
    let mut components = document
        .get("components")
        .and_then(Node::as_map)
        .cloned()
        .unwrap_or_default();
    components.insert("x-stackQL-resources", Node::map(resources));
    document.insert("components", Node::map(components));
    if !service.config.is_null() {
        document.insert("x-stackQL-config", service.config.clone());
    }
    root
}

fn resource_node(resource: &Resource) -> Node {
    let mut node = Map::new();
    node.insert("id", Node::string(resource.id.clone()));
    node.insert("name", Node::string(resource.name.clone()));
    node.insert("title", Node::string(resource.title.clone()));
    if !resource.description.is_empty() {
        node.insert("description", Node::string(resource.description.clone()));
    }
    let methods = resource
        .methods
        .iter()
        .map(|(name, method)| (name.clone(), method.node.clone()));
    if resource.methods.is_empty() {
        if let Some(config) = view_config(&resource.views) {
            node.insert("config", config);
        }
        return Node::map(node);
    }
    if !resource.config.is_null() {
        node.insert("config", resource.config.clone());
    }
    node.insert("methods", Node::map(methods.collect()));
    node.insert("sqlVerbs", Node::map(verbs_node(resource)));
    Node::map(node)
}

/// All five keys: where one is absent, the runtime goes by method names.
fn verbs_node(resource: &Resource) -> Map {
    SqlVerb::LISTED
        .into_iter()
        .map(|verb| {
            let methods = resource.verbs.listed(verb).iter().map(|name| {
                reference(&format!(
                    "#/components/x-stackQL-resources/{}/methods/{}",
                    pointer::escape(&resource.key),
                    pointer::escape(name)
                ))
            });
            (verb.as_str(), Node::list(methods))
        })
        .collect()
}

fn view_config(views: &[View]) -> Option<Node> {
    let (first, rest) = views.split_first()?;
    let mut select = view_node(first);
    // Further dialects hang on the one before as its fallback.
    let mut fallback: Option<Map> = None;
    for view in rest.iter().rev() {
        let mut node = view_node(view);
        if let Some(inner) = fallback.take() {
            node.insert("fallback", Node::map(inner));
        }
        fallback = Some(node);
    }
    if let Some(inner) = fallback {
        select.insert("fallback", Node::map(inner));
    }
    let views: Map = [("select", Node::map(select))].into_iter().collect();
    let config: Map = [("views", Node::map(views))].into_iter().collect();
    Some(Node::map(config))
}

fn view_node(view: &View) -> Map {
    let mut node = Map::new();
    if let Some(predicate) = &view.predicate {
        node.push_unique(Entry {
            key: "predicate".into(),
            key_span: Span::NONE,
            value: Node::string(predicate.clone()),
        });
    }
    node.insert("ddl", Node::string(view.ddl.clone()));
    node
}
