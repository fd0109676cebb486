//! Findings in the Static Analysis Results Interchange Format, version 2.1.0.

use serde_json::{Value, json};

use super::explain;
use super::rules;
use crate::diagnostic::{Diagnostic, Located, Place, Severity, locate};
use crate::source::Sources;

/// One SARIF log with one run: the rules that found something with their documentation, and the findings.
///
/// # Panics
/// Never: texts and numbers can always be written.
#[must_use]
pub fn to_sarif(findings: &[Diagnostic], sources: &Sources) -> String {
    let located = locate(findings, sources);
    let mut ids: Vec<&str> = located.iter().map(|finding| finding.id.as_ref()).collect();
    ids.sort_unstable();
    ids.dedup();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "spgen",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ids.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": located.iter().map(|finding| result(finding, &ids)).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&log).expect("texts and numbers can be written")
}

fn rule(id: &str) -> Value {
    let Some(registered) = rules::find(id) else {
        return json!({ "id": id });
    };
    let page = explain::page(registered);
    json!({
        "id": id,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.body, "markdown": page.body },
        "defaultConfiguration": { "level": level(registered.rule.severity) },
        "properties": { "kind": registered.kind },
    })
}

fn result(finding: &Located, ids: &[&str]) -> Value {
    let mut text = finding.message.clone();
    for note in &finding.notes {
        text.push_str("\nnote: ");
        text.push_str(note);
    }
    if let Some(help) = &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    let mut result = json!({
        "ruleId": finding.id,
        "level": level(finding.severity),
        "message": { "text": text },
    });
    if let Ok(index) = ids.binary_search(&finding.id.as_ref()) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(place) = &finding.place {
        let mut location = physical(place);
        if !finding.pointer.is_empty() {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": finding.pointer }]);
        }
        result["locations"] = json!([location]);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            let mut location = physical(&related.place);
            location["message"] = json!({ "text": related.text });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn physical(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.file) },
            "region": { "startLine": place.line, "startColumn": place.column },
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a URI reference: everything outside the unreserved characters and `/` in percent form.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;

    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            // Writing into a `String` cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    if path.starts_with('/') {
        uri.insert_str(0, "file://");
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::{to_sarif, uri};
    use crate::diagnostic::Diagnostic;
    use crate::source::{Sources, Span};

    #[test]
    fn a_result_names_rule_place_and_related_places() {
        let mut sources = Sources::default();
        let file = sources.add("a b.yaml", "x: 1\nx: 2\n");
        let finding = Diagnostic::warning("duplicate-key", "twice")
            .at(Span { file, start: 5, end: 6 })
            .pointer("/x")
            .label(Span { file, start: 0, end: 1 }, "first")
            .help("remove one");
        let log: serde_json::Value = serde_json::from_str(&to_sarif(&[finding], &sources)).unwrap();
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "duplicate-key");
        assert_eq!(result["ruleIndex"], 0);
        assert_eq!(result["message"]["text"], "twice\nhelp: remove one");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b.yaml");
        assert_eq!(place["region"]["startLine"], 2);
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "first");
    }

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("/tmp/ä.yaml"), "file:///tmp/%C3%A4.yaml");
        assert_eq!(uri("docs/index.md"), "docs/index.md");
    }
}
