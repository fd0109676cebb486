//! Path items that are references.

use crate::openapi::Spec;
use crate::openapi::normalize::draft::{Draft, Log};
use crate::openapi::normalize::place::Place;
use crate::openapi::path_item;
use crate::source::{Entry, Node};

pass! {
    /// Puts what the reference of a path item leads to in its place.
    ///
    /// The runtime does not follow it. What stands beside the reference wins over what stands behind it. Of a reference
    /// that leads nowhere only what stands beside it is left.
    "inline-path-items", apply
}

fn apply(draft: &mut Draft) {
    let view = draft.view();
    draft.edit_path_items(|entry, place, log| inlined(&view, entry, place, log));
}

fn inlined(view: &Spec, entry: &Entry, place: &Place<'_>, log: &mut Log) -> Option<Node> {
    let reference = entry.value.get("$ref")?;
    match path_item::target(view, &entry.value) {
        Some(found) => log.replaced(&place.key("$ref"), reference, found),
        None => log.warn(
            place,
            reference.span,
            format!(
                "the path item `{}` leads nowhere",
                reference.as_str().unwrap_or_default()
            ),
            "add the target or correct the reference",
        ),
    }
    Some(path_item::path_item(view, &entry.value).into_owned())
}
