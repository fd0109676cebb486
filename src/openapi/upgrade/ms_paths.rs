//! `x-ms-paths`: paths that only their query tells apart, which `paths` of 2.0 may not hold and the runtime can call.

use super::Log;
use crate::diagnostic::Diagnostic;
use crate::openapi::Change;
use crate::openapi::operation::HttpVerb;
use crate::source::{Entry, Map, Node, pointer};

/// The id under which changes are reported.
pub(super) const PASS: &str = "ms-paths";

/// Moves the operations of `x-ms-paths` to `paths`. One that `paths` holds already is left out and reported.
pub(super) fn lift(root: &mut Node, log: &mut Log) {
    let Some(extra) = root.get("x-ms-paths").cloned() else {
        return;
    };
    let Some(items) = extra.as_map() else { return };
    let mut paths: Map = root.get("paths").and_then(Node::as_map).cloned().unwrap_or_default();
    for item in items {
        let from = format!("/x-ms-paths/{}", pointer::escape(&item.key));
        let to = format!("/paths/{}", pointer::escape(&item.key));
        match paths.get_mut(&item.key) {
            None => {
                log.change(Change::new(PASS, from, item.key_span).after_text(to));
                paths.push_unique(item.clone());
            }
            Some(known) => merge(known, item, &from, &to, log),
        }
    }
    if let Some(map) = root.as_map_mut() {
        map.remove("x-ms-paths");
        map.insert("paths", Node::map(paths).at(extra.span));
    }
}

/// Adds what a path lacks to it.
fn merge(known: &mut Node, item: &Entry, from: &str, to: &str, log: &mut Log) {
    let Some(known) = known.as_map_mut() else { return };
    for part in item.value.as_map().into_iter().flatten() {
        let from = format!("{from}/{}", pointer::escape(&part.key));
        if !known.contains_key(&part.key) {
            log.change(
                Change::new(PASS, from, part.key_span).after_text(format!("{to}/{}", pointer::escape(&part.key))),
            );
            known.push_unique(part.clone());
        } else if part.key.parse::<HttpVerb>().is_ok() {
            log.findings.push(
                Diagnostic::warning(
                    "unsupported-path",
                    format!(
                        "`{} {}` stands in `paths` as well; this one is left out",
                        part.key, item.key
                    ),
                )
                .at(part.key_span)
                .pointer(from)
                .help("give one of the two another query"),
            );
        }
    }
}
