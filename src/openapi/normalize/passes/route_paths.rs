//! Path keys that the runtime cannot route.

use rustc_hash::FxHashSet;

use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::place::Place;
use crate::openapi::{HttpVerb, SOURCE_PATH};
use crate::source::{Entry, Map, Node, Text};

pass! {
    /// Writes a `#fragment` in a path as a query (`/tags/{id}#keys` becomes `/tags/{id}?keys`), adds a missing leading
    /// `/`, and makes plain placeholders of `{+name}` and `{name*}`.
    ///
    /// Some descriptions use fragments to keep equal paths apart. A fragment is never sent, and the runtime routes no path
    /// that has one; a query in the path is sent as written. The path as the source has it is kept in
    /// `x-spgen-source-path`.
    "route-paths", apply
}

fn apply(draft: &mut Draft) {
    let Some(paths) = draft.root.get("paths") else { return };
    let Some(map) = paths.as_map() else { return };
    if map.keys().all(|path| path.starts_with("x-") || routable(path) == *path) {
        return;
    }
    let mut taken: FxHashSet<Text> = map.keys().cloned().collect();
    let mut entries = ecow::EcoVec::with_capacity(map.len());
    let start = Place::start("/paths");
    for entry in map {
        let wanted = routable(&entry.key);
        if entry.key.starts_with("x-") || wanted == entry.key {
            entries.push(entry.clone());
            continue;
        }
        let place = start.key(&entry.key);
        if !taken.insert(wanted.clone()) {
            draft.log.warn(
                &place,
                entry.key_span,
                format!("`{}` would be `{wanted}`, which is another path", entry.key),
                "give one of the two another query",
            );
            entries.push(entry.clone());
            continue;
        }
        draft
            .log
            .told(&place, entry.key_span, entry.key.clone(), wanted.clone());
        entries.push(Entry {
            key: wanted,
            key_span: entry.key_span,
            value: with_source_path(&entry.value, &entry.key),
        });
    }
    let paths = Node::map(Map::from_unique(entries)).at(paths.span);
    draft.set("paths", paths);
}

/// The path item with the path as the source has it in each operation that does not know it yet.
pub(in crate::openapi::normalize) fn with_source_path(item: &Node, path: &Text) -> Node {
    let mut item = item.clone();
    for entry in item.as_map_mut().into_iter().flat_map(Map::iter_mut) {
        if entry.key.parse::<HttpVerb>().is_ok()
            && entry.value.as_map().is_some()
            && entry.value.get(SOURCE_PATH).is_none()
        {
            entry.value = with(&entry.value, SOURCE_PATH, Node::string(path.clone()));
        }
    }
    item
}

fn routable(path: &Text) -> Text {
    let needs_work = !path.starts_with('/') || path.contains(['#', '+', '*']);
    if !needs_work {
        return path.clone();
    }
    let mut out = String::new();
    let trimmed = path.trim();
    // A whole URL: what counts is its path.
    let path = match trimmed.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find('/').map_or("/", |slash| &rest[slash..])
        }
        _ => trimmed,
    };
    if !path.starts_with('/') {
        out.push('/');
    }
    let (route, fragment) = match path.split_once('#') {
        Some((route, fragment)) => (route, fragment.trim_matches('#')),
        None => (path, ""),
    };
    out.push_str(&route.replace("{+", "{").replace("*}", "}"));
    if !fragment.is_empty() {
        out.push(if route.contains('?') { '&' } else { '?' });
        out.push_str(&fragment.replace('#', "&"));
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::routable;

    #[test]
    fn paths_become_routable() {
        for (path, expected) in [
            ("/tags/{id}#keys", "/tags/{id}?keys"),
            ("/a?b=c#d=e", "/a?b=c&d=e"),
            ("pets", "/pets"),
            ("/{+name}:cancel", "/{name}:cancel"),
            ("https://api.example/pets", "/pets"),
            ("/#Action=List", "/?Action=List"),
            ("/plain/{id}/", "/plain/{id}/"),
        ] {
            assert_eq!(routable(&path.into()), expected);
        }
    }
}
