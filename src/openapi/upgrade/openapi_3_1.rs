//! OpenAPI 3.1 (and what 3.0 documents borrow from it) as 3.0.

use super::walk::{any, walk_mut};
use super::{Log, hoist, schema};
use crate::diagnostic::Diagnostic;
use crate::openapi::Change;
use crate::openapi::position::{Kind, Position};
use crate::source::{Map, Node};

pub(super) const PASS: &str = "openapi-3.1-to-3.0";

/// Converts in place; leaves a document alone that has nothing to convert.
pub(super) fn convert(root: &mut Node, log: &mut Log) {
    let is_newer = root
        .get("openapi")
        .and_then(Node::scalar_text)
        .is_some_and(|version| !version.starts_with("3.0"));
    let has_newer_schemas = any(root, Position::ROOT, &|node, position| {
        position == Position::Object(Kind::Schema) && (schema::is_newer(node) && node.as_bool().is_none())
    });
    let has_null_parts = !has_newer_schemas
        && any(root, Position::ROOT, &|node, position| {
            matches!(position, Position::List(Kind::Schema))
                && node
                    .as_list()
                    .into_iter()
                    .flatten()
                    .any(|part| part.get_str("type") == Some("null"))
        });
    if !(is_newer || has_newer_schemas || has_null_parts) || root.as_map().is_none() {
        return;
    }
    if is_newer {
        document(root, log);
        path_items(root, log);
    }
    hoist::hoist_definitions(root, PASS, log);
    walk_mut(root, &mut |node, place| {
        if place.position != Position::Object(Kind::Schema) {
            return;
        }
        let may_be_boolean =
            place.key == Some("additionalProperties") && place.parent == Position::Object(Kind::Schema);
        if !(may_be_boolean && node.as_bool().is_some()) {
            schema::convert(node, place.pointer, log);
        }
    });
}

/// The keys of the root.
fn document(root: &mut Node, log: &mut Log) {
    let Some(map) = root.as_map_mut() else {
        return;
    };
    if let Some(version) = map.get_mut("openapi") {
        let new = Node::string("3.0.3").at(version.span);
        log.change(Change::new(PASS, "/openapi", version.span).before(version).after(&new));
        *version = new;
    }
    if let Some(webhooks) = map.remove("webhooks") {
        let count = webhooks.as_map().map_or(0, Map::len);
        log.change(Change::new(PASS, "/webhooks", webhooks.span).before(&webhooks));
        if count > 0 {
            log.findings.push(
                Diagnostic::warning(
                    "unsupported-webhooks",
                    format!("{count} webhooks are left out: the API calls them, nobody can call them in SQL"),
                )
                .at(webhooks.span)
                .pointer("/webhooks")
                .help("nothing needs to be done"),
            );
        }
    }
    if let Some(dialect) = map.remove("jsonSchemaDialect") {
        log.change(Change::new(PASS, "/jsonSchemaDialect", dialect.span).before(&dialect));
    }
    if !map.contains_key("paths") {
        map.insert("paths", Node::map(Map::new()));
    }
    if let Some(info) = map.get_mut("info").and_then(Node::as_map_mut) {
        if let Some(summary) = info.remove("summary") {
            log.change(Change::new(PASS, "/info/summary", summary.span).before(&summary));
        }
        if let Some(license) = info.get_mut("license").and_then(Node::as_map_mut)
            && let Some(identifier) = license.remove("identifier")
        {
            log.change(Change::new(PASS, "/info/license/identifier", identifier.span).before(&identifier));
        }
    }
}

/// Path items under the components are written where they are used.
fn path_items(root: &mut Node, log: &mut Log) {
    let Some(items) = root
        .as_map_mut()
        .and_then(|map| map.get_mut("components"))
        .and_then(Node::as_map_mut)
        .and_then(|components| components.remove("pathItems"))
    else {
        return;
    };
    log.change(Change::new(PASS, "/components/pathItems", items.span).before(&items));
    walk_mut(root, &mut |node, place| {
        if place.position != Position::Object(Kind::PathItem) {
            return;
        }
        let name = node
            .get_str("$ref")
            .and_then(|reference| reference.strip_prefix("#/components/pathItems/"))
            .map(|name| crate::source::pointer::unescape(name).into_owned());
        let Some(item) = name.and_then(|name| items.get(&name)) else {
            return;
        };
        let before = node.clone();
        *node = item.clone();
        if let Some(map) = node.as_map_mut() {
            for beside in before
                .as_map()
                .into_iter()
                .flatten()
                .filter(|entry| entry.key != "$ref")
            {
                map.insert(beside.key.clone(), beside.value.clone());
            }
        }
        log.change(
            Change::new(PASS, place.pointer, before.span)
                .before(&before)
                .after(node),
        );
    });
}
