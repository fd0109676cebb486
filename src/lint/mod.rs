//! Rules over specifications, mappings, provider trees, documentation pages and configurations.
//!
//! 1. [`input`] finds out what the given paths are and reads them;
//! 2. [`view`] looks at them as the runtime does;
//! 3. each rule in [`rules`] looks at its kind of thing and says what is wrong;
//! 4. [`ignore`] takes away what people decided to live with;
//! 5. the findings are printed as text (by [`crate::diagnostic`]), JSON, [`sarif`] or [`annotations`].
//!
//! A rule is one file. Its doc comment is the page that users read ([`explain`]).

mod annotations;
pub mod explain;
mod ignore;
mod input;
mod names;
mod out;
mod rule;
mod rules;
mod run;
mod sarif;
mod settings;
mod view;
mod walk;

pub use annotations::to_annotations;
pub use rule::{Registered, Rule};
pub use rules::all as rules;
pub use run::{LintError, Report, lint};
pub use sarif::to_sarif;
pub use settings::{Settings, UnknownRule};
