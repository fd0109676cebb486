//! The response of a method: which status and media type, which object key, which columns.

use super::edits::response::component_name;
use super::reshape::Reshape;
use crate::mapping::SqlVerb;
use crate::openapi::{MediaType, Operation, Schema, Spec};
use crate::source::{Node, Text};

/// Where a method's rows come from.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// `openAPIDocKey`; `None` when the operation documents no success response at all.
    pub(super) doc_key: Option<Text>,
    /// `mediaType`, as the document spells it.
    pub(super) media_type: Option<Text>,
    /// `objectKey` in the form that the runtime treats best.
    pub(super) object_key: Option<Text>,
    /// The response schema, as written.
    pub(super) schema: Option<Node>,
    /// Shape of the rows.
    pub(super) rows: Rows,
    /// How an answer that holds no rows is turned into some.
    pub(super) reshape: Option<Reshape>,
    /// The `response` block that the author wrote; nothing is added to it.
    pub(super) given: Option<Node>,
}

/// What the rows of a response look like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rows {
    /// Objects with these columns (names as on the wire).
    Columns(Vec<Text>),
    /// Scalars: the one column that the runtime calls `column_anon`.
    Scalars,
    /// Nothing to select; why.
    None(String),
}

impl Plan {
    /// The component that describes the rows of a reshaped answer.
    pub(super) fn component(&self, operation_id: &str) -> Option<(Text, Node)> {
        let reshape = self.reshape.as_ref()?;
        Some((Plan::component_name(operation_id), reshape.schema()))
    }

    /// The name of that component.
    pub(super) fn component_name(operation_id: &str) -> Text {
        component_name(operation_id, "rows")
    }
}

/// Plans the response of an operation for a verb.
pub(super) fn plan(spec: &Spec, operation: &Operation, verb: SqlVerb, plain_key: &str) -> Plan {
    let Some((response, media_type)) = operation.success_json() else {
        return plan_text(operation, verb);
    };
    let schema_node = media_type.schema.clone();
    let (object_key, rows) = match &schema_node {
        None => (None, Rows::None("the success response has no schema".into())),
        Some(node) => keyed_rows(&spec.schema(node), plain_key),
    };
    let mut plan = Plan {
        doc_key: Some(response.status.clone()),
        media_type: Some(media_type.name.clone()),
        object_key,
        schema: schema_node,
        rows,
        reshape: None,
        given: None,
    };
    if verb == SqlVerb::Select
        && plan.rows == Rows::Scalars
        && let Some(schema) = &plan.schema
        && let Some((steps, items)) = nested_scalars(&spec.schema(schema), plain_key)
    {
        // The runtime has a column for scalars at the root only.
        plan.take_shape(Reshape::list(Some(items), steps));
    }
    if verb == SqlVerb::Select && matches!(plan.rows, Rows::None(_)) {
        let schema = plan.schema.as_ref().map(|node| spec.schema(node));
        plan.take_shape(Reshape::of_json(schema.as_ref()));
    }
    plan
}

impl Plan {
    /// The columns of the rows, by their names on the wire.
    pub(super) fn columns(&self) -> Vec<Text> {
        match &self.rows {
            Rows::Columns(columns) if self.reshape.is_none() => columns.clone(),
            _ => Vec::new(),
        }
    }

    /// Takes over what the author wrote. The rows are those of the schema that stands for the response.
    pub(super) fn take_settings(&mut self, spec: &Spec, given: &Node) {
        let text = |key: &str| given.get(key).and_then(Node::scalar_text);
        let override_schema = given.get("schema_override");
        let changes_shape = override_schema.is_some() || given.get("transform").is_some();
        if let Some(media_type) = text("mediaType") {
            self.media_type = Some(media_type);
        }
        if let Some(status) = text("openAPIDocKey") {
            self.doc_key = Some(status);
        }
        let key = text("objectKey");
        if changes_shape {
            self.reshape = None;
            self.given = Some(given.clone());
        }
        if let Some(schema) = override_schema.or(self.schema.as_ref()).cloned()
            && (changes_shape || key.is_some())
        {
            let (found, rows) = keyed_rows(&spec.schema(&schema), key.as_deref().unwrap_or_default());
            self.rows = rows;
            self.object_key = key.or(found);
        }
    }

