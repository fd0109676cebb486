//! What a method returns: which response the runtime reads, and which rows it finds there.

use super::Document;
use super::request::seen_properties;
use crate::openapi::{MediaType, Operation, Response, Schema};
use crate::source::{Node, Text};

/// The response that the runtime reads.
#[derive(Debug)]
pub(in crate::lint) struct Reply<'a> {
    /// The media type of the entry; `None` when there is no entry.
    pub(in crate::lint) media_type: Option<&'a str>,
    /// Its schema, or the one that overrides it.
    pub(in crate::lint) schema: Option<Schema<'a>>,
    /// `objectKey` as written.
    pub(in crate::lint) object_key: Option<&'a str>,
    /// Whether `openAPIDocKey` and `mediaType` name an entry that the operation does not have.
    pub(in crate::lint) is_dead: bool,
    /// Whether a transform makes something else of it, so that the declared schema says nothing.
    pub(in crate::lint) is_transformed: bool,
}

/// The rows in a response.
#[derive(Debug)]
pub(in crate::lint) enum Rows<'a> {
    /// Objects with these columns.
    Columns(Vec<(Text, Schema<'a>)>),
    /// Scalars: the one column `column_anon`.
    Scalars,
    /// The object key names a property that there is not.
    DeadKey(String),
    /// Without object key the runtime takes `items` for the list of rows, and this one is none.
    ItemsTrap,
    /// Nothing to select; why.
    Nothing(&'static str),
    /// No schema.
    NoSchema,
    /// Cannot be known from the document.
    Unknown,
}

impl<'a> Rows<'a> {
    /// The columns, if there are any.
    pub(in crate::lint) fn columns(&self) -> &[(Text, Schema<'a>)] {
        match self {
            Rows::Columns(columns) => columns,
            _ => &[],
        }
    }
}

pub(super) fn reply<'a>(document: &'a Document, method: &'a Node, operation: Option<&'a Operation>) -> Reply<'a> {
    let written = method.get("response");
    let text = |key: &str| written.and_then(|response| response.get_str(key));
    let key = written
        .and_then(|response| response.get("openAPIDocKey"))
        .and_then(Node::scalar_text);
    let entry = operation.and_then(|operation| choose(operation, key.as_deref(), text("mediaType")));
    let over = written
        .and_then(|response| response.get("schema_override"))
        .filter(|schema| schema.get("$ref").is_some());
    let own = entry.and_then(|media_type| media_type.schema.as_ref());
    Reply {
        media_type: entry.map(|media_type| media_type.name.as_str()),
        schema: over.or(own).map(|node| document.service.spec.schema(node)),
        object_key: text("objectKey").filter(|key| !key.is_empty()),
        is_dead: entry.is_none() && key.is_some() && text("mediaType").is_some(),
        is_transformed: over.is_none() && written.is_some_and(|response| response.get("transform").is_some()),
    }
}

/// With both names given exactly that entry counts; otherwise the best success response.
fn choose<'a>(operation: &'a Operation, key: Option<&str>, media_type: Option<&str>) -> Option<&'a MediaType> {
    let in_response = |response: &'a Response| {
        let mut content = response.content.iter();
        match media_type {
            Some(wanted) => content.find(|entry| entry.name == wanted),
            None => content.find(|entry| {
                entry.is_json() || matches!(entry.name.as_str(), "application/xml" | "application/octet-stream")
            }),
        }
    };
    if let Some(key) = key {
        return in_response(operation.responses.iter().find(|response| response.status == key)?);
    }
    let mut successes: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.starts_with('2') || response.status == "default")
        .collect();
    successes.sort_by(|one, other| one.status.cmp(&other.status));
    successes.into_iter().find_map(in_response)
}

