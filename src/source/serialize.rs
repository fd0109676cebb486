//! Nodes as values for `serde`, so that they can stand in reports and be handed to templates.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Node, Value};

impl Serialize for Node {
    /// Numbers beyond 64 bits lose precision, as everywhere in `serde`; [`super::to_json`] and [`super::to_yaml`] keep
    /// them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => serialize_number(text, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(list) => serializer.collect_seq(list),
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
    } else {
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => serializer.serialize_f64(value),
            _ => serializer.serialize_str(text),
        }
    }
}
