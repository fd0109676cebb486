//! Writing results: everything is made in memory first, then applied to the disk. The only module that writes.

mod tree;

pub use tree::FileTree;
