//! Names of components.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::layout::{Kind, SECTIONS};
use crate::openapi::normalize::names::{component_name, is_component_name};
use crate::openapi::normalize::walk;
use crate::source::{Entry, Map, Node, Text, pointer};

pass! {
    /// Renames components whose names hold other signs than letters, digits, `.`, `-` and `_`.
    ///
    /// OpenAPI allows no others, and readers refuse a document with one. References follow; a name that is taken gets a
    /// number.
    "component-names", apply
}

fn apply(draft: &mut Draft) {
    let renamed = renamed(&draft.root);
    if renamed.is_empty() {
        return;
    }
    draft.rewrite(|kind, node, place, log| match kind {
        Kind::Components => {
            let mut components = node.clone();
            for section in components.as_map_mut()?.iter_mut() {
                let Some(members) = section
                    .value
                    .as_map()
                    .filter(|_| Kind::of_section(&section.key).is_some())
                else {
                    continue;
                };
                let section_place = place.key(&section.key);
                let entries = members.iter().map(|entry| {
                    let key = renamed.get(&(section.key.clone(), entry.key.clone()));
                    if let Some(new) = key {
                        log.told(
                            &section_place.key(&entry.key),
                            entry.key_span,
                            entry.key.clone(),
                            new.clone(),
                        );
                    }
                    Entry {
                        key: key.unwrap_or(&entry.key).clone(),
                        ..entry.clone()
                    }
                });
                section.value = Node::map(Map::from_unique(entries.collect())).at(section.value.span);
            }
            Some(components)
        }
        _ if walk::is_reference(kind, node) => {
            let reference = node.get("$ref")?;
            let section = kind.section()?;
            let name = reference
                .as_str()?
                .strip_prefix("#/components/")?
                .strip_prefix(section)?
                .strip_prefix('/')?;
            let new = renamed.get(&(section.into(), pointer::unescape(name).as_ref().into()))?;
            let new = ecow::eco_format!("#/components/{section}/{new}");
            Some(with(node, "$ref", Node::string(new).at(reference.span)))
        }
        _ => None,
    });
}

/// The new names of those components that need one, by section and old name.
fn renamed(root: &Node) -> FxHashMap<(Text, Text), Text> {
    let mut renamed = FxHashMap::default();
    for (section, _) in SECTIONS {
        let members = root
            .get("components")
            .and_then(|all| all.get(section))
            .and_then(Node::as_map);
        let Some(members) = members else { continue };
        if members.keys().all(|name| is_component_name(name)) {
            continue;
        }
        let mut taken: FxHashSet<Text> = members.keys().filter(|name| is_component_name(name)).cloned().collect();
        for name in members.keys().filter(|name| !is_component_name(name)) {
            let wanted = component_name(name);
            let mut new = wanted.clone();
            let mut number = 2;
            while !taken.insert(new.clone()) {
                new = ecow::eco_format!("{wanted}_{number}");
                number += 1;
            }
            renamed.insert((section.into(), name.clone()), new);
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::component_name;

    #[test]
    fn other_signs_become_one_underscore() {
        assert_eq!(component_name("List<Pet Store>"), "List_Pet_Store");
        assert_eq!(component_name("«»"), "component");
    }
}
