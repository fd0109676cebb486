//! A published service document as its vendor would have written it: everything that exists only for StackQL removed.

use spgen::source::{Entry, Map, Node, Value, pointer};

/// The plain OpenAPI document.
pub fn strip(root: &Node) -> Node {
    let mut plain = root.clone();
    for (place, list) in super::truth::wrapped_lists(root) {
        if let Some(schema) = node_at(&mut plain, &place) {
            *schema = list;
        }
    }
    drop_operations(&mut plain);
    drop_extensions(&mut plain);
    plain
}

fn node_at<'a>(root: &'a mut Node, place: &str) -> Option<&'a mut Node> {
    place
        .split('/')
        .skip(1)
        .try_fold(root, |node, token| match &mut node.value {
            Value::Map(map) => map.get_mut(&pointer::unescape(token)),
            _ => None,
        })
}

/// Operations invented for StackQL have no place in a vendor's document.
fn drop_operations(root: &mut Node) {
    let Some(paths) = root
        .as_map_mut()
        .and_then(|root| root.get_mut("paths"))
        .and_then(Node::as_map_mut)
    else {
        return;
    };
    for entry in paths.iter_mut() {
        if let Some(item) = entry.value.as_map_mut() {
            item.retain(|entry| !super::truth::is_synthetic(&entry.value));
        }
    }
}

fn drop_extensions(node: &mut Node) {
    match &mut node.value {
        Value::Map(map) => {
            let kept = |entry: &Entry| !is_extension(&entry.key);
            if !map.iter().all(kept) {
                let entries: Vec<Entry> = map.iter().filter(|entry| kept(entry)).cloned().collect();
                *map = Map::from_unique(entries.into_iter().collect());
            }
            for entry in map.iter_mut() {
                drop_extensions(&mut entry.value);
            }
        }
        Value::List(list) => {
            for item in list.make_mut() {
                drop_extensions(item);
            }
        }
        _ => {}
    }
}

pub fn is_extension(key: &str) -> bool {
    key.get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-stackql"))
}
