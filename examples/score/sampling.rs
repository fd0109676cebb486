//! Draws the operations that a person has reviewed.

use spgen::mapping::Table;

use super::published::truth::{Decision, Truth};
use super::row_of;

/// A fifth of the operations, drawn by a generator of our own so that a seed means the same everywhere.
pub fn reviewed(truth: &Truth, seed: u64) -> Table {
    let mut state = seed;
    let mut keyed: Vec<(u64, &Vec<Decision>)> = truth
        .operations
        .values()
        .map(|decisions| {
            // SplitMix64
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (mixed ^ (mixed >> 31), decisions)
        })
        .collect();
    let mut order: Vec<usize> = (0..keyed.len()).collect();
    order.sort_by_key(|&at| keyed[at].0);
    order.truncate((keyed.len() + 2) / 5);
    order.sort_unstable();
    let mut table = Table::default();
    for at in order {
        table.rows.extend(keyed[at].1.first().map(row_of));
    }
    keyed.clear();
    table
}
