//! Headers that are not for the user.

use crate::openapi::normalize::draft::Draft;

pass! {
    /// Drops the header parameters `Accept`, `Content-Type` and `Authorization`.
    ///
    /// OpenAPI says that they are ignored: media types and credentials are decided elsewhere. Left in, each would be a
    /// column to fill in. Other headers stay, with their defaults.
    "drop-reserved-headers", apply
}

fn apply(draft: &mut Draft) {
    draft.retain_parameters(|parameter, place, log| {
        let name = parameter.get_str("name").unwrap_or_default();
        let is_reserved = parameter.get_str("in") == Some("header")
            && ["accept", "content-type", "authorization"]
                .iter()
                .any(|reserved| name.eq_ignore_ascii_case(reserved));
        if is_reserved {
            log.removed(place, parameter);
        }
        !is_reserved
    });
}
