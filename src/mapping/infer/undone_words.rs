//! Words that are verbs because other ids take back what they do: `pinWidget` beside `unpinWidget`.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::operation_words::own_part;
use crate::mapping::{number, words};
use crate::openapi::Operation;

/// What the ids of a provider take back.
#[derive(Debug, Clone, Default)]
pub(super) struct UndoneWords {
    /// Words at the start of ids that stand at the start of others with `un` or `de` before them, and those.
    verbs: FxHashSet<String>,
    /// Those of them that are listed as things as well: `tag` beside `listTags`.
    things: FxHashSet<String>,
}

impl UndoneWords {
    /// Reads all declared ids.
    pub(super) fn of<'a>(operations: impl Iterator<Item = &'a Operation>) -> Self {
        let ids: IndexSet<Vec<String>, FxBuildHasher> = operations
            .filter(|operation| operation.id_is_declared)
            .map(|operation| words::split(own_part(operation)))
            .filter(|words| words.len() > 1)
            .collect();
        let mut found = UndoneWords::default();
        for id in &ids {
            for prefix in ["un", "de"] {
                if let Some(word) = id[0].strip_prefix(prefix) {
                    let mut done = id.clone();
                    word.clone_into(&mut done[0]);
                    if ids.contains(&done) {
                        found.verbs.extend([word.to_owned(), id[0].clone()]);
                    }
                }
            }
        }
        for id in ids
            .iter()
            .filter(|id| matches!(id[0].as_str(), "list" | "get" | "describe"))
        {
            let thing = number::singular(&id[1]);
            if thing != id[1] && found.verbs.contains(&thing) {
                found.things.insert(thing);
            }
        }
        found
    }

    /// Whether a word at the start of an id is a verb.
    pub(super) fn has(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// The thing that a verb makes or takes away, where the verb is its name: `tag` of `untagWidget`.
    pub(super) fn thing(&self, verb: &str) -> Option<&str> {
        let stem = ["un", "de"].iter().find_map(|prefix| verb.strip_prefix(prefix));
        [Some(verb), stem]
            .into_iter()
            .flatten()
            .find_map(|word| self.things.get(word))
            .map(String::as_str)
    }
}
