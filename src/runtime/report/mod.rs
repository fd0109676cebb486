//! The outcome of a run, for people and programs.

mod json;
mod junit;
mod text;

pub use json::to_json;
pub use junit::to_junit;
pub use text::to_text;
