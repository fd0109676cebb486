//! Documents of the tests with parts removed, repeated, exchanged and replaced by what does not belong there.
//!
//! Each change takes five bytes: what to do, to which value, with which other one. Values are counted from the root.

use spgen::source::{Entry, Map, Node, Span, Text, Value};

/// Changes beyond this number are not made.
const MAX_EDITS: usize = 24;

/// Documents do not grow beyond this number of values, nor deeper than this.
const MAX_NODES: usize = 6_000;
const MAX_DEPTH: usize = 200;

const BASES: &[&str] = &[
    include_str!("../bases/shop.yaml"),
    include_str!("../bases/shop-2.0.yaml"),
    include_str!("../bases/shop-3.1.yaml"),
    include_str!("../../tests/cases-normalize/merge-all-of/input.yaml"),
    include_str!("../../tests/cases-normalize/flatten-one-of/input.yaml"),
    include_str!("../../tests/cases-normalize/cut-circular-schemas/input.yaml"),
    include_str!("../../tests/cases-normalize/local-references/input.yaml"),
    include_str!("../../tests/cases-normalize/parameter-clashes/input.yaml"),
    include_str!("../../tests/cases-normalize/route-paths/input.yaml"),
    include_str!("../../tests/cases-normalize/correct-types/input.yaml"),
];

/// Words that mean something somewhere.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "required",
    "additionalProperties",
    "nullable",
    "default",
    "example",
    "examples",
    "format",
    "description",
    "summary",
    "title",
    "discriminator",
    "propertyName",
    "mapping",
    "get",
    "put",
    "post",
    "delete",
    "patch",
    "options",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "application/json",
    "text/plain",
    "schema",
    "schemas",
    "components",
    "definitions",
    "paths",
    "servers",
    "url",
    "variables",
    "security",
    "securitySchemes",
    "tags",
    "operationId",
    "in",
    "name",
    "style",
    "explode",
    "callbacks",
    "links",
    "headers",
    "200",
    "default",
    "201",
    "2XX",
    "const",
    "prefixItems",
    "$defs",
    "exclusiveMinimum",
    "webhooks",
    "x-ms-paths",
    "formData",
    "body",
    "collectionFormat",
    "consumes",
    "produces",
    "host",
    "basePath",
    "schemes",
    "deprecated",
    "readOnly",
    "writeOnly",
    "xml",
    "x-enum",
    "id",
    "data",
    "/a/{b}",
    "/a/{b}/c#d",
    "/a/{b}?c={d}",
];

/// Texts that make trouble somewhere.
const TEXTS: &[&str] = &[
    "",
    " ",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "null",
    "path",
    "query",
    "header",
    "cookie",
    "body",
    "formData",
    "#",
    "#/",
    "#/components/schemas/Item",
    "#/paths/~1items",
    "#/definitions/Item",
    "other.yaml#/A",
    "https://{host}:{port}/v1/{a}",
    "../../etc",
    "/",
    "//",
    "/a//b/",
    "{",
    "}",
    "{x",
    "{}",
    "<br>",
    "<a b={c}>",
    "-->",
    "<!-- x",
    ":::tip",
    "import x from 'y'",
    "export default 1",
    "```",
    "````sql",
    "`",
    "${a}",
    "{{ a }}",
    "{% a %}",
    "|",
    "a|b",
    "\\",
    "\"",
    "'",
    "''",
    ";",
    "-- x",
    "/* x */",
    "*/",
    "select",
    "table",
    "order",
    "limit",
    "a-b",
    "a.b",
    "a b",
    "a[0]",
    "@a",
    "$a",
    "a\nb",
    "a\n\n\nb",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{202e}abc",
    "\u{feff}",
    "é",
    "日本",
    "💥",
    "TODO",
    "1e400",
    "12345678901234567890123",
    "-0",
    "014",
    "yes",
    "2024-01-01",
    "~",
    "A",
    "a",
    "_",
    "__",
    "application/json; charset=utf-8",
    "multipart/form-data",
    "x-y",
    "~1",
    "%2e%2e",
    "$.items[*]",
    "com1",
    "index",
];

/// A document of the tests with changes.
pub(crate) fn document(base: u8, edits: &[u8]) -> Node {
    let text = BASES[usize::from(base) % BASES.len()];
    let mut root = spgen::source::read(spgen::source::FileId(0), text)
        .expect("a document of the tests")
        .root;
    let original = root.clone();
    let kinds = count(&original);
    for edit in edits.chunks_exact(5).take(MAX_EDITS) {
        let number = |at: usize| usize::from(edit[at]) << 8 | usize::from(edit[at + 1]);
        let (place, other) = (number(1), number(3));
        let mut left = place % count(&root).max(1);
        if let Some(part) = nth(&original, &mut (other % kinds)) {
            let part = part.clone();
            change(&mut root, &mut left, &mut |node| apply(edit[0], node, other, &part));
        }
        if count(&root) > MAX_NODES || depth(&root) > MAX_DEPTH {
            break;
        }
    }
    root
}

