//! What is wrong with a description, as people wrote it: no OpenAPI at all, values of the wrong type, references that
//! lead nowhere or in circles. Looks at the whole document; nothing here stops the work.

use super::position::{Kind, Position};
use super::{HttpVerb, Spec};
use crate::diagnostic::Diagnostic;
use crate::source::{At, Node, Value};

/// Longest chain of references to references.
const MAX_CHAIN: usize = 32;

/// Every such fault of a bundled document, in the order of the text. References to other files are none of this
/// function's concern: [`super::bundle`] has reported those that it could not bring in.
#[must_use]
pub fn check(root: &Node) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if root.as_map().is_none() {
        findings.push(
            Diagnostic::error(
                "not-openapi",
                format!(
                    "expected an OpenAPI description, found {}",
                    if root.is_null() { "nothing" } else { root.kind() }
                ),
            )
            .at(root.span)
            .help("give a file whose root is a map with the keys `openapi`, `info` and `paths`"),
        );
        return findings;
    }
    version(root, &mut findings);
    paths(root, &mut findings);
    let mut checker = Checker {
        spec: Spec::index(root.clone()),
        findings,
    };
    checker.node(&At::root(root), Position::ROOT);
    checker.findings
}

fn version(root: &Node, findings: &mut Vec<Diagnostic>) {
    let declared = root.get("openapi").or_else(|| root.get("swagger"));
    let Some(declared) = declared else {
        let first = root.as_map().and_then(|map| map.entry_at(0));
        findings.push(
            Diagnostic::error("not-openapi", "there is neither `openapi` nor `swagger` at the root")
                .at(first.map_or(root.span, |entry| entry.key_span))
                .help("add `openapi: 3.0.3` if this is an OpenAPI description"),
        );
        return;
    };
    let text = declared.scalar_text().unwrap_or_default();
    let is_known = match root.get("openapi") {
        Some(_) => ["3.0", "3.1", "3.2"].iter().any(|known| text.starts_with(known)) || text == "3",
        None => text == "2.0" || text == "2",
    };
    if !is_known {
        findings.push(
            Diagnostic::warning("unknown-version", format!("`{text}` is no version that is known"))
                .at(declared.span)
                .pointer(if root.get("openapi").is_some() {
                    "/openapi"
                } else {
                    "/swagger"
                })
                .help("write `3.0.3` or `3.1.0`, or `swagger: \"2.0\"`"),
        );
    }
}

fn paths(root: &Node, findings: &mut Vec<Diagnostic>) {
    let Some(paths) = root.get("paths") else {
        let first = root.as_map().and_then(|map| map.entry_at(0));
        findings.push(
            Diagnostic::error("no-paths", "there is no `paths`, so there is no operation")
                .at(first.map_or(root.span, |entry| entry.key_span))
                .help("add `paths`"),
        );
        return;
    };
    if paths
        .as_map()
        .is_some_and(|paths| !paths.iter().any(|item| may_hold_operations(&item.value)))
    {
        findings.push(
            Diagnostic::warning("no-paths", "`paths` holds no operation")
                .at(paths.span)
                .pointer("/paths")
                .help("add a path with `get`, `post` or another verb of HTTP"),
        );
    }
    for entry in paths.as_map().into_iter().flatten() {
        if !entry.key.starts_with('/') && !entry.key.starts_with("x-") {
            findings.push(
                Diagnostic::warning(
                    "path-without-slash",
                    format!("the path `{}` does not start with `/`", entry.key),
                )
                .at(entry.key_span)
                .pointer(format!("/paths/{}", crate::source::pointer::escape(&entry.key)))
                .help("write `/` in front of it"),
            );
        }
    }
}

/// Whether a path item has an operation, or a reference that may lead to one.
fn may_hold_operations(item: &Node) -> bool {
    let mut entries = item.as_map().into_iter().flatten();
    entries.any(|entry| entry.key == "$ref" || entry.key.parse::<HttpVerb>().is_ok())
}

struct Checker {
    spec: Spec,
    findings: Vec<Diagnostic>,
}

impl Checker {
    fn node(&mut self, at: &At<'_>, position: Position) {
        if matches!(position, Position::Literal | Position::Other) {
            return;
        }
        if let Some(reference) = at.node.get("$ref")
            && reference.as_str().is_some()
            && !matches!(position, Position::Map(_))
        {
            self.reference(at, reference);
            return;
        }
        if !self.is_as_expected(at, position) {
            return;
        }
        for child in at.children() {
            let next = match child.own_key() {
                Some((key, _)) => {
                    if let Position::Object(kind) = position {
                        self.keyword(&child, kind, key);
                    }
                    position.key(key)
                }
                None => position.item(),
            };
            self.node(&child, next);
        }
    }

