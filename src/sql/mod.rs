//! SQL statements as data, printed by one function: quoting, reserved words, commas and comments are decided once.

pub mod explain;
mod keywords;
pub mod parse;
mod print;
mod quote;
mod statement;

pub use print::Refusal;
pub use quote::{NamePlace, is_bare_literal, placeholder, quoted, text_literal};
pub use statement::{Assignment, Condition, Statement, Target, Term};
