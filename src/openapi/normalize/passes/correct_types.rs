//! Values of the wrong type, and keys that OpenAPI 3.0 does not know.

use crate::openapi::normalize::conform::conform;
use crate::openapi::normalize::draft::Draft;
use crate::openapi::normalize::layout::Kind;
use crate::openapi::normalize::place::Place;

pass! {
    /// Corrects values of the wrong type and removes keys that OpenAPI 3.0 does not know (extensions stay).
    ///
    /// One `type: [string, "null"]`, numeric `exclusiveMinimum`, boolean schema, `items: [..]`, `required: true` on a
    /// property, `nullable: "true"` or negative count anywhere, and the runtime does not load the document. What has a
    /// meaning in 3.0 is written so: a number in quotes becomes one, a list of types `nullable` or a common type, `const`
    /// an `enum`, keywords of `Swagger` 2.0 in a parameter its `schema`. What has none is dropped: an object without its
    /// required keys, a style that its location does not allow, a second `example`.
    "correct-types", apply
}

fn apply(draft: &mut Draft) {
    let corrected = conform(Kind::Document, &draft.root, &Place::start(""), &mut draft.log);
    if let Some(root) = corrected.into_change() {
        draft.root = root;
    }
}
