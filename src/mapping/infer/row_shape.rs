//! The columns that a select shows, and whether two selects show the same kind of row.

use super::reply::{first_json, success_responses};
use crate::openapi::{Operation, Schema, Spec};
use crate::source::Text;

/// The columns of a select, sorted; empty where the schema does not say.
pub(super) fn columns(operation: &Operation, spec: &Spec, object_key: &str) -> Vec<Text> {
    let Some(mut schema) = success_schema(operation, spec) else {
        return Vec::new();
    };
    for step in object_key
        .trim_start_matches('$')
        .split('.')
        .filter(|step| !step.is_empty())
    {
        match schema.property(step.trim_end_matches("[*]")) {
            Some(inner) => schema = inner,
            None => return Vec::new(),
        }
    }
    if schema.is_array() {
        match schema.items() {
            Some(items) => schema = items,
            None => return Vec::new(),
        }
    }
    let mut columns: Vec<Text> = schema.properties().into_keys().collect();
    columns.sort_unstable();
    columns
}

/// The JSON schema of the lowest 2xx response, else of `default`.
pub(super) fn success_schema<'s>(operation: &'s Operation, spec: &'s Spec) -> Option<Schema<'s>> {
    let json = first_json(&success_responses(operation))?;
    json.schema.as_ref().map(|node| spec.schema(node))
}

/// Whether two rows are of one kind: a summary and the whole thing are, an event and a widget are not. At least a quarter of
/// the columns of the smaller one must be in the other. Where one schema says nothing there is nothing against it.
pub(super) fn are_alike(left: &[Text], right: &[Text]) -> bool {
    let smaller = left.len().min(right.len());
    let shared = left.iter().filter(|column| right.binary_search(column).is_ok()).count();
    smaller == 0 || shared * 4 >= smaller
}
