//! Source files as trees with byte positions: reading YAML and JSON, and writing YAML again.
//!
//! A document stays a [`Node`] tree from reading to writing: order and unknown keys are kept, and every node knows
//! where it came from. Nodes are copy-on-write, so a clone of a subtree costs nothing.

mod at;
mod builder;
mod canonical;
mod document;
mod emit_json;
mod emit_yaml;
mod files;
mod hash;
mod json;
mod library;
mod line_index;
mod load;
mod node;
pub mod pointer;
mod quoting;
mod scalar;
mod serialize;
mod span;
mod yaml;

pub use at::{At, Step};
pub use canonical::{sha256, write_canonical};
pub use document::{Document, ReadError, read};
pub use emit_json::to_json;
pub use emit_yaml::to_yaml;
pub use files::{SourceFile, Sources};
pub use hash::{hash_of, hash_of_bytes, hash_of_file};
pub use library::{Library, LibrarySettings, ReferencedFiles};
pub use load::{load, load_all};
pub use node::{Entry, List, Map, Node, Text, Value};
pub use span::{FileId, LineColumn, Span};
