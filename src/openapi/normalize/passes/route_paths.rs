//! Path keys that the runtime cannot route.

use rustc_hash::FxHashSet;

use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::place::Place;
use crate::openapi::{HttpVerb, SOURCE_PATH};
use crate::source::{Entry, Map, Node, Text, pointer};

pass! {
    /// Writes a `#fragment` in a path as a query (`/tags/{id}#keys` becomes `/tags/{id}?keys`), adds a missing leading
    /// `/`, writes blanks as `%20`, makes plain placeholders of `{+name}` and `{name*}`, and makes query parameters of
    /// placeholders behind a `?` (`/search?q={text}` becomes `/search` with a parameter `q`), which the runtime would not
    /// fill. A name without a value that is a query parameter as well (`/users#owner` with a parameter `owner`) is left
    /// to the parameter.
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
    let mut entries: ecow::EcoVec<Entry> = ecow::EcoVec::with_capacity(map.len());
    let mut joining: Vec<(Text, Node)> = Vec::new();
    let start = Place::start("/paths");
    for entry in map {
        let wanted = routable(&entry.key);
        if entry.key.starts_with("x-") || wanted == entry.key {
            entries.push(entry.clone());
            continue;
        }
        let place = start.key(&entry.key);
        let bare = without_declared_names(&draft.root, &wanted, &entry.value);
        let item = || with_source_path(&with_query(&draft.root, &entry.value, &entry.key), &entry.key);
        let wanted = if bare == wanted || !taken.contains(&bare) {
            bare
        } else if map.get(&bare).is_some_and(|other| are_disjoint(other, &entry.value))
            && joining
                .iter()
                .all(|(path, other)| *path != bare || are_disjoint(other, &entry.value))
        {
            let joined = item();
            draft.log.told(&place, entry.key_span, entry.key.clone(), bare.clone());
            joining.push((bare, joined));
            continue;
        } else {
            wanted
        };
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
            value: item(),
        });
    }
    for (path, item) in joining {
        let mut known = entries.make_mut().iter_mut();
        if let Some(entry) = known.find(|entry| entry.key == path) {
            for joined in item.as_map().into_iter().flatten() {
                entry.value = with(&entry.value, &joined.key, joined.value.clone());
            }
        }
    }
    let paths = Node::map(Map::from_unique(entries)).at(paths.span);
    draft.set("paths", paths);
}

/// The path without the names in its query that have no value and are parameters of all its operations.
fn without_declared_names(root: &Node, path: &Text, item: &Node) -> Text {
    let Some((route, query)) = path.split_once('?') else {
        return path.clone();
    };
    let operations: Vec<&Node> = item
        .as_map()
        .into_iter()
        .flatten()
        .filter(|entry| entry.key.parse::<HttpVerb>().is_ok())
        .map(|entry| &entry.value)
        .collect();
    let declares = |operation: &Node, name: &str| {
        let parameters = operation.get("parameters").and_then(Node::as_list);
        parameters.into_iter().flatten().any(|written| {
            let parameter = resolved(root, written);
            parameter.get_str("in") == Some("query") && parameter.get_str("name") == Some(name)
        })
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let is_bare = !pair.is_empty() && !pair.contains('=');
            !is_bare || !operations.iter().all(|operation| declares(operation, pair))
        })
        .collect();
    if kept.is_empty() {
        route.into()
    } else {
        ecow::eco_format!("{route}?{}", kept.join("&"))
    }
}

/// Whether two path items hold operations only, and none of the same verb.
fn are_disjoint(one: &Node, other: &Node) -> bool {
    let verbs = |item: &Node| -> Option<Vec<HttpVerb>> {
        let entries = item.as_map()?.iter();
        entries.map(|entry| entry.key.parse().ok()).collect()
    };
    match (verbs(one), verbs(other)) {
        (Some(one), Some(other)) => one.iter().all(|verb| !other.contains(verb)),
        _ => false,
    }
}

