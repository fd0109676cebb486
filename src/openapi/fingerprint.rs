//! What an operation takes and gives, as short hashes: enough to say what changed between two versions of a source
//! without keeping the old one.
//!
//! The source is looked at as published, in any version of the specification. What an operation refers to counts as part
//! of it, at any distance. Three hashes leave out texts for people and extensions, the fourth leaves out nothing.

use rustc_hash::FxHashMap;

use super::operation::HttpVerb;
use super::position::{Kind, Position, for_each_reference};
use crate::source::{Entry, Map, Node, Text, Value, hash_of, pointer, write_canonical};

/// Hexadecimal digits of a hash that are kept.
const DIGITS: usize = 8;

/// One operation of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint {
    /// The path, as the source has it.
    pub path: Text,
    /// The HTTP verb in lower case.
    pub verb: Text,
    /// The operation id, where there is one.
    pub operation_id: Text,
    /// Hash of path, query, header and cookie parameters.
    pub parameters: Text,
    /// Hash of the request body.
    pub body: Text,
    /// Hash of the responses.
    pub responses: Text,
    /// Hash of everything, texts included.
    pub all: Text,
}

/// The operations of a document, by path and verb.
#[must_use]
pub fn fingerprints(root: &Node) -> Vec<Fingerprint> {
    let mut hashes = Hashes::new(root);
    let mut found = Vec::new();
    let sections = ["paths", "x-ms-paths"]
        .into_iter()
        .filter_map(|key| root.get(key)?.as_map());
    for path in sections.flatten() {
        let item = hashes.resolved(&path.value).clone();
        for entry in item.as_map().into_iter().flatten() {
            if entry.key.parse::<HttpVerb>().is_ok() {
                found.push(hashes.operation(&path.key, &entry.key, &entry.value, &item));
            }
        }
    }
    found.sort_by(|one, other| (&one.path, &one.verb).cmp(&(&other.path, &other.verb)));
    found
}

/// What became of the operations between two versions of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drift {
    /// Operations that are new: `get /pets`.
    pub added: Vec<String>,
    /// Operations that are gone.
    pub removed: Vec<String>,
    /// Operations that differ, with what does: `get /pets (parameters, responses)`.
    pub changed: Vec<String>,
}

impl Drift {
    /// Compares two versions of a source.
    #[must_use]
    pub fn between(old: &[Fingerprint], new: &[Fingerprint]) -> Self {
        let key = |operation: &Fingerprint| (operation.path.clone(), operation.verb.clone());
        let before: FxHashMap<_, _> = old.iter().map(|operation| (key(operation), operation)).collect();
        let after: FxHashMap<_, _> = new.iter().map(|operation| (key(operation), operation)).collect();
        let mut drift = Drift::default();
        for operation in new {
            match before.get(&key(operation)) {
                None => drift.added.push(shown(operation)),
                Some(old) if *old != operation => {
                    drift
                        .changed
                        .push(format!("{} ({})", shown(operation), differences(old, operation)));
                }
                Some(_) => {}
            }
        }
        let gone = old.iter().filter(|operation| !after.contains_key(&key(operation)));
        drift.removed.extend(gone.map(shown));
        drift
    }
}

fn shown(operation: &Fingerprint) -> String {
    format!("{} {}", operation.verb, operation.path)
}

fn differences(old: &Fingerprint, new: &Fingerprint) -> String {
    let differing: Vec<&str> = [
        ("operation id", old.operation_id != new.operation_id),
        ("parameters", old.parameters != new.parameters),
        ("body", old.body != new.body),
        ("responses", old.responses != new.responses),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect();
    if differing.is_empty() {
        "only texts, tags, security or extensions".to_owned()
    } else {
        differing.join(", ")
    }
}

/// A place that something refers to.
struct Target<'r> {
    node: &'r Node,
    position: Position,
    /// Its own hashes and where it leads; made when an operation comes by.
    known: Option<Known>,
    /// The last walk that came by.
    seen: usize,
}

#[derive(Clone)]
struct Known {
    shape: Text,
    full: Text,
    references: Vec<usize>,
}

struct Hashes<'r> {
    root: &'r Node,
    by_reference: FxHashMap<Text, usize>,
    targets: Vec<Target<'r>>,
    walk: usize,
}

impl<'r> Hashes<'r> {
    fn new(root: &'r Node) -> Self {
        Hashes {
            root,
            by_reference: FxHashMap::default(),
            targets: Vec::new(),
            walk: 0,
        }
    }

