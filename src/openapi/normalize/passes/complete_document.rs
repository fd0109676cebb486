//! What every document must have.

use crate::openapi::normalize::draft::{Draft, with};
use crate::openapi::normalize::place::Place;
use crate::source::{Map, Node, Span, Value};

pass! {
    /// Adds what every document must have: `openapi`, `info.title`, `info.version` as text, `paths`, and a server with an
    /// absolute URL.
    ///
    /// The runtime does not load a document without servers, nor one whose version is a number. Where the description
    /// names no host, the host becomes a server variable `host`, so that whoever queries can say it; a relative server
    /// URL keeps its path.
    "complete-document", apply
}

fn apply(draft: &mut Draft) {
    if draft.root.as_map().is_none() {
        draft.root = Node::map(Map::new()).at(draft.root.span);
    }
    let start = Place::start("");
    if draft
        .root
        .get_str("openapi")
        .is_none_or(|version| !version.starts_with("3.0."))
    {
        put(draft, &start, "openapi", Node::string("3.0.3"));
    }
    complete_info(draft);
    if draft.root.get("paths").and_then(Node::as_map).is_none() {
        put(draft, &start, "paths", Node::map(Map::new()));
    }
    complete_servers(draft);
}

fn put(draft: &mut Draft, place: &Place<'_>, key: &'static str, value: Node) {
    let place = place.key(key);
    match draft.root.get(key).cloned() {
        Some(before) => draft.log.replaced(&place, &before, &value),
        None => draft.log.added(&place, &value, draft.root.span),
    }
    draft.set(key, value);
}

fn complete_info(draft: &mut Draft) {
    let start = Place::start("/info");
    let old = draft.root.get("info").filter(|info| info.as_map().is_some()).cloned();
    let mut info = old.clone().unwrap_or_else(|| Node::map(Map::new()));
    for (key, fallback) in [("title", "API"), ("version", "1.0.0")] {
        let written = info.get(key).cloned();
        if written.as_ref().is_some_and(|value| value.as_str().is_some()) {
            continue;
        }
        let scalar = written
            .as_ref()
            .filter(|value| !value.is_null())
            .and_then(Node::scalar_text);
        let text = Node::string(scalar.unwrap_or_else(|| fallback.into()));
        match &written {
            Some(written) => draft.log.replaced(&start.key(key), written, &text),
            None => draft.log.added(&start.key(key), &text, info.span),
        }
        info = with(&info, key, text);
    }
    if old.as_ref() != Some(&info) {
        draft.set("info", info);
    }
}

fn complete_servers(draft: &mut Draft) {
    let start = Place::start("/servers");
    let span = draft.root.span;
    let servers = draft.root.get("servers").cloned();
    let listed = servers.as_ref().and_then(Node::as_list).filter(|list| !list.is_empty());
    let Some(list) = listed else {
        let servers = Node::list([server("", span)]);
        draft.log.added(&start, &servers, span);
        warn_about_host(draft, &start, span);
        draft.set("servers", servers);
        return;
    };
    // The runtime takes the first server: only that one must be usable.
    let first = &list[0];
    let url = first.get_str("url").map(str::trim);
    let path = match url {
        Some(url) if url.contains("://") || url.starts_with('{') => return,
        Some(url) if url.starts_with("//") => {
            let absolute = with(first, "url", Node::string(format!("https:{url}")));
            draft.log.replaced(&start.index(0), first, &absolute);
            replace_first(draft, list, absolute);
            return;
        }
        url => url.unwrap_or_default(),
    };
    // Another server of the list may be absolute.
    if let Some(at) = list
        .iter()
        .position(|server| server.get_str("url").is_some_and(|url| url.contains("://")))
    {
        let mut reordered = list.clone();
        reordered.make_mut()[..=at].rotate_right(1);
        draft.log.replaced(&start.index(0), first, &list[at]);
        draft.set(
            "servers",
            Node::new(Value::List(reordered)).at(servers.as_ref().map_or(span, |node| node.span)),
        );
        return;
    }
    let absolute = server(path, first.span);
    let absolute = match first.get("description") {
        Some(description) => with(&absolute, "description", description.clone()),
        None => absolute,
    };
    draft.log.replaced(&start.index(0), first, &absolute);
    warn_about_host(draft, &start, first.span);
    replace_first(draft, list, absolute);
}

fn replace_first(draft: &mut Draft, list: &crate::source::List, server: Node) {
    let mut list = list.clone();
    list.make_mut()[0] = server;
    draft.set("servers", Node::new(Value::List(list)));
}

fn warn_about_host(draft: &mut Draft, place: &Place<'_>, span: Span) {
    draft.log.warn(
        place,
        span,
        "the description names no host; it becomes the server variable `host`",
        "give the absolute URL of the API in the configuration",
    );
}

fn server(path: &str, span: Span) -> Node {
    let path = path.trim_start_matches(['.', '/']).trim_end_matches('/');
    let url = if path.is_empty() {
        "https://{host}".to_owned()
    } else {
        format!("https://{{host}}/{path}")
    };
    let host = Map::from_iter([
        ("default", Node::string("localhost")),
        ("description", Node::string("The host of the API")),
    ]);
    Node::map(Map::from_iter([
        ("url", Node::string(url)),
        ("variables", Node::map(Map::from_iter([("host", Node::map(host))]))),
    ]))
    .at(span)
}
