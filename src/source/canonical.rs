//! The canonical form of a tree: the same for every way to write the same content.
//!
//! It is JSON without blanks. The keys of a map are sorted by their UTF-8 bytes; text is escaped as JSON demands and no
//! further; a number is written with its digits and a power of ten (`1.50` and `15e-1` are `15e-1`, `100.0` is `1e2`),
//! however large it is. So the order of keys, comments, indentation and the choice between YAML and JSON do not count;
//! the order of lists does.

use super::{Node, Value, hash_of};

/// The SHA-256 of the canonical form, as 64 hexadecimal digits.
#[must_use]
pub fn sha256(node: &Node) -> String {
    hash_of(|feed| write_canonical(node, feed))
}

/// Hands the canonical form on, part by part.
pub fn write_canonical(node: &Node, feed: &mut dyn FnMut(&str)) {
    match &node.value {
        Value::List(list) => {
            feed("[");
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    feed(",");
                }
                write_canonical(item, feed);
            }
            feed("]");
        }
        Value::Map(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by(|one, other| one.key.cmp(&other.key));
            feed("{");
            for (index, entry) in entries.into_iter().enumerate() {
                if index > 0 {
                    feed(",");
                }
                write_text(&entry.key, feed);
                feed(":");
                write_canonical(&entry.value, feed);
            }
            feed("}");
        }
        Value::String(text) => write_text(text, feed),
        Value::Number(text) => feed(&number(text)),
        Value::Bool(true) => feed("true"),
        Value::Bool(false) => feed("false"),
        Value::Null => feed("null"),
    }
}

fn write_text(text: &str, feed: &mut dyn FnMut(&str)) {
    feed(&serde_json::Value::from(text).to_string());
}

/// A number by its value: all digits without zeros at either end, and a power of ten unless that is 0.
fn number(text: &str) -> String {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    let dropped = digits.len() - digits.trim_end_matches('0').len();
    let shift = i128::try_from(dropped).unwrap_or(i128::MAX) - i128::try_from(fraction.len()).unwrap_or(i128::MAX);
    match exponent.parse::<i64>() {
        Ok(exponent) => match i128::from(exponent) + shift {
            0 => format!("{sign}{significant}"),
            power => format!("{sign}{significant}e{power}"),
        },
        // Beyond all sense: such a number is told apart by its text.
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{number, sha256, write_canonical};
    use crate::source::{FileId, Node, read, to_json, to_yaml};

    fn node(text: &str) -> Node {
        read(FileId(0), text).expect("readable").root
    }

    fn canonical(text: &str) -> String {
        let mut out = String::new();
        write_canonical(&node(text), &mut |part| out.push_str(part));
        out
    }

    #[test]
    fn the_way_of_writing_does_not_count() {
        let yaml = "# comment\nb: [1.0, \"x\\ty\", ~]\na:\n  d: yes\n  c: 1e2\n";
        let json = r#"{"a": {"c": 100, "d": "yes"}, "b": [1, "x\ty", null]}"#;
        assert_eq!(canonical(yaml), r#"{"a":{"c":1e2,"d":"yes"},"b":[1,"x\ty",null]}"#);
        assert_eq!(canonical(yaml), canonical(json));
        assert_eq!(sha256(&node(yaml)), sha256(&node(json)));
    }

    #[test]
    fn content_counts() {
        let forms = [
            "a: 1",
            "a: \"1\"",
            "a: [1]",
            "a: ~",
            "b: 1",
            "a: [1, 2]",
            "a: [2, 1]",
            "a: {}",
        ];
        let hashes: std::collections::BTreeSet<String> = forms.iter().map(|form| sha256(&node(form))).collect();
        assert_eq!(hashes.len(), forms.len());
        assert_eq!(
            sha256(&node("{}")),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }

    #[test]
    fn numbers_are_told_by_value() {
        for (text, form) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("+1.50", "15e-1"),
            ("15e-1", "15e-1"),
            ("100", "1e2"),
            ("0.001E3", "1"),
            ("18446744073709551617", "18446744073709551617"),
            ("1e400", "1e400"),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ] {
            assert_eq!(number(text), form, "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_with_the_same_form_are_equal(mantissa in -9_999i64..9_999, shift in 0i32..6) {
            let moved = format!("{mantissa}e-{shift}");
            let written = format!("{:.6}", mantissa as f64 / 10f64.powi(shift));
            prop_assert_eq!(number(&moved), number(&written));
        }

        #[test]
        fn yaml_and_json_of_a_tree_have_one_hash(text in "[a-c]{1,3}: \\[(1|x|~|2[.]50)(, (1|y|\"z\"|0[.]1e3)){0,4}\\]\n") {
            let root = node(&text);
            let hash = sha256(&root);
            prop_assert_eq!(&sha256(&node(&to_yaml(&root))), &hash);
            prop_assert_eq!(&sha256(&node(&to_json(&root))), &hash);
        }
    }
}