    fn resolved<'a>(&self, node: &'a Node) -> &'a Node
    where
        'r: 'a,
    {
        let target = node.get_str("$ref").and_then(|reference| self.follow(reference));
        target.unwrap_or(node)
    }

    fn follow(&self, reference: &str) -> Option<&'r Node> {
        pointer::follow(self.root, &pointer::percent_decode(reference.strip_prefix('#')?))
    }

    fn operation(&mut self, path: &Text, verb: &Text, operation: &Node, item: &Node) -> Fingerprint {
        let shared = item.get("parameters").and_then(Node::as_list);
        let own = operation.get("parameters").and_then(Node::as_list);
        let parameters: Vec<&Node> = shared.into_iter().chain(own).flatten().collect();
        // In 2.0 the body is a parameter.
        let (body, parameters): (Vec<&Node>, Vec<&Node>) = parameters
            .into_iter()
            .partition(|parameter| matches!(self.resolved(parameter).get_str("in"), Some("body" | "formData")));
        let body: Vec<(&Node, Position)> = body
            .into_iter()
            .map(|parameter| (parameter, Position::Object(Kind::Parameter)))
            .chain(
                operation
                    .get("requestBody")
                    .map(|body| (body, Position::Object(Kind::RequestBody))),
            )
            .collect();
        let parameters: Vec<(&Node, Position)> = parameters
            .into_iter()
            .map(|parameter| (parameter, Position::Object(Kind::Parameter)))
            .collect();
        let responses: Vec<(&Node, Position)> = operation
            .get("responses")
            .map(|responses| (responses, Position::Map(Kind::Response)))
            .into_iter()
            .collect();
        let mut all = vec![(operation, Position::Object(Kind::Operation))];
        all.extend(parameters.iter().chain(&body).copied());
        Fingerprint {
            path: path.clone(),
            verb: verb.clone(),
            operation_id: operation.get_str("operationId").unwrap_or_default().into(),
            parameters: self.hash(&parameters, false),
            body: self.hash(&body, false),
            responses: self.hash(&responses, false),
            all: self.hash(&all, true),
        }
    }

    /// The hash of some nodes with everything that they refer to; empty where there are none.
    fn hash(&mut self, nodes: &[(&Node, Position)], with_texts: bool) -> Text {
        if nodes.is_empty() {
            return Text::new();
        }
        let hash_of_known = |known: Known| if with_texts { known.full } else { known.shape };
        self.walk += 1;
        let mut parts = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (node, position) in nodes {
            let known = self.look_at(node, *position);
            open.extend(&known.references);
            parts.push(hash_of_known(known));
        }
        let own = parts.len();
        while let Some(index) = open.pop() {
            let target = &mut self.targets[index];
            if std::mem::replace(&mut target.seen, self.walk) == self.walk {
                continue;
            }
            let known = match target.known.clone() {
                Some(known) => known,
                None => {
                    let (node, position) = (target.node, target.position);
                    let known = self.look_at(node, position);
                    self.targets[index].known = Some(known.clone());
                    known
                }
            };
            open.extend(&known.references);
            parts.push(hash_of_known(known));
        }
        // The order in which references are met is no property of the operation.
        parts[own..].sort_unstable();
        let mut hash = hash_of(|feed| parts.iter().for_each(|part| feed(part)));
        hash.truncate(DIGITS);
        hash.into()
    }

    fn look_at(&mut self, node: &Node, position: Position) -> Known {
        let mut references = Vec::new();
        collect_references(node, position, &mut references);
        Known {
            shape: hash_of(|feed| write_shape(node, position, feed)).into(),
            full: hash_of(|feed| write_canonical(node, feed)).into(),
            references: references
                .into_iter()
                .filter_map(|(reference, position)| self.index(&reference, position))
                .collect(),
        }
    }

    fn index(&mut self, reference: &Text, position: Position) -> Option<usize> {
        if let Some(index) = self.by_reference.get(reference) {
            return Some(*index);
        }
        let node = self.follow(reference)?;
        let index = self.targets.len();
        self.by_reference.insert(reference.clone(), index);
        self.targets.push(Target {
            node,
            position,
            known: None,
            seen: 0,
        });
        Some(index)
    }
}

fn collect_references(node: &Node, position: Position, found: &mut Vec<(Text, Position)>) {
    for_each_reference(node, position, &mut |reference| {
        found.push((reference.text.clone(), reference.position));
    });
}