    /// Whether a node can be what its place asks for; says so when not.
    fn is_as_expected(&mut self, at: &At<'_>, position: Position) -> bool {
        let value = &at.node.value;
        let expected = match position {
            Position::Object(Kind::Schema) if matches!(value, Value::Bool(_) | Value::List(_)) => return true,
            // The name of the property alone is what 2.0 has.
            Position::Object(Kind::Discriminator) if matches!(value, Value::String(_)) => return true,
            Position::Object(kind) => noun(kind),
            Position::Map(_) => "a map",
            Position::List(_) => "a list",
            Position::Literal | Position::Other => return true,
        };
        let fits = match position {
            Position::List(_) => matches!(value, Value::List(_)),
            _ => matches!(value, Value::Map(_)),
        };
        // An empty value is how people leave a map for later.
        if fits || (matches!(value, Value::Null) && matches!(position, Position::Map(_) | Position::List(_))) {
            return true;
        }
        self.findings.push(
            Diagnostic::error("wrong-type", format!("expected {expected}, found {}", at.node.kind()))
                .at(place(at))
                .pointer(at.pointer())
                .help(match position {
                    Position::List(_) => "write a list here, or remove it",
                    _ => "write a map here, or remove it",
                }),
        );
        false
    }

    /// The keywords with plain values.
    fn keyword(&mut self, at: &At<'_>, kind: Kind, key: &str) {
        let value = &at.node.value;
        let is_text = matches!(value, Value::String(_));
        let is_bool = matches!(value, Value::Bool(_));
        let is_number = matches!(value, Value::Number(_));
        let is_list_of_texts = at
            .node
            .as_list()
            .is_some_and(|list| list.iter().all(|item| item.as_str().is_some()));
        let (fits, expected, help) = match (kind, key) {
            (Kind::Schema, "required") => (
                is_list_of_texts,
                "a list of property names",
                "name the required properties in a list beside `properties`",
            ),
            (Kind::Schema, "type") => (
                is_text || is_list_of_texts,
                "the name of a type",
                "write one such as `string`",
            ),
            (Kind::Schema, "enum") => (at.node.as_list().is_some(), "a list of values", "write a list"),
            (
                Kind::Schema,
                "maximum" | "minimum" | "multipleOf" | "maxLength" | "minLength" | "maxItems" | "minItems"
                | "maxProperties" | "minProperties",
            ) => (is_number, "a number", "write a number"),
            (Kind::Schema, "nullable" | "readOnly" | "writeOnly" | "uniqueItems" | "deprecated")
            | (Kind::Parameter | Kind::Header, "required" | "deprecated" | "allowEmptyValue" | "explode")
            | (Kind::RequestBody, "required")
            | (Kind::Operation, "deprecated") => (is_bool, "a boolean", "write `true` or `false`"),
            (Kind::Parameter, "name" | "in") | (Kind::Operation, "operationId") | (_, "$ref") => {
                (is_text, "a string", "write it in quotes")
            }
            (_, "description" | "summary" | "title") => (
                is_text || matches!(value, Value::Null),
                "a string",
                "write it in quotes",
            ),
            (Kind::Operation, "tags") => (is_list_of_texts, "a list of names", "write a list of strings"),
            _ => return,
        };
        if !fits {
            self.findings.push(
                Diagnostic::warning(
                    "wrong-type",
                    format!("`{key}` must be {expected}, found {}", described(at.node)),
                )
                .at(place(at))
                .pointer(at.pointer())
                .help(help),
            );
        }
    }

    fn reference(&mut self, at: &At<'_>, reference: &Node) {
        let written = reference.as_str().unwrap_or_default();
        if !written.starts_with('#') {
            return;
        }
        let mut target = written;
        for _ in 0..MAX_CHAIN {
            let Some(node) = self.spec.target(target) else {
                self.findings
                    .push(missing(written, target, reference).pointer(at.pointer()));
                return;
            };
            match node.get_str("$ref") {
                Some(next) if next.starts_with('#') => target = next,
                _ => return,
            }
        }
        self.findings.push(
            Diagnostic::error("reference-loop", format!("`{written}` leads back to itself"))
                .at(reference.span)
                .pointer(at.pointer())
                .help("let one of the references point to something"),
        );
    }
}

/// Where to point for a node: an empty one has no text of its own.
fn place(at: &At<'_>) -> crate::source::Span {
    let span = at.node.span;
    match at.own_key() {
        Some((_, key_span)) if span.start >= span.end => key_span,
        _ => span,
    }
}

fn missing(written: &str, target: &str, reference: &Node) -> Diagnostic {
    let finding = Diagnostic::error("missing-reference", format!("`{written}` leads nowhere"))
        .help("add the target or correct the reference");
    let finding = finding.at(reference.span);
    if written == target {
        finding
    } else {
        finding.note_that(format!("it leads to `{target}`, which is not there"))
    }
}

/// The kind of a node, or the first item of a list that does not fit, in words.
fn described(node: &Node) -> String {
    match node
        .as_list()
        .and_then(|list| list.iter().find(|item| item.as_str().is_none()))
    {
        Some(item) => format!("a list with {} in it", item.kind()),
        None => node.kind().to_owned(),
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "a description",
        Kind::Components => "components",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::Parameter => "a parameter",
        Kind::RequestBody => "a request body",
        Kind::Response => "a response",
        Kind::Header => "a header",
        Kind::MediaType => "a media type",
        Kind::Encoding => "an encoding",
        Kind::Schema => "a schema",
        Kind::Discriminator => "a discriminator",
        Kind::Example => "an example",
        Kind::Link => "a link",
        Kind::Callback => "a callback",
        Kind::SecurityScheme => "a security scheme",
    }
}
