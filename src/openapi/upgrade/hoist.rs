//! Schemas under `$defs` become components: 3.0 has no other place for named schemas.

use rustc_hash::{FxHashMap, FxHashSet};

use super::walk::walk_mut;
use super::{Log, entry};
use crate::openapi::Change;
use crate::openapi::position::{Kind, Position};
use crate::source::{Entry, Map, Node, Text, pointer};

/// Moves every schema under `$defs` or `definitions` of a schema into the components, and the references with them.
pub(super) fn hoist_definitions(root: &mut Node, pass: &'static str, log: &mut Log) {
    let components = root.get("components").and_then(|components| components.get("schemas"));
    let mut taken: FxHashSet<Text> = components
        .and_then(Node::as_map)
        .into_iter()
        .flat_map(Map::keys)
        .cloned()
        .collect();
    let mut moved: FxHashMap<String, Text> = FxHashMap::default();
    let mut hoisted: Vec<Entry> = Vec::new();
    // Innermost last: a definition in a definition is found when its holder has been moved.
    let mut sweep = |root: &mut Node, base: &str, hoisted: &mut Vec<Entry>| {
        walk_mut_schema(root, base, &mut |node, place| {
            for keyword in ["$defs", "definitions"] {
                let Some(definitions) = node.as_map_mut().and_then(|map| map.remove(keyword)) else {
                    continue;
                };
                for definition in definitions.as_map().into_iter().flatten() {
                    let name = free_name(&definition.key, &taken);
                    taken.insert(name.clone());
                    let from = format!("{place}/{keyword}/{}", pointer::escape(&definition.key));
                    log.change(
                        Change::new(pass, from.as_str(), definition.key_span)
                            .before(&definition.value)
                            .after_text(format!("#/components/schemas/{name}")),
                    );
                    moved.insert(from, name.clone());
                    hoisted.push(entry(name, definition.key_span, definition.value.clone()));
                }
            }
        });
    };
    sweep(root, "", &mut hoisted);
    let mut next = 0;
    while next < hoisted.len() {
        let mut node = std::mem::take(&mut hoisted[next].value);
        let base = format!("/components/schemas/{}", hoisted[next].key);
        sweep(&mut node, &base, &mut hoisted);
        hoisted[next].value = node;
        next += 1;
    }
    if hoisted.is_empty() {
        return;
    }
    add_schemas(root, hoisted);
    walk_mut(root, &mut |node, _| {
        let Some(target) = node.get_str("$ref").and_then(|text| text.strip_prefix('#')) else {
            return;
        };
        let Some(new) = moved_target(target, &moved) else {
            return;
        };
        if let Some(reference) = node.as_map_mut().and_then(|map| map.get_mut("$ref")) {
            *reference = Node::string(new).at(reference.span);
        }
    });
}

/// The new reference for a pointer into a definition, which may lie in a definition that was moved itself.
fn moved_target(target: &str, moved: &FxHashMap<String, Text>) -> Option<String> {
    let mut current = pointer::percent_decode(target).into_owned();
    let mut is_moved = false;
    loop {
        let mut ends = current
            .match_indices('/')
            .map(|(at, _)| at)
            .skip(1)
            .chain([current.len()]);
        let found = ends.find_map(|end| Some((end, moved.get(&current[..end])?)));
        let Some((end, name)) = found else {
            break;
        };
        current = format!("/components/schemas/{}{}", pointer::escape(name), &current[end..]);
        is_moved = true;
    }
    is_moved.then(|| format!("#{current}"))
}

fn free_name(wanted: &str, taken: &FxHashSet<Text>) -> Text {
    let clean: Text = wanted
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_') {
                character
            } else {
                '_'
            }
        })
        .collect();
    let numbered = (2..).map(|number| ecow::eco_format!("{clean}_{number}"));
    std::iter::once(clean.clone())
        .chain(numbered)
        .find(|name| !taken.contains(name))
        .unwrap_or(clean)
}

fn add_schemas(root: &mut Node, schemas: Vec<Entry>) {
    let mut at = root;
    for key in ["components", "schemas"] {
        let Some(map) = at.as_map_mut() else {
            return;
        };
        if map.get(key).is_none_or(|value| value.as_map().is_none()) {
            map.insert(key, Node::map(Map::new()));
        }
        let Some(next) = map.get_mut(key) else {
            return;
        };
        at = next;
    }
    if let Some(map) = at.as_map_mut() {
        for schema in schemas {
            map.push_unique(schema);
        }
    }
}

/// Visits the schemas of a document, or of a schema that stands alone.
fn walk_mut_schema(node: &mut Node, base: &str, visit: &mut impl FnMut(&mut Node, &str)) {
    if base.is_empty() {
        walk_mut(node, &mut |node, place| {
            if place.position == Position::Object(Kind::Schema) {
                visit(node, place.pointer);
            }
        });
        return;
    }
    super::walk::walk_mut_at(node, Position::Object(Kind::Schema), base, &mut |node, place| {
        if place.position == Position::Object(Kind::Schema) {
            visit(node, place.pointer);
        }
    });
}