/// The canonical form without what only people read.
fn write_shape(node: &Node, position: Position, feed: &mut dyn FnMut(&str)) {
    match &node.value {
        Value::List(list) => {
            for item in list {
                feed("-");
                write_shape(item, position.item(), feed);
            }
        }
        Value::Map(map) => {
            feed("{");
            for entry in sorted(map) {
                if !is_for_people(position, &entry.key) {
                    feed(&entry.key);
                    feed("=");
                    write_shape(&entry.value, position.key(&entry.key), feed);
                }
            }
            feed("}");
        }
        _ => {
            write_canonical(node, feed);
            feed("\n");
        }
    }
}

fn sorted(map: &Map) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = map.iter().collect();
    entries.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    entries
}

/// Whether a key of an object is text, an example or an extension; the names in a map are not keys of an object.
fn is_for_people(position: Position, key: &str) -> bool {
    matches!(position, Position::Object(_))
        && (key.starts_with("x-")
            || matches!(
                key,
                "description" | "summary" | "title" | "example" | "examples" | "externalDocs" | "deprecated"
            ))
}

#[cfg(test)]
mod tests {
    use super::{Drift, fingerprints};
    use crate::source::{FileId, Node, read};

    const BEFORE: &str = "\
paths:
  /pets:
    parameters: [{$ref: '#/components/parameters/page'}]
    get:
      description: All pets.
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'201': {description: made}}
  /owners:
    get: {responses: {'200': {description: ok}}}
components:
  parameters:
    page: {name: page, in: query, schema: {type: integer}}
  schemas:
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Pet: {type: object, properties: {name: {type: string, description: Name.}, parent: {$ref: '#/components/schemas/Pet'}}}
";

    fn root(text: &str) -> Node {
        read(FileId(0), text).expect("readable").root
    }

    fn drift(from: &str, to: &str) -> Drift {
        let after = BEFORE.replace(from, to);
        assert_ne!(after, BEFORE);
        Drift::between(&fingerprints(&root(BEFORE)), &fingerprints(&root(&after)))
    }

    #[test]
    fn a_schema_that_is_reached_over_others_counts() {
        let drift = drift("{name: {type: string", "{name: {type: integer");
        assert_eq!(drift.changed, ["get /pets (responses)", "post /pets (body)"]);
        assert!(drift.added.is_empty() && drift.removed.is_empty());
    }

    #[test]
    fn parameters_of_the_path_count() {
        let drift = drift("in: query", "in: header");
        assert_eq!(drift.changed, ["get /pets (parameters)", "post /pets (parameters)"]);
    }

    #[test]
    fn texts_are_told_apart() {
        let only_texts = "only texts, tags, security or extensions";
        let changed = drift("Name.", "The name.").changed;
        assert_eq!(
            changed,
            [
                format!("get /pets ({only_texts})"),
                format!("post /pets ({only_texts})")
            ]
        );
    }

    #[test]
    fn a_property_called_like_a_text_is_none() {
        let drift = drift("parent: {", "description: {type: string}, parent: {");
        assert_eq!(drift.changed, ["get /pets (responses)", "post /pets (body)"]);
    }

    #[test]
    fn operations_come_and_go() {
        let drift = drift("/owners:", "/people:");
        assert_eq!(
            (drift.added, drift.removed),
            (vec!["get /people".into()], vec!["get /owners".into()])
        );
        assert!(drift.changed.is_empty());
    }

    #[test]
    fn unused_parts_and_order_do_not_count() {
        let unused = BEFORE.replace("  schemas:\n", "  schemas:\n    Unused: {type: string}\n");
        assert_eq!(fingerprints(&root(&unused)), fingerprints(&root(BEFORE)));
        let moved = BEFORE.replace("{name: page, in: query", "{in: query, name: page");
        assert_eq!(fingerprints(&root(&moved)), fingerprints(&root(BEFORE)));
    }

    #[test]
    fn parts_of_version_2_0_are_found() {
        let old = "swagger: '2.0'\npaths: {/a: {post: {parameters: [{in: body, name: b, schema: {type: object}}]}}}";
        let new = old.replace("type: object", "type: array");
        let drift = Drift::between(&fingerprints(&root(old)), &fingerprints(&root(&new)));
        assert_eq!(drift.changed, ["post /a (body)"]);
    }
}
