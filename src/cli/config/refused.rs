//! Keys that people know from elsewhere and that the runtime accepts without heeding them, or trips over (runtime
//! contract 1.3, 2.1, 5). Each is refused with what to do instead.

use crate::provider::capability::{Level, capability};

/// Keys that are no settings, wherever they stand.
const ANYWHERE: [(&str, &str); 14] = [
    (
        "auth",
        "the runtime heeds authentication at the provider alone; write `auth` at the top of spgen.yaml",
    ),
    (
        "projection_map",
        "it makes a resource unusable; `columns: {only: […], names: {…}}` does what is meant",
    ),
    ("projection", "`columns: {only: […]}` says which columns there are"),
    (
        "x-stackQL-alias",
        "it has no effect; `columns: {names: {…}}` renames columns",
    ),
    ("aliases", "`columns: {names: {…}}` renames columns"),
    (
        "snake_case_aliases",
        "RETURNING ends the runtime's process with it; `columns: {casing: snake}` does what is meant",
    ),
    (
        "nativeCasing",
        "required names keep their spelling with it; `columns: {casing: snake}` spells columns in snake case",
    ),
    ("queryParamPushdown", "the setting is called `pushdown`"),
    (
        "requestBodyTranslate",
        "the setting is `request: {translate: …}` of a method",
    ),
    (
        "requestTranslate",
        "the runtime only drops marked query parameters by it, which spgen does not write",
    ),
    ("queryParamTranspose", "no use of it was found to have an effect"),
    (
        "servers",
        "a resource has no servers of its own; set them for the service, or for methods",
    ),
    (
        "objectKey",
        "the mapping has a column for it; with a transform it is `response: {objectKey: …}` of a method",
    ),
    ("sqlVerbs", "the mapping says which verb a method answers"),
];

/// What to do instead, for keys of the provider's own `config`.
const INSTEAD: [(&str, &str); 6] = [
    ("auth", "write it at the top of spgen.yaml"),
    ("pagination", "write it at the top of spgen.yaml"),
    ("queryParamPushdown", "write `pushdown` at the top of spgen.yaml"),
    ("retry", "write it at the top of spgen.yaml"),
    ("requestBodyTranslate", "it is `request: {translate: …}` of a method"),
    ("views", "views are files in the folder `views`"),
];

/// Why a key is refused, for one that is no setting at its place.
pub(super) fn why(key: &str) -> Option<&'static str> {
    ANYWHERE.iter().find(|(known, _)| *known == key).map(|(_, why)| *why)
}

/// Why a key of the provider's own `config` is refused: the runtime does not heed it there.
pub(super) fn why_in_config(key: &str) -> Option<&'static str> {
    let instead = INSTEAD
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, instead)| *instead);
    let known = capability(key).filter(|known| known.fails.contains(&Level::Provider));
    instead.or_else(|| known.map(|known| known.note))
}
