//! A rule must not know a provider: with every noun of a specification replaced by a made-up one, the same operations
//! get the same verbs and object keys, and resources are called the same in the new words.

#[path = "common/data.rs"]
#[expect(dead_code, reason = "shared with tests that need more")]
mod data;
#[path = "common/published/mod.rs"]
#[allow(dead_code, reason = "shared with tests that need more")]
mod published;

use spgen::mapping::{Conventions, Table, infer, number, verbs, words};
use spgen::source::{Map, Node, Value};

const PROVIDERS: [&str; 4] = ["openai_admin", "linode", "firebase", "datadog"];

/// Words that are grammar, not nouns: prepositions, words of HTTP and of envelopes, and words without a plural of their own.
const GRAMMAR: &[&str] = &[
    "a",
    "about",
    "actions",
    "add",
    "all",
    "alias",
    "and",
    "api",
    "apis",
    "as",
    "batch",
    "beta",
    "begin",
    "bulk",
    "built",
    "by",
    "check",
    "code",
    "count",
    "cursor",
    "data",
    "details",
    "elements",
    "entries",
    "error",
    "errors",
    "etag",
    "first",
    "for",
    "from",
    "has",
    "in",
    "included",
    "incomplete",
    "items",
    "kind",
    "last",
    "limit",
    "link",
    "links",
    "log",
    "message",
    "messages",
    "meta",
    "metadata",
    "more",
    "next",
    "object",
    "of",
    "offset",
    "on",
    "opt",
    "or",
    "out",
    "page",
    "pages",
    "pagination",
    "paging",
    "plug",
    "preview",
    "prev",
    "previous",
    "providers",
    "records",
    "resources",
    "response",
    "rest",
    "result",
    "results",
    "rows",
    "schemas",
    "self",
    "sign",
    "size",
    "start",
    "status",
    "success",
    "to",
    "token",
    "total",
    "under",
    "unreachable",
    "using",
    "value",
    "values",
    "via",
    "warnings",
    "with",
];

/// A made-up word in place of a noun; the same for its singular and plural.
fn coined(word: &str) -> String {
    let (one, many) = (number::singular(word), number::plural(word));
    let is_grammar = [word, &one, &many]
        .iter()
        .any(|word| GRAMMAR.contains(word) || verbs::meaning(word).is_some())
        || word.len() < 3
        || !word.chars().all(|character| character.is_ascii_lowercase());
    let lone = many == word && !number::is_plural(word);
    if is_grammar || lone {
        return word.to_owned();
    }
    let hash = one
        .bytes()
        .fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let letter = |letters: &[u8], part: u32| letters[part as usize % letters.len()] as char;
    format!("{}{}{word}", letter(b"bdfgjkmqz", hash), letter(b"aeou", hash / 9))
}

/// A name with its words replaced in place, whatever its style.
fn renamed(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    for word in words::split(name) {
        let lower = rest.to_ascii_lowercase();
        let Some(at) = lower.find(&word) else {
            return name.to_owned();
        };
        let original = &rest[at..at + word.len()];
        let new = coined(&word);
        out.push_str(&rest[..at]);
        out.push_str(&match original.chars().next() {
            Some(first)
                if first.is_uppercase()
                    && original.chars().all(|character| !character.is_lowercase())
                    && original.len() > 1 =>
            {
                new.to_uppercase()
            }
            Some(first) if first.is_uppercase() => new[..1].to_uppercase() + &new[1..],
            _ => new,
        });
        rest = &rest[at + word.len()..];
    }
    out + rest
}

fn renamed_path(path: &str) -> String {
    let segments: Vec<String> = path
        .split('/')
        .map(|segment| match segment.split_once('{') {
            Some(("", _)) => segment.to_owned(),
            _ => renamed(segment),
        })
        .collect();
    segments.join("/")
}

/// The document with paths, tags, ids, schema names and properties renamed.
fn renamed_document(root: &Node) -> Node {
    let mut root = walk(root, Place::Anywhere);
    if let Some(paths) = root.get("paths").and_then(Node::as_map).cloned()
        && let Some(map) = root.as_map_mut()
    {
        let renamed: Map = paths
            .iter()
            .map(|entry| (renamed_path(&entry.key), entry.value.clone()))
            .collect();
        map.insert("paths", Node::map(renamed));
    }
    root
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    /// Keys are names of schemas or properties.
    Names,
    /// Values are names.
    Tags,
}

fn walk(node: &Node, place: Place) -> Node {
    match &node.value {
        Value::Map(map) => Node::map(
            map.iter()
                .map(|entry| {
                    let key = if place == Place::Names {
                        renamed(&entry.key)
                    } else {
                        entry.key.to_string()
                    };
                    let inner = match entry.key.as_str() {
                        "schemas" | "properties" if place != Place::Names && entry.value.as_map().is_some() => {
                            Place::Names
                        }
                        "tags" | "required" if place != Place::Names => Place::Tags,
                        _ => Place::Anywhere,
                    };
                    let value = match (entry.key.as_str(), entry.value.as_str()) {
                        ("operationId", Some(id)) => Node::string(renamed(id)),
                        ("$ref", Some(target)) => Node::string(match target.strip_prefix("#/components/schemas/") {
                            Some(name) => format!("#/components/schemas/{}", renamed(name)),
                            None => target.to_owned(),
                        }),
                        _ => walk(&entry.value, inner),
                    };
                    (key, value)
                })
                .collect(),
        ),
        Value::List(list) => Node::list(list.iter().map(|item| match (place, item.as_str()) {
            (Place::Tags, Some(name)) => Node::string(renamed(name)),
            _ => walk(item, Place::Anywhere),
        })),
        _ => node.clone(),
    }
}

#[test]
fn made_up_nouns_change_no_decision() {
    let Some(folder) = data::folder() else { return };
    for provider in PROVIDERS {
        let folder = folder.join("providers").join(provider).join("v00.00.00000/services");
        let (mut plain, mut renamed_services) = (Vec::new(), Vec::new());
        for (name, root) in published::documents(&folder).expect("services") {
            let root = published::strip::strip(&root);
            renamed_services.push(published::service(&renamed(&name), renamed_document(&root)));
            plain.push(published::service(&name, root));
        }
        let before = infer(&plain, &Table::default(), &Conventions::default()).table;
        let after = infer(&renamed_services, &Table::default(), &Conventions::default()).table;
        assert_eq!(before.rows.len(), after.rows.len(), "{provider}");
        let mut named_otherwise = Vec::new();
        for (before, after) in before.rows.iter().zip(&after.rows) {
            assert_eq!(
                before.sql_verb, after.sql_verb,
                "{provider} {}: {} / {}",
                before.operation_id, before.reason, after.reason
            );
            assert_eq!(
                renamed(&before.object_key),
                after.object_key.as_str(),
                "{provider} {}",
                before.operation_id
            );
            if renamed(&before.resource) != after.resource.as_str() {
                named_otherwise.push(format!(
                    "{} {} {}: {}",
                    before.operation_id, before.resource, after.resource, after.reason
                ));
            }
        }
        // A vendor's own glued words (`listAWSAccounts` makes `awsaccounts`) cannot be told apart again.
        assert!(
            named_otherwise.len() * 100 <= before.rows.len(),
            "{provider}: of {} operations {named_otherwise:#?}",
            before.rows.len()
        );
    }
}
