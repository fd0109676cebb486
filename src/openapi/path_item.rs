//! Path items that are references.

use super::Spec;
use crate::source::Node;

/// The path item that the reference of a path item leads to; `None` without a reference, and when it leads to nothing
/// that holds operations.
pub(in crate::openapi) fn target<'a>(spec: &'a Spec, written: &'a Node) -> Option<&'a Node> {
    written.get("$ref")?;
    spec.resolve(written).filter(|found| found.as_map().is_some())
}

/// A path item as it counts: with what its reference leads to. What stands beside the reference wins over what stands
/// behind it (`OpenAPI` 3.0 leaves it open); a reference that leads nowhere adds nothing.
pub(in crate::openapi) fn path_item(spec: &Spec, written: &Node) -> Node {
    let mut item = target(spec, written).unwrap_or(written).clone();
    if let Some(item) = item.as_map_mut() {
        for own in written.as_map().into_iter().flatten() {
            item.insert(own.key.clone(), own.value.clone());
        }
        item.remove("$ref");
    }
    item
}
