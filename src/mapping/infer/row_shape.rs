//! The columns that a select shows, and whether two selects show the same kind of row.

use crate::openapi::{Operation, Spec};
use crate::source::Text;

/// The columns of a select, sorted; empty where the schema does not say.
pub(super) fn columns(operation: &Operation, spec: &Spec, object_key: &str) -> Vec<Text> {
    let json = operation.success_json();
    let Some(mut schema) = json
        .and_then(|(_, media)| media.schema.as_ref())
        .map(|node| spec.schema(node))
    else {
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

/// Whether two rows are of one kind: a summary and the whole thing are, an event and a widget are not. At least a quarter of
/// the columns of the smaller one must be in the other. Where one schema says nothing there is nothing against it.
pub(super) fn are_alike(left: &[Text], right: &[Text]) -> bool {
    let smaller = left.len().min(right.len());
    let shared = left.iter().filter(|column| right.binary_search(column).is_ok()).count();
    smaller == 0 || shared * 4 >= smaller
}
