//! SQL statements as data, printed by one function: quoting, reserved words, commas and comments are decided once.

mod keywords;
mod print;
mod quote;
mod statement;

pub use print::Refusal;
pub use quote::{NamePlace, is_bare_literal, placeholder, quoted, text_literal};
pub use statement::{Assignment, Condition, Statement, Target, Term};
