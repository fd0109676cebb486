//! Settings of services, resources and methods, from the tree of `spgen.yaml`: its form was checked before. Blocks that go
//! into documents as they are keep the order and the scalars of the file.

use indexmap::IndexMap;

use crate::provider::build::{
    ColumnCasing, ColumnSettings, LevelSettings, MethodSettings, PaginationSetting, PushdownSetting, ResourceSettings,
    ServiceSettings,
};
use crate::source::{Node, Span, Text};

/// What is set at one level: the whole file, or a part of it.
pub(super) fn level(node: &Node) -> LevelSettings {
    LevelSettings {
        pagination: node.get("pagination").map(|value| match value.as_str() {
            Some("off") => PaginationSetting::Off,
            Some(_) => PaginationSetting::Inferred,
            None => PaginationSetting::Fixed(value.clone()),
        }),
        pushdown: node.get("pushdown").map(|value| match value.as_str() {
            Some("inferred") => PushdownSetting::Inferred,
            Some(_) => PushdownSetting::Off,
            None => PushdownSetting::Fixed(value.clone()),
        }),
        headers: texts(node.get("headers")),
        columns: columns(node.get("columns")),
        retry: node.get("retry").cloned(),
    }
}

/// The settings under `services`.
pub(super) fn services(root: &Node) -> IndexMap<Text, ServiceSettings> {
    each(root, "services", |span, node| ServiceSettings {
        span,
        title: text(node, "title"),
        description: text(node, "description"),
        servers: node.get("servers").cloned(),
        level: level(node),
        resources: each(node, "resources", |span, node| ResourceSettings {
            span,
            title: text(node, "title"),
            description: text(node, "description"),
            level: level(node),
            methods: each(node, "methods", |span, node| MethodSettings {
                span,
                level: level(node),
                servers: node.get("servers").cloned(),
                request: node.get("request").cloned(),
                response: node.get("response").cloned(),
            }),
        }),
    })
}

fn each<T>(node: &Node, key: &str, read: impl Fn(Span, &Node) -> T) -> IndexMap<Text, T> {
    let entries = node.get(key).and_then(Node::as_map).into_iter().flatten();
    entries
        .map(|entry| (entry.key.clone(), read(entry.key_span, &entry.value)))
        .collect()
}

fn text(node: &Node, key: &str) -> Option<Text> {
    let text = node.get(key)?.scalar_text()?;
    Some(text.trim().into())
}

fn texts(node: Option<&Node>) -> IndexMap<Text, Text> {
    let entries = node.and_then(Node::as_map).into_iter().flatten();
    entries
        .filter_map(|entry| Some((entry.key.clone(), entry.value.scalar_text()?)))
        .collect()
}

fn columns(node: Option<&Node>) -> ColumnSettings {
    let Some(node) = node else {
        return ColumnSettings::default();
    };
    ColumnSettings {
        casing: node.get_str("casing").map(|casing| match casing {
            "snake" => ColumnCasing::Snake,
            _ => ColumnCasing::Wire,
        }),
        names: texts(node.get("names")),
        only: node
            .get("only")
            .and_then(Node::as_list)
            .into_iter()
            .flatten()
            .filter_map(Node::scalar_text)
            .collect(),
    }
}
