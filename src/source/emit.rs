//! Writing trees: YAML through `serde-saphyr` (the only file that names it), JSON through `serde_json`.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Node, Value};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => serialize_number(text, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(list) => {
                let mut sequence = serializer.serialize_seq(Some(list.len()))?;
                for item in list {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Value::Map(map) => {
                let mut out = serializer.serialize_map(Some(map.len()))?;
                for entry in map {
                    out.serialize_entry(entry.key.as_str(), &entry.value)?;
                }
                out.end()
            }
        }
    }
}

fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<i64>() {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse::<u64>() {
        serializer.serialize_u64(value)
    } else if let Ok(value) = text.parse::<f64>() {
        serializer.serialize_f64(value)
    } else {
        serializer.serialize_str(text)
    }
}

/// A tree as a YAML document that YAML 1.1 and 1.2 readers understand alike.
#[must_use]
pub fn to_yaml(node: &Node) -> String {
    serde_saphyr::to_string(node).expect("a tree of text keys can be written")
}

/// A tree as indented JSON.
#[must_use]
pub fn to_json(node: &Node) -> String {
    serde_json::to_string_pretty(node).expect("a tree of text keys can be written")
}
