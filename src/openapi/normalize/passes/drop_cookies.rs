//! Cookie parameters.

use crate::openapi::normalize::draft::Draft;

pass! {
    /// Drops parameters that travel as cookies.
    ///
    /// The runtime cannot send them, and a single one disables every `SELECT` on the resource and `SHOW METHODS`.
    "drop-cookies", apply
}

fn apply(draft: &mut Draft) {
    draft.retain_parameters(|parameter, place, log| {
        let is_cookie = parameter.get_str("in") == Some("cookie");
        if is_cookie {
            log.removed(place, parameter);
        }
        !is_cookie
    });
}