/// The parameter, behind a reference if it is one.
fn resolved<'n>(root: &'n Node, written: &'n Node) -> &'n Node {
    let reference = written
        .get_str("$ref")
        .and_then(|reference| reference.strip_prefix('#'));
    reference
        .and_then(|place| pointer::follow(root, place))
        .unwrap_or(written)
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

/// The pairs `name={placeholder}` in the query of a path.
fn filled_pairs(path: &str) -> Vec<(&str, &str)> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(filled_pair).collect()
}

fn filled_pair(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    let placeholder = value.strip_prefix('{')?.strip_suffix('}')?;
    let is_one = !placeholder.is_empty() && !placeholder.contains(['{', '}']);
    (is_one && !name.is_empty()).then_some((name, placeholder))
}

/// The path item with the placeholders of its query as query parameters.
fn with_query(root: &Node, item: &Node, path: &str) -> Node {
    let pairs = filled_pairs(path);
    let mut item = item.clone();
    if pairs.is_empty() {
        return item;
    }
    for entry in item.as_map_mut().into_iter().flat_map(Map::iter_mut) {
        if entry.key.parse::<HttpVerb>().is_ok() && entry.value.as_map().is_some() {
            let declared = entry.value.get("parameters").and_then(Node::as_list).cloned();
            let parameters = query_parameters(root, &declared.unwrap_or_default(), &pairs);
            entry.value = with(&entry.value, "parameters", Node::list(parameters));
        }
    }
    item
}

fn query_parameters(root: &Node, declared: &[Node], pairs: &[(&str, &str)]) -> Vec<Node> {
    let mut parameters: Vec<Node> = Vec::with_capacity(declared.len() + pairs.len());
    for written in declared {
        let parameter = resolved(root, written);
        let pair = pairs.iter().find(|(_, placeholder)| {
            parameter.get_str("in") == Some("path") && parameter.get_str("name") == Some(placeholder)
        });
        parameters.push(match pair {
            Some((name, _)) => with(
                &with(parameter, "in", Node::string("query")),
                "name",
                Node::string(*name),
            ),
            None => written.clone(),
        });
    }
    for (name, _) in pairs {
        let is_declared = |parameter: &Node| {
            let parameter = resolved(root, parameter);
            parameter.get_str("in") == Some("query") && parameter.get_str("name") == Some(name)
        };
        if !parameters.iter().any(is_declared) {
            let schema: Map = [("type", Node::string("string"))].into_iter().collect();
            let parameter: Map = [
                ("name", Node::string(*name)),
                ("in", Node::string("query")),
                ("required", Node::bool(true)),
                ("schema", Node::map(schema)),
            ]
            .into_iter()
            .collect();
            parameters.push(Node::map(parameter));
        }
    }
    parameters
}

/// The path without the pairs that become parameters.
fn without_filled_pairs(path: &str) -> String {
    let Some((route, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| filled_pair(pair).is_none()).collect();
    if kept.is_empty() {
        route.to_owned()
    } else {
        format!("{route}?{}", kept.join("&"))
    }
}

fn routable(path: &Text) -> Text {
    let needs_work = !path.starts_with('/') || path.contains(['#', '+', '*', '?']) || path.contains(is_blank);
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
    without_blanks(&without_filled_pairs(&out)).into()
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Blanks outside of placeholders as they are sent.
fn without_blanks(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut is_placeholder = false;
    for character in path.chars() {
        match character {
            '{' => is_placeholder = true,
            '}' => is_placeholder = false,
            _ => {}
        }
        if is_placeholder || !is_blank(character) {
            out.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
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
            ("/two words/{a b}\n", "/two%20words/{a b}"),
            ("/tab\t\u{a0}{id}", "/tab%09%C2%A0{id}"),
            ("/search?q={text}", "/search"),
            ("/search?beta=true&q={text}&sort", "/search?beta=true&sort"),
        ] {
            assert_eq!(routable(&path.into()), expected);
        }
    }
}
