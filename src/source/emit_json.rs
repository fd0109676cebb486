//! Trees as JSON.

use super::{Node, Value, quoting};

/// A tree as indented JSON, with a line end behind it. Numbers keep their text unless JSON wants another (`.5`).
#[must_use]
pub fn to_json(node: &Node) -> String {
    let mut out = String::new();
    write(node, 0, &mut out);
    out.push('\n');
    out
}

fn write(node: &Node, depth: usize, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(&quoting::number(text)),
        Value::String(text) => write_text(text, out),
        Value::List(list) if list.is_empty() => out.push_str("[]"),
        Value::List(list) => {
            for (index, item) in list.iter().enumerate() {
                out.push_str(if index == 0 { "[" } else { "," });
                break_line(depth + 1, out);
                write(item, depth + 1, out);
            }
            break_line(depth, out);
            out.push(']');
        }
        Value::Map(map) if map.is_empty() => out.push_str("{}"),
        Value::Map(map) => {
            for (index, entry) in map.iter().enumerate() {
                out.push_str(if index == 0 { "{" } else { "," });
                break_line(depth + 1, out);
                write_text(&entry.key, out);
                out.push_str(": ");
                write(&entry.value, depth + 1, out);
            }
            break_line(depth, out);
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    match serde_json::to_string(text) {
        Ok(quoted) => out.push_str(&quoted),
        // Writing text into memory cannot fail; an empty string keeps the document whole if it ever does.
        Err(_) => out.push_str("\"\""),
    }
}

fn break_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::to_json;
    use crate::source::{FileId, read};

    #[test]
    fn the_result_is_json_with_the_same_numbers() {
        let text = "a: [1.50, .5, 123456789012345678901234567890, {}, []]\nb: {c: \"x\\n\\\"\", d: ~, e: true}\n";
        let node = read(FileId(0), text).expect("readable").root;
        let json = to_json(&node);
        assert_eq!(
            json,
            "{\n  \"a\": [\n    1.50,\n    0.5,\n    123456789012345678901234567890,\n    {},\n    []\n  ],\n  \
             \"b\": {\n    \"c\": \"x\\n\\\"\",\n    \"d\": null,\n    \"e\": true\n  }\n}\n"
        );
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    }
}