pub(super) fn rows<'a>(reply: &Reply<'a>) -> Rows<'a> {
    if reply.is_transformed {
        return Rows::Unknown;
    }
    let Some(schema) = reply.schema else {
        return Rows::NoSchema;
    };
    let Some(key) = reply.object_key.filter(|key| *key != "$") else {
        return root_rows(&schema, reply.object_key.is_none());
    };
    let Some(steps) = steps(key) else {
        return Rows::Unknown;
    };
    let mut current = schema;
    for name in steps {
        let holder = match current.items() {
            Some(items) if current.is_array() => items,
            _ => current,
        };
        if name == "*" {
            match holder.node().get("additionalProperties") {
                Some(values) if !current.is_array() && values.as_map().is_some() => {
                    current = current.spec().schema(values);
                }
                _ => {}
            }
            continue;
        }
        match holder.property(&name) {
            Some(next) => current = next,
            None if is_open(&holder) => return Rows::Unknown,
            None => return Rows::DeadKey(name),
        }
    }
    rows_in(&current)
}

/// The rows without an object key (or with `$`, which means the object itself).
fn root_rows<'a>(schema: &Schema<'a>, may_be_wrapped: bool) -> Rows<'a> {
    if may_be_wrapped
        && !schema.is_array()
        && let Some(items) = schema.property("items")
    {
        let is_row_list = items.is_array() || items.node().get("additionalProperties").is_some();
        return if is_row_list { rows_in(&items) } else { Rows::ItemsTrap };
    }
    rows_in(schema)
}

fn rows_in<'a>(schema: &Schema<'a>) -> Rows<'a> {
    let row = match schema.items() {
        Some(items) if schema.is_array() => items,
        None if schema.is_array() => return Rows::Nothing("the array does not say what its items are"),
        _ => *schema,
    };
    let columns = seen_properties(&row);
    if !columns.is_empty() {
        return Rows::Columns(columns);
    }
    match row.data_type() {
        Some("string" | "integer" | "number" | "boolean") if schema.is_array() => Rows::Scalars,
        Some("string" | "integer" | "number" | "boolean") => Rows::Nothing("it is a scalar, not rows"),
        Some("array") => Rows::Nothing("the rows are arrays"),
        _ if row.node().get("additionalProperties").is_some() => Rows::Nothing("it is a map without named properties"),
        _ => Rows::Nothing("it names no properties"),
    }
}

/// The schema behind the object key, and whether the last property on the way may be left out.
pub(super) fn follow_key<'a>(reply: &Reply<'a>) -> Option<(Schema<'a>, bool)> {
    let mut current = reply.schema?;
    let mut is_optional = false;
    for name in steps(reply.object_key.unwrap_or("$"))?
        .iter()
        .filter(|name| *name != "*")
    {
        let holder = match current.items() {
            Some(items) if current.is_array() => items,
            _ => current,
        };
        is_optional = !holder.required().iter().any(|required| required == name);
        current = holder.property(name)?;
    }
    Some((current, is_optional))
}

/// Whether an object may have properties that it does not name.
fn is_open(schema: &Schema<'_>) -> bool {
    schema
        .node()
        .get("additionalProperties")
        .is_some_and(|values| values.as_map().is_some())
        && schema.properties().is_empty()
}

/// The names in `$.a.b[*]`, `a`, `$["a.b"]`, with `*` for `[*]` behind a name; `None` for anything else.
fn steps(key: &str) -> Option<Vec<String>> {
    if key.starts_with('/') {
        return None;
    }
    let mut rest = key.strip_prefix('$').unwrap_or(key);
    let mut steps = Vec::new();
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(bracket) = rest.strip_prefix('[') {
            let (inside, behind) = bracket.split_once(']')?;
            steps.push(inside.trim_matches(['"', '\'']).to_owned());
            rest = behind;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn object_keys_are_taken_apart() {
        assert_eq!(steps("$.data.list[*]").unwrap(), ["data", "list", "*"]);
        assert_eq!(steps("items").unwrap(), ["items"]);
        assert_eq!(steps("$[\"@odata.x\"]").unwrap(), ["@odata.x"]);
        assert!(steps("/a/b").is_none());
        assert!(steps("$..a").is_none());
    }
}
