//! Trees as YAML, block style, two blanks a level: the look that people know from js-yaml. Scalars are written so that
//! readers of YAML 1.1 and 1.2 agree on them; see [`quoting`].

use super::{Entry, List, Map, Node, Value, quoting};

/// Longest key that may stand before a colon; readers look no further for one.
const MAX_SIMPLE_KEY: usize = 1000;

/// A tree as a YAML document that YAML 1.1 and 1.2 readers understand alike. Text comes back as it was; a number keeps
/// its text unless readers would differ on it (`1e3` becomes `1.0e+3`).
#[must_use]
pub fn to_yaml(node: &Node) -> String {
    let mut out = String::new();
    match &node.value {
        Value::Map(map) if !map.is_empty() => write_map(map, 0, &mut out),
        Value::List(list) if !list.is_empty() => write_list(list, 0, &mut out),
        Value::String(text) => {
            // Nothing to be indented under, so no block.
            quoting::write_on_one_line(text, &mut out);
            out.push('\n');
        }
        scalar => {
            write_scalar(scalar, 0, &mut out);
            out.push('\n');
        }
    }
    // It grew by doubling, and all documents are held until the last one is written.
    out.shrink_to_fit();
    out
}

/// Entries at a column; the first one is written where the text stands.
fn write_map(map: &Map, column: usize, out: &mut String) {
    for (index, entry) in map.iter().enumerate() {
        if index > 0 {
            indent(column, out);
        }
        write_entry(entry, column, out);
    }
}

fn write_entry(entry: &Entry, column: usize, out: &mut String) {
    let is_simple = entry.key.len() <= MAX_SIMPLE_KEY;
    if !is_simple {
        out.push_str("? ");
    }
    quoting::write_on_one_line(&entry.key, out);
    if !is_simple {
        out.push('\n');
        indent(column, out);
    }
    out.push(':');
    match &entry.value.value {
        Value::Map(map) if !map.is_empty() => {
            out.push('\n');
            indent(column + 2, out);
            write_map(map, column + 2, out);
        }
        Value::List(list) if !list.is_empty() => {
            out.push('\n');
            indent(column + 2, out);
            write_list(list, column + 2, out);
        }
        scalar => {
            out.push(' ');
            write_scalar(scalar, column + 2, out);
            end_line(out);
        }
    }
}

/// Items at a column; the first one is written where the text stands.
fn write_list(list: &List, column: usize, out: &mut String) {
    for (index, item) in list.iter().enumerate() {
        if index > 0 {
            indent(column, out);
        }
        out.push_str("- ");
        match &item.value {
            Value::Map(map) if !map.is_empty() => write_map(map, column + 2, out),
            Value::List(list) if !list.is_empty() => write_list(list, column + 2, out),
            scalar => {
                write_scalar(scalar, column + 2, out);
                end_line(out);
            }
        }
    }
}

/// A scalar or an empty collection; lines of a block scalar start at the column.
fn write_scalar(value: &Value, column: usize, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(&quoting::number(text)),
        Value::String(text) if quoting::suits_a_block(text) => write_block(text, column, out),
        Value::String(text) => quoting::write_on_one_line(text, out),
        Value::List(_) => out.push_str("[]"),
        Value::Map(_) => out.push_str("{}"),
    }
}

