//! Headers that are not for the user.

use crate::openapi::OWN_HEADERS;
use crate::openapi::normalize::draft::Draft;

pass! {
    /// Drops the header parameters `Accept`, `Content-Type` and `Authorization`, and those of the transport
    /// (`Content-Length`, `Host`, `Connection`, `Transfer-Encoding`).
    ///
    /// OpenAPI says that the former are ignored: media types and credentials are decided elsewhere. The latter are
    /// written by the HTTP client, whatever is asked for. Left in, each would be a column to fill in. Other headers stay,
    /// with their defaults.
    "drop-reserved-headers", apply
}

fn apply(draft: &mut Draft) {
    draft.retain_parameters(|parameter, place, log| {
        let name = parameter.get_str("name").unwrap_or_default();
        let is_reserved = parameter.get_str("in") == Some("header")
            && OWN_HEADERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
        if is_reserved {
            log.removed(place, parameter);
        }
        !is_reserved
    });
}
