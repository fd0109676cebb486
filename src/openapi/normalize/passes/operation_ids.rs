//! Operation ids that are used twice.

use crate::openapi::normalize::draft::{Draft, with};
use crate::source::Node;

pass! {
    /// Gives a number to an operation id that is used a second time.
    ///
    /// OpenAPI wants ids to be unique, and the mapping finds an operation by its id.
    "operation-ids", apply
}

fn apply(draft: &mut Draft) {
    // Reading the document has made the ids unique; here the document follows.
    let ids = std::mem::take(&mut draft.ids);
    draft.edit_operations(|operation, log| {
        let written = operation.node.get("operationId")?;
        let id = ids.get(&(operation.path.clone(), operation.verb))?;
        if written.as_text() == Some(id) || written.as_text().is_none_or(|text| text.trim().is_empty()) {
            return None;
        }
        let unique = Node::string(id.clone()).at(written.span);
        log.replaced(&operation.place.key("operationId"), written, &unique);
        Some(with(operation.node, "operationId", unique))
    });
    draft.ids = ids;
}
