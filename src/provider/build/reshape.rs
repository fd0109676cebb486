//! Answers that hold no rows (text, scalars, maps, free-form objects), turned into rows by a response transform
//! (runtime contract 5.5). The emitted document keeps the real response; the rows are described beside it.

use crate::openapi::Schema;
use crate::source::{Map, Node, Text};

/// How an answer becomes rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reshape {
    /// Text: one row with the column `contents`.
    Text,
    /// JSON of any shape: one row with the column `contents`, of this schema.
    Contents(Node),
    /// An object whose keys are data: one row for each, with the columns `key` and `value`.
    Map(Node),
    /// An array of things that are no objects with properties: one row for each, with the column `value`.
    List {
        /// The schema of one of them.
        items: Node,
        /// The properties that lead to the array; none for the answer itself.
        steps: Vec<Text>,
    },
}

impl Reshape {
    /// The fitting way for a JSON answer.
    pub(super) fn of_json(schema: Option<&Schema<'_>>) -> Self {
        let Some(schema) = schema else {
            return Reshape::Contents(free_object());
        };
        if schema.is_array() {
            let items = schema.items().map(|items| items.written().clone());
            return Reshape::list(items, Vec::new());
        }
        let values = schema.node().get("additionalProperties");
        match values {
            Some(values) if values.as_map().is_some() => {
                Reshape::Map(Some(values.clone()).filter(says_something).unwrap_or_else(free_object))
            }
            _ => match schema.data_type() {
                Some("string" | "integer" | "number" | "boolean") => Reshape::Contents(schema.written().clone()),
                _ => Reshape::Contents(free_object()),
            },
        }
    }

    /// The array at the end of these steps.
    pub(super) fn list(items: Option<Node>, steps: Vec<Text>) -> Self {
        Reshape::List {
            items: items.filter(says_something).unwrap_or_else(free_object),
            steps,
        }
    }

    /// The columns of the rows.
    pub(super) fn columns(&self) -> Vec<Text> {
        let names: &[&str] = match self {
            Reshape::Text | Reshape::Contents(_) => &["contents"],
            Reshape::Map(_) => &["key", "value"],
            Reshape::List { .. } => &["value"],
        };
        names.iter().map(|name| Text::from(*name)).collect()
    }

    /// The schema of the reshaped answer: an object with the property `rows`.
    pub(super) fn schema(&self) -> Node {
        let mut columns = Map::new();
        match self {
            Reshape::Text => {
                columns.insert("contents", described("string", "The answer as text."));
            }
            Reshape::Contents(schema) => {
                columns.insert("contents", schema.clone());
            }
            Reshape::Map(schema) => {
                columns.insert("key", described("string", "The key in the answer."));
                columns.insert("value", schema.clone());
            }
            Reshape::List { items, .. } => {
                columns.insert("value", items.clone());
            }
        }
        let row = object(columns);
        let list: Map = [("type", Node::string("array")), ("items", row)].into_iter().collect();
        object([("rows", Node::map(list))].into_iter().collect())
    }

    /// The `transform` block.
    pub(super) fn transform(&self) -> Node {
        let (kind, body) = match self {
            Reshape::Text => (
                "golang_template_text_v0.3.0",
                r#"{"rows":[{"contents":{{ toJson . }}}]}"#,
            ),
            Reshape::Contents(_) => (
                "golang_template_json_v0.3.0",
                r#"{"rows":[{"contents":{{ toJson . }}}]}"#,
            ),
            Reshape::Map(_) => (
                "golang_template_json_v0.3.0",
                concat!(
                    r#"{"rows":[{{- $sep := "" -}}{{- range $k, $v := . -}}{{- $sep -}}"#,
                    r#"{"key":{{ toJson $k }},"value":{{ toJson $v }}}{{- $sep = "," -}}{{- end -}}]}"#
                ),
            ),
            Reshape::List { steps, .. } => {
                let body = list_template(steps);
                return transform("golang_template_json_v0.3.0", &body);
            }
        };
        transform(kind, body)
    }
}

fn transform(kind: &str, body: &str) -> Node {
    let map: Map = [("type", Node::string(kind)), ("body", Node::string(body))]
        .into_iter()
        .collect();
    Node::map(map)
}

/// One row for each value of the array at the end of the steps. An object that is absent on the way gives no rows.
fn list_template(steps: &[Text]) -> String {
    let mut template = String::from(r#"{"rows":[{{- $sep := "" -}}"#);
    for step in steps {
        let step = step.replace("\\", "\\\\").replace("\"", "\\\"");
        template.push_str(&format!("{{{{- with index . \"{step}\" -}}}}"));
    }
    template.push_str(r#"{{- range $v := . -}}{{- $sep -}}{"value":{{ toJson $v }}}{{- $sep = "," -}}{{- end -}}"#);
    for _ in steps {
        template.push_str("{{- end -}}");
    }
    template.push_str("]}");
    template
}

/// Whether a schema gives a type to a column; `{}` and `true` do not.
fn says_something(schema: &Node) -> bool {
    schema.as_map().is_some_and(|schema| !schema.is_empty())
}

fn free_object() -> Node {
    let map: Map = [("type", Node::string("object"))].into_iter().collect();
    Node::map(map)
}

fn described(data_type: &str, description: &str) -> Node {
    let map: Map = [
        ("type", Node::string(data_type)),
        ("description", Node::string(description)),
    ]
    .into_iter()
    .collect();
    Node::map(map)
}

fn object(properties: Map) -> Node {
    let map: Map = [("type", Node::string("object")), ("properties", Node::map(properties))]
        .into_iter()
        .collect();
    Node::map(map)
}
