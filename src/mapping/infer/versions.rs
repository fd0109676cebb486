//! Collections that a description has in several versions: `/v1/widgets` beside `/v2/widgets`.
//!
//! Versions are no part of a path as a rule, so both are one collection. Where two of its operations are the same but for
//! the version, only one of the two could be reached: then each version is a resource of its own, and carries the version
//! in its name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::path_shape::skeleton;
use super::survey::Facts;
use crate::mapping::words;
use crate::openapi::HttpVerb;

/// How many calls two versions of a collection have in common, at least.
const TWINS: usize = 2;

/// For each operation the version that tells its collection from another version of it. `keys` are what identifies the
/// collections in their service.
pub(super) fn of(facts: &[Facts<'_>], keys: &[Option<&str>]) -> Vec<Option<String>> {
    let mut by_call: FxHashMap<(usize, &str, HttpVerb, String), FxHashSet<&str>> = FxHashMap::default();
    let versioned = |at: usize| Some((facts[at].service, keys[at]?, facts[at].path.version.as_deref()?));
    for (at, facts) in facts.iter().enumerate() {
        if let Some((service, key, version)) = versioned(at) {
            let verb = facts.path.custom_verb.as_ref().map(|verb| verb.join("_"));
            let call = format!("{}:{}", skeleton(&facts.path.segments), verb.unwrap_or_default());
            by_call
                .entry((service, key, facts.operation.verb, call))
                .or_default()
                .insert(version);
        }
    }
    // One call in two versions may be a single one that was renewed; two are a collection that was.
    let mut twins: FxHashMap<(usize, &str, &str), usize> = FxHashMap::default();
    #[expect(clippy::iter_over_hash_type, reason = "counts do not depend on the order")]
    for ((service, key, _, _), versions) in &by_call {
        for version in versions.iter().filter(|_| versions.len() > 1) {
            *twins.entry((*service, *key, *version)).or_default() += 1;
        }
    }
    (0..facts.len())
        .map(|at| {
            let collection = versioned(at)?;
            let is_twin = twins.get(&collection).is_some_and(|calls| *calls >= TWINS);
            is_twin.then(|| collection.2.to_owned())
        })
        .collect()
}

/// A name that says the version: at its end, or in place of another of the versions that the collection is there in.
pub(super) fn named(name: &str, version: &str, all: &[&str]) -> String {
    let mut name = words::split(name);
    // `v2_1` is two words.
    let versions = all.iter().map(|version| words::split(version));
    let found = versions
        .filter_map(|version| Some((position(&name, &version)?, version.len())))
        .max_by_key(|(_, length)| *length);
    let version = words::split(version);
    match found {
        Some((at, length)) => drop(name.splice(at..at + length, version)),
        None => name.extend(version),
    }
    name.join("_")
}

fn position(name: &[String], part: &[String]) -> Option<usize> {
    name.windows(part.len()).rposition(|words| words == part)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_name_says_its_version_once() {
        let all = ["v1", "v2", "v2_1"];
        assert_eq!(named("widgets", "v1", &all), "widgets_v1");
        assert_eq!(named("widgets_v1", "v2", &all), "widgets_v2");
        assert_eq!(named("widgets_v2_1", "v2_1", &all), "widgets_v2_1");
        assert_eq!(named("widgets_v2_1", "v1", &all), "widgets_v1");
        assert_eq!(named("widgets_v2", "v2_1", &all), "widgets_v2_1");
    }

    #[test]
    fn what_is_no_version_of_it_stays() {
        assert_eq!(named("neighbors_v4", "v1", &["v1", "v2"]), "neighbors_v4_v1");
    }
}
