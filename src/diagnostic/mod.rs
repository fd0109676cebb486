//! What is said about input: one type for errors, warnings and notes, printed with excerpts by one function.

mod counted;
mod excerpt;
mod finding;
mod json;
mod render;
mod similar;

pub use counted::counted;
pub use finding::{Diagnostic, Severity};
pub use json::{Located, Place, Related, locate, to_json};
pub use render::{Style, render};
pub use similar::similar;
