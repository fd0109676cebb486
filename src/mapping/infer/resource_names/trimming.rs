//! Words that say nothing more inside a service: its own name, API versions, the root of its paths.

use crate::mapping::{number, words};

/// The name without leading words that the service or the API's own name says already.
pub(super) fn trimmed<'w>(name: &'w [String], service: &[String], api: &[String]) -> &'w [String] {
    let mut name = name;
    loop {
        if name.len() > 1 && (words::is_version(&name[0]) || is_versioned(&name[0], api)) {
            name = &name[1..];
        } else if let Some(rest) = without(name, service).or_else(|| without(name, api)) {
            name = rest;
        } else {
            return name;
        }
    }
}

fn without<'w>(name: &'w [String], prefix: &[String]) -> Option<&'w [String]> {
    (!prefix.is_empty() && name.len() > prefix.len() && same(&name[..prefix.len()], prefix))
        .then(|| &name[prefix.len()..])
}

/// `shopv2` for the API `shop`.
fn is_versioned(word: &str, api: &[String]) -> bool {
    api.last()
        .and_then(|api| word.strip_prefix(api.as_str()))
        .is_some_and(words::is_version)
}

/// Equal but for singular and plural.
pub(super) fn same(left: &[String], right: &[String]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left == right || number::singular(left) == number::singular(right))
}

/// Whether a name ends in another, but for singular and plural.
pub(super) fn ends_in(name: &[String], end: &[String]) -> bool {
    !end.is_empty() && name.len() >= end.len() && same(&name[name.len() - end.len()..], end)
}
