//! Whether the groups of operation ids (`Widgets_List`, `shop.widgets.list`) are the things that the paths have.
//!
//! Most vendors who write groups mean the collection. With others a group is the controller that serves many collections
//! (`Element_GetEventFrames` of `/elements/{id}/eventframes`) or a part of a type's name; there the path says what belongs
//! together.

use rustc_hash::FxHashMap;

use super::operation_words::IdStyle;
use super::survey::{Facts, Place};
use crate::mapping::words;

/// Whether groups name things: at least half of the operations that lie in a collection are in the collection that most of
/// their group lie in. Among vendors whose groups are things it is 74 to 100 of a hundred (in single descriptions of
/// theirs 50 and more), among the others 18 to 41. Paths without any fixed segment (`/{name}`) say nothing against it.
pub(super) fn name_things(facts: &[Facts<'_>], style: IdStyle) -> bool {
    if !matches!(style, IdStyle::Dotted | IdStyle::Grouped) {
        return false;
    }
    let mut groups: FxHashMap<(usize, String), FxHashMap<String, usize>> = FxHashMap::default();
    for facts in facts.iter().filter(|facts| facts.place != Place::Action) {
        if let (Some(group), Some(collection)) = (facts.id.groups.last(), facts.path.fixed().next_back()) {
            let collections = groups.entry((facts.service, group.to_lowercase())).or_default();
            *collections
                .entry(words::singularized(collection).join("_"))
                .or_default() += 1;
        }
    }
    let (mut all, mut agreeing) = (0_usize, 0_usize);
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
    for collections in groups.values() {
        all += collections.values().sum::<usize>();
        agreeing += collections.values().max().copied().unwrap_or_default();
    }
    agreeing * 2 >= all
}