    fn take_shape(&mut self, reshape: Reshape) {
        self.object_key = Some("$.rows".into());
        self.rows = Rows::Columns(reshape.columns());
        self.reshape = Some(reshape);
    }
}

/// The plan for an answer that is no JSON: text can be selected as one column, other bytes cannot.
fn plan_text(operation: &Operation, verb: SqlVerb) -> Plan {
    let documented = operation
        .successes()
        .into_iter()
        .find_map(|response| Some((response, response.content.first()?)));
    let mut plan = Plan {
        doc_key: documented
            .map(|(response, _)| response)
            .or_else(|| operation.successes().into_iter().next())
            .map(|response| response.status.clone()),
        media_type: documented.map(|(_, media_type)| media_type.name.clone()),
        object_key: None,
        schema: None,
        rows: Rows::None("no success response holds JSON".into()),
        reshape: None,
        given: None,
    };
    let text = operation.successes().into_iter().find_map(|response| {
        let media_type = response.content.iter().find(|media_type| is_text(media_type))?;
        Some((response, media_type))
    });
    if let Some((response, media_type)) = text
        && verb == SqlVerb::Select
    {
        plan.doc_key = Some(response.status.clone());
        plan.media_type = Some(media_type.name.clone());
        plan.take_shape(Reshape::Text);
    }
    plan
}

fn is_text(media_type: &MediaType) -> bool {
    let essence = media_type.name.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("yaml")
        || matches!(
            essence.as_str(),
            "application/xml" | "application/javascript" | "application/sql" | "application/x-ndjson"
        )
}

/// The object key in the runtime's best form, and the rows behind it.
fn keyed_rows(schema: &Schema<'_>, plain_key: &str) -> (Option<Text>, Rows) {
    let steps: Vec<&str> = plain_key
        .trim_start_matches('$')
        .trim_start_matches('.')
        .split('.')
        .filter(|step| !step.is_empty())
        .collect();
    if steps.is_empty() {
        // `items` is the runtime's default list name: an object with such a property needs `$` to stay one row.
        let is_object_with_items = !schema.is_array() && schema.property("items").is_some();
        return (is_object_with_items.then(|| "$".into()), rows_of(schema));
    }
    let mut key = String::from("$");
    let mut current = *schema;
    for step in steps {
        let name = step.trim_end_matches("[*]");
        let holder = match current.items() {
            Some(items) if current.is_array() => items,
            _ => current,
        };
        let Some(next) = holder.property(name) else {
            return (
                None,
                Rows::None(format!(
                    "the object key `{plain_key}` leads nowhere: there is no property `{name}`"
                )),
            );
        };
        key.push('.');
        key.push_str(name);
        if next.is_array() {
            key.push_str("[*]");
        }
        current = next;
    }
    (Some(key.into()), rows_of(&current))
}

/// The way to an array of scalars below the root, and its items.
fn nested_scalars(schema: &Schema<'_>, plain_key: &str) -> Option<(Vec<Text>, Node)> {
    let steps: Vec<Text> = plain_key
        .trim_start_matches('$')
        .split('.')
        .filter(|step| !step.is_empty())
        .map(|step| step.trim_end_matches("[*]").into())
        .collect();
    let mut current = *schema;
    for step in &steps {
        if current.is_array() {
            return None;
        }
        current = current.property(step)?;
    }
    let items = current.items().filter(|_| !steps.is_empty())?;
    Some((steps, items.written().clone()))
}

/// The rows that a schema stands for: the items of an array, or the object itself.
fn rows_of(schema: &Schema<'_>) -> Rows {
    let row = match schema.items() {
        Some(items) if schema.is_array() => items,
        None if schema.is_array() => return Rows::None("the array does not say what its items are".into()),
        _ => *schema,
    };
    if row.is_array() {
        return Rows::None("the rows are arrays".into());
    }
    let columns: Vec<Text> = row.properties().keys().cloned().collect();
    if !columns.is_empty() {
        return Rows::Columns(columns);
    }
    match row.data_type() {
        Some("string" | "integer" | "number" | "boolean") if schema.is_array() => Rows::Scalars,
        Some(scalar @ ("string" | "integer" | "number" | "boolean")) => {
            Rows::None(format!("the response is one {scalar}, not rows"))
        }
        _ => Rows::None("the response schema names no properties".into()),
    }
}