fn apply(what: u8, node: &mut Node, other: usize, part: &Node) {
    let text = TEXTS[other % TEXTS.len()];
    let key: Text = if what & 0x80 == 0 {
        KEYS[other % KEYS.len()]
    } else {
        text
    }
    .into();
    match what % 10 {
        0 => match &mut node.value {
            Value::Map(map) if !map.is_empty() => {
                let place = other % map.len();
                let gone = map.entry_at(place).map(|entry| entry.key.clone());
                map.retain(|entry| Some(&entry.key) != gone.as_ref());
            }
            Value::List(list) if !list.is_empty() => {
                list.remove(other % list.len());
            }
            _ => node.value = Value::Null,
        },
        1 => *node = part.clone(),
        2 => match &mut node.value {
            Value::Map(map) => {
                map.insert(key, part.clone());
            }
            Value::List(list) => list.push(part.clone()),
            _ => *node = Node::list([part.clone()]),
        },
        3 => {
            if let Value::Map(map) = &mut node.value
                && !map.is_empty()
            {
                let place = other % map.len();
                let renamed: Map = map
                    .iter()
                    .enumerate()
                    .map(|(at, entry)| {
                        let name = if at == place { key.clone() } else { entry.key.clone() };
                        (name, entry.value.clone())
                    })
                    .collect();
                *map = renamed;
            }
        }
        4 => *node = Node::string(text),
        5 => {
            node.value = match other % 6 {
                0 => Value::Null,
                1 => Value::Bool(true),
                2 => Value::Bool(false),
                3 => Value::Number("0".into()),
                4 => Value::Number("-1.5e300".into()),
                _ => Value::Number("123456789012345678901234567890".into()),
            }
        }
        6 => {
            let reference = Node::string(target(other));
            *node = Node::map(Map::from_iter([("$ref", reference)]));
        }
        7 => {
            let wrapped = Node::list([node.clone(), part.clone()]);
            let keyword = ["allOf", "oneOf", "anyOf"][other % 3];
            *node = Node::map(Map::from_iter([(keyword, wrapped)]));
        }
        8 => {
            if let Value::Map(map) = &mut node.value
                && let Some(entry) = map.entry_at(other % map.len().max(1)).cloned()
                && !map.contains_key(&format!("{} copy", entry.key))
            {
                map.push_unique(Entry {
                    key: format!("{} copy", entry.key).into(),
                    key_span: Span::NONE,
                    value: entry.value,
                });
            }
        }
        _ => *node = Node::list([]),
    }
}

/// A reference to something that may be there.
fn target(other: usize) -> Text {
    const TARGETS: &[&str] = &[
        "#/components/schemas/Item",
        "#/components/schemas/Error",
        "#/components/schemas/Dog",
        "#/components/schemas",
        "#/components/parameters/Limit",
        "#/components/responses/Gone",
        "#/paths/~1items/get/responses/200",
        "#",
        "#/definitions/Item",
        "#/components/schemas/Item/properties/parent",
        "#/components/schemas/Missing",
        "#/components/schemas/Item/allOf/0",
        "other.yaml#/Item",
        "#/paths/~1items~1{id}",
    ];
    TARGETS[other % TARGETS.len()].into()
}

fn count(node: &Node) -> usize {
    1 + children(node).map(count).sum::<usize>()
}

fn depth(node: &Node) -> usize {
    1 + children(node).map(depth).max().unwrap_or(0)
}

fn children(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.value {
        Value::Map(map) => Box::new(map.iter().map(|entry| &entry.value)),
        Value::List(list) => Box::new(list.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

fn nth<'n>(node: &'n Node, left: &mut usize) -> Option<&'n Node> {
    if *left == 0 {
        return Some(node);
    }
    *left -= 1;
    children(node).find_map(|child| nth(child, left))
}

/// Calls `act` with the value of that number; true when it was found.
fn change(node: &mut Node, left: &mut usize, act: &mut dyn FnMut(&mut Node)) -> bool {
    if *left == 0 {
        act(node);
        return true;
    }
    *left -= 1;
    match &mut node.value {
        Value::Map(map) => map.iter_mut().any(|entry| change(&mut entry.value, left, act)),
        Value::List(list) => list.make_mut().iter_mut().any(|child| change(child, left, act)),
        _ => false,
    }
}