/// A literal block: `|` with what readers need to know about its start and end, then the lines as they are.
fn write_block(text: &str, column: usize, out: &mut String) {
    out.push('|');
    if text.starts_with([' ', '\n']) {
        out.push('2');
    }
    if !text.ends_with('\n') {
        out.push('-');
    } else if text.ends_with("\n\n") {
        out.push('+');
    }
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            indent(column, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn indent(columns: usize, out: &mut String) {
    const BLANKS: &str = "                                                                ";
    let mut left = columns;
    while left > 0 {
        let part = left.min(BLANKS.len());
        out.push_str(&BLANKS[..part]);
        left -= part;
    }
}

fn end_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::to_yaml;
    use crate::source::{FileId, Map, Node, Text, Value, read};

    #[track_caller]
    fn check(input: &str, expected: &str) {
        let node = read(FileId(0), input).expect("readable").root;
        assert_eq!(to_yaml(&node), expected);
    }

    #[test]
    fn the_look_is_that_of_js_yaml() {
        check(
            r#"{"a": {"b": [1, {"c": "x", "d": [[1, 2], []]}], "e": {}}, "$ref": "\#/a/b", "200": null}"#
                .replace("\\#", "#")
                .as_str(),
            "\
a:
  b:
    - 1
    - c: x
      d:
        - - 1
          - 2
        - []
  e: {}
$ref: '#/a/b'
'200': null
",
        );
    }

    #[test]
    fn text_of_several_lines_is_a_block() {
        check(
            r#"{"a": "one\ntwo\n", "b": "one\n\n  two", "c": ["one\ntwo\n\n"], "d": "  one\ntwo", "e": "\ttab\n"}"#,
            "\
a: |
  one
  two
b: |-
  one

    two
c:
  - |+
    one
    two

d: |2-
    one
  two
e: \"\\ttab\\n\"
",
        );
    }

    #[test]
    fn numbers_keep_their_text_where_readers_agree() {
        check(
            "[1.50, -0, 123456789012345678901234567890, 1e3, 1.5E10, -.5, 1., +7]",
            "\
- 1.50
- -0
- 123456789012345678901234567890
- 1.0e+3
- 1.5E+10
- -0.5
- 1.0
- 7
",
        );
    }

    #[test]
    fn a_scalar_alone_is_a_document() {
        check("text", "text\n");
        check("''", "''\n");
        check("{}", "{}\n");
        check("\"a\\nb\"", "\"a\\nb\"\n");
    }

    #[test]
    fn a_very_long_key_is_marked() {
        let key = "k".repeat(2000);
        let node = Node::map([(key.as_str(), Node::integer(1))].into_iter().collect());
        assert_eq!(read(FileId(0), &to_yaml(&node)).expect("readable").root, node);
    }

    /// Strings that readers are known to stumble over, and any others.
    pub(super) fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => any::<String>(),
            4 => "[ \t\n:#'\"{}\\[\\],&*!|>%@`~?<=+.0-9eEyYnNxo_-]{0,12}",
            2 => "[ a-z\n]{0,30}",
            1 => prop_oneof![
                Just("yes"), Just("012"), Just("1e3"), Just("2024-01-01"), Just("1:30"), Just(".inf"), Just("0o7"),
                Just("\u{feff}x"), Just("a\r\nb"), Just("\u{85}"), Just("a\u{2028}b"), Just("🎉\n🎉"), Just("a: b"),
                Just("---"), Just("...\n"), Just("a\n---\nb"), Just("a\n\tb"), Just("x \n"), Just("\n\n"), Just("a\n "),
            ].prop_map(str::to_owned),
        ]
    }

    fn tree() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![
            Just(Node::new(Value::Null)),
            any::<bool>().prop_map(Node::bool),
            any::<i64>().prop_map(Node::integer),
            "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,5})?".prop_map(|text| Node::new(Value::Number(text.into()))),
            hostile().prop_map(Node::string),
            hostile().prop_map(Node::string),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Node::list),
                proptest::collection::vec((hostile(), inner), 0..6).prop_map(|entries| Node::map(
                    entries
                        .into_iter()
                        .map(|(key, value)| (Text::from(key), value))
                        .collect::<Map>()
                )),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_written_is_read_back(node in tree()) {
            let text = to_yaml(&node);
            let document = read(FileId(0), &text);
            prop_assert!(document.is_ok(), "{:?}\n{}", document.err(), text);
            let document = document.unwrap();
            prop_assert_eq!(&document.root, &node, "{}", text);
            prop_assert!(document.findings.is_empty(), "{:?}\n{}", document.findings, text);
        }
    }
}
