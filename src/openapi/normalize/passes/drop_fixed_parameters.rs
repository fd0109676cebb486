//! Query parameters whose value stands in the path.

use crate::openapi::normalize::draft::Draft;

pass! {
    /// Drops a query parameter to which the path gives a value already (`/users?operation=suspend` with a parameter
    /// `operation`).
    ///
    /// The query in a path is sent as written. A parameter of the same name would be a column to fill in, and be sent a
    /// second time, perhaps with the value of another operation.
    "drop-fixed-parameters", apply
}

fn apply(draft: &mut Draft) {
    draft.retain_parameters(|parameter, place, log| {
        let path = place
            .parent()
            .and_then(|parameters| parameters.parent()?.parent()?.own_key())
            .unwrap_or_default();
        let name = parameter.get_str("name").unwrap_or_default();
        let is_fixed = parameter.get_str("in") == Some("query") && gives_value(path, name);
        if is_fixed {
            log.removed(place, parameter);
        }
        !is_fixed
    });
}

/// Whether the query of a path has the name with a value that is no placeholder.
fn gives_value(path: &str, name: &str) -> bool {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .any(|(known, value)| known == name && !value.is_empty() && !value.contains('{'))
}
